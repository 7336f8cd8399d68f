import fc from "fast-check";
import { expect, test } from "vitest";
import { countBelow, isAnyNear } from "../../../core/findings/sorted.ts";

const numbers = fc.array(fc.integer({ min: -20, max: 20 })).map((some) => some.toSorted((one, other) => one - other));
const number = fc.integer({ min: -25, max: 25 });

test("as many are below a number as reading all of them shows", () => {
  fc.assert(fc.property(numbers, number, (sorted, one) => countBelow(sorted, one) === sorted.filter((other) => other < one).length));
});

test("one is near when reading all of them shows one", () => {
  const isNear = (sorted: readonly number[], one: number, most: number) => sorted.some((other) => Math.abs(other - one) <= most);
  fc.assert(
    fc.property(numbers, number, fc.nat({ max: 5 }), (sorted, one, most) => isAnyNear(sorted, one, most) === isNear(sorted, one, most)),
  );
  expect(isAnyNear([], 0, 1_000)).toBe(false);
});
