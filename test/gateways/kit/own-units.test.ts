import { expect, test } from "vitest";
import { fromOwnUnits, stripeUnits } from "../../../gateways/kit/own-units.ts";

test.each([
  // https://docs.stripe.com/currencies#special-cases: 5 ISK and 5 UGX are written 500, and MGA has no decimals.
  [500, "ISK", { minor: 5, currency: "ISK" }],
  [500, "ugx", { minor: 5, currency: "UGX" }],
  [5, "MGA", { minor: 500, currency: "MGA" }],
  [-500, "ISK", { minor: -5, currency: "ISK" }],
  [0, "ISK", { minor: 0, currency: "ISK" }],
  // All others as ISO 4217 counts them.
  [500, "JPY", { minor: 500, currency: "JPY" }],
  [500, "usd", { minor: 500, currency: "USD" }],
  [5000, "KWD", { minor: 5000, currency: "KWD" }],
])("Stripe's %d %s are %j", (amount, currency, money) => {
  expect(fromOwnUnits(stripeUnits, amount, currency)).toEqual(money);
});

test.each([
  ["a part of what the currency cannot be divided into", 550, "ISK"],
  ["no whole number", 1.5, "ISK"],
  ["no number", "five", "UGX"],
  ["no currency", 500, undefined],
])("%s is no amount", (_, amount, currency) => {
  expect(fromOwnUnits(stripeUnits, amount, currency)).toBeUndefined();
});
