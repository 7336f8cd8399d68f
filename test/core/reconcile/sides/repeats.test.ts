import { expect, test } from "vitest";
import { chainOf, createRepeats, hashOfText } from "../../../../core/reconcile/sides/repeats.ts";

test("of the earlier rows under a key the one that is the same is found, and of others none", () => {
  const repeats = createRepeats();
  const said = ["a", "b", "a", "c", "b", "a"];
  const found = said.map((text, row) => repeats.find(3, row, (other) => said[other] === text));
  expect(found).toEqual([-1, -1, 0, -1, 1, 0]);
});

test("rows under another key are never asked about", () => {
  const repeats = createRepeats();
  for (let row = 0; row < 5; row++)
    expect(
      repeats.find(row * 1_000, row, () => {
        throw new Error("asked");
      }),
    ).toBe(-1);
  expect(repeats.find(2_000, 5, () => true)).toBe(2);
});

test("texts are spread over 31 bits, and moments over the chains", () => {
  const texts = Array.from({ length: 10_000 }, (_, index) => `txn_${index}`);
  const hashes = texts.map(hashOfText);
  expect(new Set(hashes).size).toBeGreaterThan(9_990);
  for (const hash of hashes) expect(hash >= 0 && hash < 2 ** 31 && Number.isInteger(hash)).toBe(true);
  expect(hashOfText("ab")).not.toBe(hashOfText("ba"));
  const chains = Array.from({ length: 10_000 }, (_, index) => chainOf(1_790_000_000_000 + index * 1_000, 1_980));
  expect(new Set(chains).size).toBeGreaterThan(6_000);
  for (const chain of chains) expect(chain >= 0 && chain < 2 ** 17 && Number.isInteger(chain)).toBe(true);
  expect(new Set(Array.from({ length: 1_000 }, (_, minor) => chainOf(0, minor))).size).toBeGreaterThan(900);
  // Lines of one second and amount may say the same.
  expect(chainOf(1_790_000_000_999, 1_980)).toBe(chainOf(1_790_000_000_000, 1_980));
});
