/** What a line moves, by a layout's rule: minor units, positive where money comes in. */
import type { AmountRule } from "../../../mapping/layout.ts";
import { readAmount, type Unit } from "../../../values/amount.ts";
import type { NumberForm } from "../../../values/number-text.ts";
import { type Cells, cellAt, firstFilled, placesOf } from "../cells/cells.ts";
import type { Columns } from "../cells/columns.ts";
import type { LineProblem } from "../cells/problem.ts";

export interface Moved {
  /** Positive: it comes in. Of a rule without a sign it is never negative, and says nothing of the direction. */
  readonly minor: number;
  readonly hasDirection: boolean;
  readonly column: string;
}

/** Undefined: nothing is there. */
export type ReadMoved = (cells: Cells, currency: string) => Moved | LineProblem | undefined;

export const amountRuleReader = (rule: AmountRule, columns: Columns, numbers: NumberForm): ReadMoved => {
  if ("add" in rule) return added(rule.add, rule.unit, columns, numbers);
  if ("debit" in rule) return ofPair(rule, columns, numbers);
  const places = placesOf(columns, rule.column);
  const form = { unit: rule.unit, numbers };
  const hasSign = "sign" in rule;
  const direction = "direction" in rule ? directionReader(rule.direction, columns) : undefined;
  return (cells, currency) => {
    const place = firstFilled(cells, places);
    const text = cellAt(cells, place);
    if (text === "") return undefined;
    const column = columns.names[place] as string;
    const minor = readAmount(text, currency, form);
    if (minor === undefined || (minor < 0 && hasSign && rule.sign === "unsigned") || (minor < 0 && direction))
      return { kind: "amount", column, currency };
    if (!direction) return { minor, hasDirection: hasSign && rule.sign === "signed", column };
    const isCredit = direction(cells);
    return typeof isCredit === "boolean" ? { minor: isCredit ? minor : -minor, hasDirection: true, column } : isCredit;
  };
};

const added = (names: readonly string[], unit: Unit, columns: Columns, numbers: NumberForm): ReadMoved => {
  const places = placesOf(columns, names);
  return (cells, currency) => {
    let [sum, filled] = [0, false];
    for (const place of places) {
      const text = cellAt(cells, place);
      if (text === "") continue;
      const minor = readAmount(text, currency, { unit, numbers });
      if (minor === undefined || minor < 0) return { kind: "amount", column: columns.names[place] as string, currency };
      filled = true;
      sum += minor;
    }
    return filled ? { minor: sum, hasDirection: false, column: names[0] as string } : undefined;
  };
};

const ofPair = (rule: Extract<AmountRule, { readonly debit: string }>, columns: Columns, numbers: NumberForm): ReadMoved => {
  const one = (name: string) => {
    const place = columns.at(name);
    return (cells: Cells, currency: string): number | LineProblem => {
      const text = cellAt(cells, place);
      const minor = text === "" ? 0 : readAmount(text, currency, { unit: rule.unit, numbers });
      return minor === undefined || minor < 0 ? { kind: "amount", column: name, currency } : minor;
    };
  };
  const [out, into] = [one(rule.debit), one(rule.credit)];
  const isFilled = (cells: Cells) => cellAt(cells, columns.at(rule.debit)) !== "" || cellAt(cells, columns.at(rule.credit)) !== "";
  return (cells, currency) => {
    if (!isFilled(cells)) return undefined;
    const [debit, credit] = [out(cells, currency), into(cells, currency)];
    if (typeof debit !== "number") return debit;
    if (typeof credit !== "number") return credit;
    // Out and in at once: one line, two movements.
    if (debit !== 0 && credit !== 0) return { kind: "direction", column: rule.debit };
    return { minor: credit - debit, hasDirection: true, column: debit === 0 ? rule.credit : rule.debit };
  };
};

const directionReader = (
  { column, debit, credit }: { readonly column: string; readonly debit: readonly string[]; readonly credit: readonly string[] },
  columns: Columns,
): ((cells: Cells) => boolean | LineProblem) => {
  const place = columns.at(column);
  return (cells) => {
    const word = cellAt(cells, place);
    if (credit.includes(word)) return true;
    return debit.includes(word) ? false : { kind: "direction", column };
  };
};
