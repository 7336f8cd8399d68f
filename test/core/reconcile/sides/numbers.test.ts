import fc from "fast-check";
import { expect, test } from "vitest";
import { codes, exact, rows } from "../../../../core/reconcile/sides/numbers.ts";

test.each([
  ["rows", rows, -1],
  ["exact", exact, Number.NaN],
  ["codes", codes, 0],
] as const)("a column of %s keeps what it was given, and has the usual value elsewhere", (_, make, usual) => {
  const value = fc.oneof(fc.constant(usual), fc.integer({ min: 0, max: 255 }));
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 9_000 }), value), { maxLength: 40 }), (all) => {
      const [column, known] = [make(), new Map<number, number>()];
      for (const [row, one] of all) {
        column.set(row, one);
        known.set(row, one);
      }
      for (const row of [...known.keys(), -1, 0, 4_095, 4_096, 8_191, 8_192, 20_000])
        expect([row, column.get(row)]).toEqual([row, known.get(row) ?? usual]);
      expect(column.length).toBe(0);
    }),
  );
});

test("rows are pushed one behind the other, over many pieces of memory", () => {
  const column = rows();
  for (let row = 0; row < 10_000; row++) expect(column.push(row % 3 === 0 ? -1 : row)).toBe(row);
  expect(column.length).toBe(10_000);
  for (let row = 0; row < 10_000; row++) expect(column.get(row)).toBe(row % 3 === 0 ? -1 : row);
});

test("numbers of each kind are kept exactly", () => {
  const [texts, minor, code] = [rows(), exact(), codes()];
  texts.push(2_147_483_647);
  minor.push(9_007_199_254_740_991);
  code.push(255);
  expect([texts.get(0), minor.get(0), code.get(0)]).toEqual([2_147_483_647, 9_007_199_254_740_991, 255]);
});
