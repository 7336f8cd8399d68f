import { expect, test } from "vitest";
import { firstName } from "../../../../core/reconcile/sides/names.ts";

test("what is called best by its refund or dispute, then by its payment, order, line and contract", () => {
  const all = { reference: "re-1", payment: ["p-1", "p-2"], order: "#1", line: "l-1", contract: "c-1", customer: "u-1" };
  const { reference: _, ...noReference } = all;
  const noPayment = { ...noReference, payment: [] };
  const { order: __, ...noOrder } = noPayment;
  const { line: ___, ...noLine } = noOrder;
  const { contract: ____, ...nothing } = noLine;
  expect([all, noReference, noPayment, noOrder, noLine, nothing].map(firstName)).toEqual(["re-1", "p-1", "#1", "l-1", "c-1", ""]);
});
