import { expect, test } from "vitest";
import { nearest } from "../../../core/config/nearest.ts";

test.each([
  ["strip", ["sandbox", "stripe", "sbps"], "stripe"],
  ["Stripe", ["sandbox", "stripe"], "stripe"],
  ["tolerenceSeconds", ["target", "toleranceSeconds", "gateway"], "toleranceSeconds"],
  ["timeout", ["target", "kind", "timeoutSeconds"], "timeoutSeconds"],
  ["sanbdox", ["sandbox", "stripe"], "sandbox"],
])("%s is most likely meant as the third of %j", (word, known, meant) => {
  expect(nearest(word, known)).toBe(meant);
});

test("guesses nothing when no word is close, or there is none", () => {
  expect(nearest("paypal", ["sandbox", "stripe"])).toBeUndefined();
  expect(nearest("stripe", [])).toBeUndefined();
});
