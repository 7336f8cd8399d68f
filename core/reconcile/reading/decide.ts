/**
 * What one line cannot show and the whole file can: whether the day or the month comes first, and whether a comma parts or groups. An alternative is
 * out as soon as it cannot read a line that another can; what is left over is said by an operator, or reads every line alike.
 */
import type { DateRule, Layout, MoneyLayout } from "../../mapping/layout.ts";
import { amountColumns } from "../../mapping/layout-columns.ts";
import { readAmount } from "../../values/amount.ts";
import { dateReader } from "../../values/date-format.ts";
import type { NumberForm } from "../../values/number-text.ts";
import { type Cells, cellAt, placesOf } from "./cells/cells.ts";
import type { Columns } from "./cells/columns.ts";
import { currencyReader } from "./rules/currency.ts";
import { dateText, ruleFor } from "./rules/date-rule.ts";
import { type Fact, missingFacts, type Stated, statedFormat } from "./rules/stated.ts";
import type { Decided } from "./setting.ts";

/** Looks at every line of a file before any is read. */
export interface Decider {
  see(cells: Cells): void;
  /** What was seen, and what an operator has to say. */
  decide(): { readonly decided: Decided; readonly missing: readonly Fact[] };
}

/** The date rules that are used for a file. */
const datesUsed = (layout: Layout, columns: Columns): readonly DateRule[] =>
  [layout.at, layout.about === "contracts" ? layout.endedAt : undefined].flatMap((rules) => ruleFor(rules, columns) ?? []);

/** Whether the file has to be looked at as a whole before its first line can be read. */
export const needsLook = (layout: Layout, columns: Columns, stated: Stated): boolean =>
  datesUsed(layout, columns).some(({ oneOf = [] }) => oneOf.length > 1 && statedFormat(oneOf, stated) === undefined) ||
  (layout.about === "money" && (layout.numbers ?? []).length > 1 && stated.numbers === undefined);

/** What is left of several alternatives. */
interface Contest<Alternative> {
  /** What none of them can read, as an empty cell, says nothing. */
  see(readings: readonly (number | undefined)[]): void;
  left(): readonly Alternative[];
  /** Those that are left have read every line alike. */
  agree(): boolean;
}

const contestOf = <Alternative>(alternatives: readonly Alternative[]): Contest<Alternative> => {
  const isOut = alternatives.map(() => false);
  /** For each pair of alternatives, the number of lines that they read differently. */
  const differ = alternatives.map(() => alternatives.map(() => false));
  return {
    see(readings) {
      if (readings.every((reading) => reading === undefined)) return;
      for (const [index, reading] of readings.entries()) {
        if (reading === undefined) isOut[index] = true;
        for (const [other, read] of readings.entries()) if (read !== reading) (differ[index] as boolean[])[other] = true;
      }
    },
    left: () => alternatives.filter((_, index) => !isOut[index]),
    agree: () => alternatives.every((_, one) => alternatives.every((__, other) => isOut[one] || isOut[other] || !differ[one]?.[other])),
  };
};

export const deciderFor = (layout: Layout, columns: Columns, stated: Stated): Decider => {
  const dates = datesUsed(layout, columns);
  const orders = dates.flatMap((rule) => {
    const { oneOf = [] } = rule;
    if (oneOf.length === 0 || statedFormat(oneOf, stated) !== undefined) return [];
    const readers = oneOf.map(dateReader);
    const places = placesOf(columns, rule.columns);
    return [{ rule, places, contest: contestOf(oneOf), read: (text: string) => readers.map((reader) => reader(text)?.local) }];
  });
  const numbers = layout.about === "money" ? numbersContest(layout, columns, stated) : undefined;
  return {
    see(cells) {
      for (const { places, contest, read } of orders) contest.see(read(dateText(cells, places)));
      numbers?.see(cells);
    },
    decide() {
      const formats = new Map<DateRule, string>();
      const missing: Fact[] = [...missingFacts(layout, dates, stated)];
      for (const rule of dates) {
        const format = statedFormat(rule.oneOf ?? [], stated);
        if (format !== undefined) formats.set(rule, format);
      }
      for (const { rule, contest } of orders) {
        const [first] = contest.left();
        if (first !== undefined && contest.agree()) formats.set(rule, first);
        else missing.push({ kind: "date order", columns: rule.columns, isMixed: first === undefined });
      }
      const chosen = numbers?.chosen() ?? stated.numbers;
      if (numbers && chosen === undefined) missing.push({ kind: "numbers", columns: numbers.columns, isMixed: numbers.isMixed() });
      return { decided: { formats, ...(chosen && { numbers: chosen }) }, missing };
    },
  };
};

const numbersContest = (layout: MoneyLayout, columns: Columns, stated: Stated) => {
  const forms = layout.numbers ?? [];
  if (forms.length < 2 || stated.numbers !== undefined) return undefined;
  const contest = contestOf<NumberForm>(forms);
  const names = amountColumns(layout);
  const places = placesOf(columns, names);
  const currencyOf = currencyReader(layout.currency ?? stated.currency, columns);
  const { unit } = layout.amount;
  return {
    columns: names,
    see(cells: Cells) {
      const currency = currencyOf(cells);
      if (typeof currency !== "string") return;
      for (const place of places) contest.see(forms.map((numbers) => readAmount(cellAt(cells, place), currency, { unit, numbers })));
    },
    isMixed: () => contest.left().length === 0,
    chosen: (): NumberForm | undefined => {
      const [first] = contest.left();
      return contest.agree() ? first : undefined;
    },
  };
};
