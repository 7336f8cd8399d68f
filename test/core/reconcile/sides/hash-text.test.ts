import { expect, test } from "vitest";
import { hashText } from "../../../../core/reconcile/sides/hash-text.ts";

/** What FNV-1a's authors publish of 32 bits, folded by hand. */
test.each([
  ["", 0x11d9ffc],
  ["a", 0x640de134],
  ["b", 0x670de3fd],
  ["foobar", 0x3f9d8651],
])("the hash of %j is FNV-1a's, with its upper half folded in", (text, hash) => expect(hashText(text)).toBe(hash));

test("texts are spread over 31 bits, whatever their characters", () => {
  const texts = Array.from({ length: 10_000 }, (_, index) => `txn_${index}`).concat(
    Array.from({ length: 1_000 }, (_, index) => `取引${index}`),
  );
  const hashes = texts.map(hashText);
  expect(new Set(hashes).size).toBeGreaterThan(10_990);
  expect(hashes.every((hash) => Number.isInteger(hash) && hash >= 0 && hash < 2 ** 31)).toBe(true);
  expect(hashText("ab")).not.toBe(hashText("ba"));
});
