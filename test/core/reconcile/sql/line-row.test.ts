import { expect, test } from "vitest";
import type { MoneyLine } from "../../../../core/reconcile/export-line.ts";
import { lineColumns, lineRow } from "../../../../core/reconcile/sql/line-row.ts";

const charge: MoneyLine = {
  ...{ kind: "money", number: 2, type: "charge", outcome: "done", payment: ["p-1"], at: 5, isDay: false },
  amount: { minor: 1_980, currency: "JPY" },
};
const long = "x".repeat(3_000);

test("a line is a row of the table's columns, in their order, with ids as the ledger has them", () => {
  const line = { ...charge, payment: ["p-1", "p-2", "p-1"], refund: "r-1", contract: "c-1", customer: "u-1", order: "o-1" };
  expect(lineRow(line, 7)).toStrictEqual({
    ...{ n: 7, plain: false, minor: 1_980, currency: "JPY", ids: ["p-1", "p-2"] },
    ...{ reference: "r-1", contract: "c-1", customer: "u-1", ordered: "o-1", line: JSON.stringify(line) },
  });
  expect(lineColumns.map(([name]) => name)).toEqual(Object.keys(lineRow(line, 7)));
  for (const id of lineRow({ ...charge, payment: [long] }, 7).ids) expect(id.length).toBeLessThan(long.length);
});

test("what a line does not say is null", () => {
  const { amount: _, ...rest } = charge;
  expect(lineRow({ ...rest, payment: [] }, 0)).toMatchObject({
    ...{ minor: null, currency: null, ids: [], reference: null, contract: null, customer: null, ordered: null },
  });
});

test("a dispute's id is a reference as a refund's is", () => {
  expect(lineRow({ ...charge, type: "chargeback", dispute: "d-1" }, 0).reference).toBe("d-1");
});

test("only a charge that was taken, and of which nothing else is said, is plain", () => {
  const { amount: _, ...unpriced } = charge;
  const refunded = { minor: 1, currency: "JPY" };
  expect(lineRow({ ...charge, contract: "c-1", order: "o-1" }, 0).plain).toBe(true);
  for (const other of [
    { ...charge, type: "refund" },
    { ...charge, outcome: "failed" },
    unpriced,
    { ...charge, refunded },
    { ...charge, refund: "r-1" },
    { ...charge, dispute: "d-1" },
  ] as const)
    expect(lineRow(other as MoneyLine, 0).plain).toBe(false);
});
