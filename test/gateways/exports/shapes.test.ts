/** By which columns each kind of export is known, and what it takes ids, times and amounts from, written down again by hand. */
import { describe, expect, test } from "vitest";
import { recognise } from "../../../core/reconcile/layout/recognise.ts";
import { exportKinds } from "../../../gateways/registry/export-kinds.ts";
import { at, type Cells } from "./case.ts";
import { caseOf, given, rowsOf } from "./cases.ts";
import { readCells, readLine } from "./lines.ts";

test("a monthly statement of PayPal's is none that says what kind of event a line is: that is Square's", () => {
  expect(recognised([...Object.keys(caseOf("paypal-statement").line), "Event Type"])).not.toBe("paypal-statement");
});

const recognised = (columns: readonly string[], cells: readonly string[] = columns.map(() => "1")): string => {
  const found = recognise([{ charset: "utf-8", separator: ",", rows: [columns, cells] }], exportKinds);
  return found.kind === "found" ? (found.layout.name ?? "") : found.kind;
};

describe.each(given)("%s", (_, cases) => {
  const all = rowsOf(cases);
  const withHeader = all.flatMap(([kind, one]) => ("knownBy" in one ? [{ kind, columns: one.knownBy }] : []));
  const withoutHeader = all.flatMap(([kind, one]) => ("notIts" in one ? [{ kind, line: one.line, odd: Object.entries(one.notIts) }] : []));

  test.each(withHeader)("$kind is known by its columns, all of them", ({ kind, columns }) => {
    const records = exportKinds.find(({ name }) => name === kind)?.records;
    const marked = records ? [...records.header, ...columns] : columns;
    expect(recognised(marked)).toBe(kind);
    for (const one of columns) expect([one, recognised(marked.filter((name) => name !== one))]).not.toEqual([one, kind]);
  });

  test.each(withoutHeader)("$kind is known by its cells", ({ kind, line, odd }) => {
    const first = (changes: Cells) => {
      const cells = Object.values({ ...line, ...changes });
      return recognised(cells, cells);
    };
    expect(first({})).toBe(kind);
    for (const [column, cells] of odd)
      for (const cell of cells) expect([column, cell, first({ [column]: cell })]).not.toEqual([column, cell, kind]);
    const cells = Object.values(line);
    expect(recognised(cells.slice(1), cells.slice(1))).not.toBe(kind);
    // A message about one of its lines names the columns so.
    const found = recognise([{ charset: "shift_jis", separator: ",", rows: [cells] }], exportKinds);
    expect(found.kind === "found" && found.header).toEqual(Object.keys(line));
  });

  const reads = all.flatMap(([kind, one]) => (one.reads ?? []).map(([changes, read]) => ({ kind, changes, read })));
  test.each(reads)("$kind, with $changes, is read as $read", ({ kind, changes, read }) =>
    expect(readLine(kind, changes)).toMatchObject(read),
  );

  const times = all.flatMap(([kind, one]) =>
    Object.entries(one.times ?? {}).flatMap(([column, moments]) =>
      Object.entries(moments).map(([moment, texts]) => ({ kind, column, moment, texts })),
    ),
  );
  test.each(times)("$kind takes its time from $column: $moment however it is written", ({ kind, column, moment, texts }) => {
    for (const text of texts) expect([text, readLine(kind, { [column]: text })]).toMatchObject([text, { at: at(moment) }]);
  });
});

test("an error's code, or several of them, may stand in a line of GMO-PG's", () => {
  const cells = Object.values({ ...caseOf("gmo-pg-recurring-results").line, ErrCode: "G02|G03", ErrInfo: "42G020000|42G030000" });
  expect(recognised(cells, cells)).toBe("gmo-pg-recurring-results");
});

test.each([
  ["active", ["active", "trialing"]],
  ["past_due", ["past_due", "unpaid"]],
  ["paused", ["paused"]],
  ["cancelled", ["canceled"]],
  ["expired", ["incomplete_expired"]],
])("a subscription of Stripe's is %s when its status is one of %j", (state, statuses) => {
  for (const Status of statuses) expect(readLine("stripe-subscriptions", { Status })).toMatchObject({ state });
});

test("when a subscription of Stripe's ended is in a column of its own", () => {
  expect(readLine("stripe-subscriptions", { "Ended At (UTC)": "2026-10-04 00:00" })).toMatchObject({ endedAt: at("2026-10-04T00:00Z") });
});

test("a contract is named by a charge of PayPal's, and not by what goes back of it", () => {
  const back = [
    readLine("paypal-activity", { Type: "Refund", Gross: "-1980" }),
    readLine("paypal-statement", { Description: "Refund", Gross: "-1980" }),
    readLine("paypal-statement-es", { Descripción: "Reembolso de pago", Bruto: "-1980" }),
  ];
  for (const read of back) expect(read).not.toHaveProperty("contract");
  expect(
    readLine("paypal-settlement", {
      "PayPal Reference ID Type": "SUB",
      "Transaction Event Code": "T1107",
      "Transaction Debit or Credit": "DR",
    }),
  ).toMatchObject({ payment: [], refund: "T-1", contract: "T-0" });
});

test.each([
  ["stripe-payments", "Created (UTC)", "Created date (UTC)"],
  ["stripe-subscriptions", "Start (UTC)", "Start Date (UTC)"],
  ["stripe-subscriptions", "Start (UTC)", "Created (UTC)"],
])("%s has its time in %s, or else in %s", (kind, usual, other) => {
  const { [usual]: text = "", ...rest } = caseOf(kind).line;
  const { [other]: _, ...line } = rest;
  expect(readCells(kind, { ...line, [other]: text })).toMatchObject({ at: at(`${text.replace(" ", "T")}Z`) });
});

test.each(["2026-10-01 00:30:00", "2026-10-01 00:30"])("Stripe's default report has its times in the account's zone: %s", (created) => {
  const { created_utc: _, ...line } = caseOf("stripe-itemised").line;
  expect(readCells("stripe-itemised", { ...line, created }, { zone: "Asia/Tokyo" })).toMatchObject({ at: at("2026-09-30T15:30Z") });
});

test.each(["2026-07-01 07:33:09", "2026/7/1", "2026/07/01 7:33:09"])("Shopify's %s is a time whose zone is not said", (text) => {
  expect(readLine("shopify-payments", { "Transaction Date": text })).toMatchObject({ kind: "broken", problem: { kind: "zone" } });
});

test.each(["square-transactions", "paypal-activity"])("%s may write the month first, where a line of the file shows it", (kind) => {
  const [first, moment] = kind === "square-transactions" ? ["7/13/2026", "2026-07-13T01:00Z"] : ["10/29/2026", "2026-10-30T06:59Z"];
  expect(readCells(kind, { ...caseOf(kind).line, Date: first }, { currency: "JPY" })).toMatchObject({ at: at(moment) });
});
