import { expect, test } from "vitest";
import { mostWithin } from "../../../../core/ledger/payment/most-within.ts";
import { days } from "../../../support/both-sides/both-sides.ts";

test("the most within a period counts neither end twice", () => {
  expect(mostWithin([0, days(29), days(30), days(31)], days(30))).toBe(3);
  expect(mostWithin([0, days(30), days(60)], days(30))).toBe(1);
  expect(mostWithin([0, days(1), days(40)], days(30))).toBe(2);
  expect(mostWithin([], days(30))).toBe(0);
});
