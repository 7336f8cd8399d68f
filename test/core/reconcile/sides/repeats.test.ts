import { expect, test } from "vitest";
import { chainOf, createRepeats } from "../../../../core/reconcile/sides/repeats.ts";

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

const october = 1_790_000_000_000;
test.each<[string, (row: number) => number]>([
  ["of one amount", (row) => chainOf(october + row * 1_000, 1_980)],
  ["of one moment", (row) => chainOf(october, row)],
  ["of a day each", (row) => chainOf(october + row * 86_400_000, 1_980)],
  ["of a hundred days and a hundred amounts", (row) => chainOf(october + (row % 100) * 86_400_000, Math.floor(row / 100) * 100)],
  ["without an amount", (row) => chainOf(october + row * 1_000, Number.NaN)],
])("lines %s are spread over all chains", (_, chainOfRow) => {
  const found = Array.from({ length: 10_000 }, (_, row) => chainOfRow(row));
  expect(new Set(found).size).toBeGreaterThan(9_000);
  expect(found.every((chain) => Number.isInteger(chain) && chain >= 0 && chain < 2 ** 17)).toBe(true);
  expect(Math.max(...found)).toBeGreaterThan(2 ** 16);
});
