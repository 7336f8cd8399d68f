import { expect, test } from "vitest";
import { movementTypes } from "../../../../core/difference/movement-type.ts";
import { addMovement, codeOf, createCurrencies, createMovements, moneyOf } from "../../../../core/reconcile/sides/movements.ts";
import { createTexts } from "../../../../core/reconcile/sides/texts.ts";

test("a movement is kept as a row, with its money and its reference", () => {
  const shared = { texts: createTexts(), currencies: createCurrencies() };
  const movements = createMovements();
  expect(addMovement(movements, { type: "refund", amount: { minor: 5, currency: "USD" }, at: 7, reference: "re-1" }, 3, shared)).toBe(0);
  expect(addMovement(movements, { type: "charge", at: 8 }, -1, shared)).toBe(1);
  expect([0, 1].map((row) => [movements.type.get(row), movements.at.get(row), movements.payment.get(row)])).toEqual([
    [codeOf("refund"), 7, 3],
    [codeOf("charge"), 8, -1],
  ]);
  expect([0, 1].map((row) => moneyOf(movements, row, shared))).toEqual([{ minor: 5, currency: "USD" }, undefined]);
  expect([shared.texts.text(movements.reference.get(0)), movements.reference.get(1)]).toEqual(["re-1", -1]);
});

/** What is stored of a comparison, beside its lines. */
test("a type's code is its place, which never changes", () => {
  expect(movementTypes.map(codeOf)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(movementTypes).toEqual(["charge", "refund", "chargeback", "chargeback reversed", "failure", "void", "refund failed"]);
});

test("currencies have codes from 0, and there are fewer than 255", () => {
  const currencies = createCurrencies();
  expect([currencies.codeOf("JPY"), currencies.codeOf("USD"), currencies.codeOf("JPY"), currencies.codeOf(undefined)]).toEqual([
    0, 1, 0, 255,
  ]);
  expect([currencies.name(1), currencies.name(255)]).toEqual(["USD", ""]);
  for (let index = 2; index < 255; index++) expect(currencies.codeOf(`X${index}`)).toBe(index);
  expect(() => currencies.codeOf("more")).toThrow(new RangeError("more currencies than there are"));
  expect(currencies.codeOf("USD")).toBe(1);
});
