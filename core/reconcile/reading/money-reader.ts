/** Lines about money: what was taken, and what went back. */

import type { LineType, MoneyLayout, Outcome, TypeMeaning } from "../../mapping/layout.ts";
import { idColumnNames } from "../../mapping/layout-columns.ts";
import { plainForm } from "../../values/number-text.ts";
import type { MoneyLine } from "../export-line.ts";
import { cellAt, placesOf } from "./cells/cells.ts";
import type { Columns } from "./cells/columns.ts";
import type { LineProblem } from "./cells/problem.ts";
import { amountRuleReader, type Moved } from "./rules/amount-rule.ts";
import { currencyReader } from "./rules/currency.ts";
import { ruleFor } from "./rules/date-rule.ts";
import { idsReader, partiesReader } from "./rules/ids.ts";
import { isUnknown, wordIn } from "./rules/word-rule.ts";
import { broken, dateReaderIn, leftOut, type ReadLine, type Setting } from "./setting.ts";

/** A million of them are made: field by field that takes half as long as by spreading. */
type Mutable<Line> = { -readonly [Name in keyof Line]: Line[Name] };

/** Types that move a payment's money; all others are counted by their type. */
const compared: ReadonlySet<LineType> = new Set(["charge", "refund", "refund failed", "void", "chargeback", "chargeback reversed"]);

/** The sign of each type's amount, where it has one. A void is written either way. */
const signs: Partial<Record<LineType, 1 | -1>> = {
  charge: 1,
  refund: -1,
  "refund failed": 1,
  chargeback: -1,
  "chargeback reversed": 1,
};

export const moneyReader = (layout: MoneyLayout, setting: Setting): ReadLine => {
  const { columns, decided } = setting;
  const numbers = decided.numbers ?? layout.numbers?.[0] ?? plainForm;
  const amountOf = amountRuleReader(layout.amount, columns, numbers);
  const refundedOf =
    layout.refunded && amountRuleReader({ column: layout.refunded, sign: "unsigned", unit: layout.amount.unit }, columns, numbers);
  const currencyOf = currencyReader(layout.currency ?? setting.stated.currency, columns);
  const dateOf = dateReaderIn(layout, layout.at, setting);
  const typeOf = wordIn<TypeMeaning>(layout.type, columns, "charge");
  const outcomeOf = wordIn<Outcome>(layout.outcome, columns, "done");
  const payment = idsReader(layout.payment, columns);
  const refund = idsReader(layout.refund, columns);
  const dispute = idsReader(layout.dispute, columns);
  const parties = partiesReader(layout, columns);
  const named = idColumnNames(layout).filter((name) => columns.at(name) >= 0);
  const [goesOn] = layout.continues === undefined ? [] : placesOf(columns, [layout.continues]);
  return (cells, number) => {
    if (goesOn !== undefined && cellAt(cells, goesOn) === "") return leftOut(number, { kind: "continues" });
    const meaning = typeOf(cells);
    if (isUnknown(meaning)) return leftOut(number, meaning);
    const outcome = outcomeOf(cells);
    if (isUnknown(outcome)) return leftOut(number, outcome);
    if (typeof meaning === "string" && !compared.has(meaning)) return leftOut(number, { kind: "type", type: meaning });
    const currency = currencyOf(cells);
    if (typeof currency !== "string") return broken(number, currency);
    const moved = amountOf(cells, currency);
    if (moved && "kind" in moved) return broken(number, moved);
    const type = typeof meaning === "string" ? meaning : moved && moved.minor < 0 ? meaning.out : meaning.in;
    if (!compared.has(type)) return leftOut(number, { kind: "type", type });
    const wrong = amountProblem(type, outcome, moved, layout, columns);
    if (wrong) return broken(number, wrong);
    if (moved?.minor === 0 && outcome === "done") return leftOut(number, { kind: "zero" });
    const ids = payment(cells, type);
    const own = parties(cells, type);
    if ("kind" in ids) return broken(number, ids);
    if ("kind" in own) return broken(number, own);
    const [refundIds, disputeIds] = [refund(cells, type), dispute(cells, type)];
    if ("kind" in refundIds) return broken(number, refundIds);
    if ("kind" in disputeIds) return broken(number, disputeIds);
    if (ids.length + refundIds.length + disputeIds.length === 0 && Object.keys(own).length === 0)
      return broken(number, { kind: "no id", columns: named });
    const date = dateOf(cells);
    if (date === undefined) return broken(number, { kind: "empty", column: ruleFor(layout.at, columns)?.columns[0] as string });
    if ("kind" in date) return broken(number, date);
    const refunded = refundedOf?.(cells, currency);
    if (refunded && "kind" in refunded) return broken(number, refunded);
    const isRefund = type === "refund" || type === "refund failed";
    const isDispute = type === "chargeback" || type === "chargeback reversed";
    const { at, isDay } = date;
    const line: Mutable<MoneyLine> = { kind: "money", number, type, outcome, payment: ids, at, isDay };
    if (own.line !== undefined) line.line = own.line;
    if (own.contract !== undefined) line.contract = own.contract;
    if (own.customer !== undefined) line.customer = own.customer;
    if (own.order !== undefined) line.order = own.order;
    if (isRefund && refundIds[0] !== undefined) line.refund = refundIds[0];
    if (isDispute && disputeIds[0] !== undefined) line.dispute = disputeIds[0];
    if (moved) line.amount = { minor: Math.abs(moved.minor), currency };
    if (refunded && type === "charge" && refunded.minor > 0) line.refunded = { minor: refunded.minor, currency };
    return line;
  };
};

const amountProblem = (
  type: LineType,
  outcome: Outcome,
  moved: Moved | undefined,
  { amount }: MoneyLayout,
  columns: Columns,
): LineProblem | undefined => {
  if (!moved) {
    const [column] = ("add" in amount ? amount.add : "debit" in amount ? [amount.credit] : amount.column) as readonly [string];
    return outcome === "done" ? { kind: "empty", column: columns.names[columns.at(column)] ?? column } : undefined;
  }
  const isWrong = moved.hasDirection && moved.minor * (signs[type] ?? 0) < 0;
  return isWrong ? { kind: "sign", column: moved.column, type } : undefined;
};
