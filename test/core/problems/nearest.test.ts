import { expect, test } from "vitest";
import { nearest } from "../../../core/problems/nearest.ts";

test.each([
  ["strip", ["sandbox", "stripe", "sbps"], "stripe"],
  ["Stripe", ["sandbox", "stripe"], "stripe"],
  ["tolerenceSeconds", ["target", "toleranceSeconds", "gateway"], "toleranceSeconds"],
  ["timeout", ["target", "kind", "timeoutSeconds"], "timeoutSeconds"],
  ["sanbdox", ["sandbox", "stripe"], "sandbox"],
  ["TIMEOUT", ["target", "kind", "timeoutSeconds"], "timeoutSeconds"],
  ["timeout", ["TimeoutSeconds", "timer"], "TimeoutSeconds"],
  ["time", ["timeoutSeconds", "kind"], "timeoutSeconds"],
  ["STRIPO", ["sandbox", "stripe"], "stripe"],
  ["stripo", ["sandbox", "STRIPE"], "STRIPE"],
  ["xxtolerance", ["tolerance", "target"], "tolerance"],
  ["tolerxxxanceSeconds", ["toleranceSeconds"], "toleranceSeconds"],
  ["toleSeconds", ["toleranceSeconds"], "toleranceSeconds"],
])("%s is most likely meant as the third of %j", (word, known, meant) => {
  expect(nearest(word, known)).toBe(meant);
});

test("guesses nothing when no word is close, or there is none", () => {
  expect(nearest("paypal", ["sandbox", "stripe"])).toBeUndefined();
  expect(nearest("stripe", [])).toBeUndefined();
  // Three letters begin too many words; and of two that begin alike neither is meant more than the other.
  expect(nearest("tim", ["timeoutSeconds"])).toBeUndefined();
  expect(nearest("time", ["timeoutSeconds", "timeoutMinutes"])).toBeUndefined();
});

test("guesses a word of which no more than a third would have to change, or two letters of a short one", () => {
  expect(nearest("abxx", ["abcd"])).toBe("abcd");
  expect(nearest("axxx", ["abcd"])).toBeUndefined();
  expect(nearest("abcdefxxx", ["abcdefghi"])).toBe("abcdefghi");
  expect(nearest("abcdexxxx", ["abcdefghi"])).toBeUndefined();
  expect(nearest("xxx", ["abc"])).toBeUndefined();
  expect(nearest("", ["ab"])).toBe("ab");
  expect(nearest("", ["abc"])).toBeUndefined();
  // Letters put in, left out and replaced count alike.
  expect(nearest("abcd", ["ab"])).toBe("ab");
  expect(nearest("xxabc", ["abc"])).toBe("abc");
  expect(nearest("xxxabc", ["abc"])).toBeUndefined();
  expect(nearest("abcde", ["ab"])).toBeUndefined();
});
