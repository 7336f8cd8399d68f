import { describe, expect, test } from "vitest";
import { median, percentile, ratios, spread } from "../../bench/statistics.ts";

const oneToHundred = Array.from({ length: 100 }, (_, index) => index + 1);

describe("a percentile", () => {
  test("is the smallest value that the share of the values does not exceed", () => {
    expect(percentile(oneToHundred, 0.5)).toBe(50);
    expect(percentile(oneToHundred, 0.99)).toBe(99);
    expect(percentile(oneToHundred, 0.991)).toBe(100);
    expect(percentile([15, 20, 35, 40, 50], 0.3)).toBe(20);
    expect(percentile([15, 20, 35, 40, 50], 1)).toBe(50);
  });

  test("sorts by size, not as text, and leaves what it was given as it was", () => {
    const values = [100, 9, 80];
    expect(percentile(values, 1)).toBe(100);
    expect(percentile(values, 0.01)).toBe(9);
    expect(values).toEqual([100, 9, 80]);
  });

  test("of one value is that value", () => {
    expect([0.01, 0.5, 0.99, 1].map((share) => percentile([7], share))).toEqual([7, 7, 7, 7]);
  });

  test("rejects an empty list, and an invalid share", () => {
    expect(() => percentile([], 0.5)).toThrow("nothing was measured");
    for (const share of [0, -1, 99, Number.NaN]) expect(() => percentile([1], share)).toThrow(RangeError);
  });
});

describe("a median", () => {
  test("is the value in the middle, whatever the order", () => {
    expect(median([9, 1, 100])).toBe(9);
  });

  test("of an even number of values is the mean of the two in the middle", () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  test("rejects an empty list", () => {
    expect(() => median([])).toThrow("nothing was measured");
  });
});

test("a spread is the least, the middle and the greatest", () => {
  expect(spread([3, 1, 2, 10])).toEqual({ min: 1, median: 2.5, max: 10 });
});

describe("ratios", () => {
  test("are ours divided by theirs, round by round", () => {
    expect(ratios([2, 9, 5], [1, 3, 10])).toEqual([2, 3, 0.5]);
  });

  test("do not hide a slow round of ours behind a slow round of theirs", () => {
    const [ours, theirs] = [
      [100, 50],
      [200, 25],
    ];
    expect(spread(ratios(ours, theirs))).toEqual({ min: 0.5, median: 1.25, max: 2 });
  });

  test("refuse rounds that do not pair up", () => {
    expect(() => ratios([1, 2], [1])).toThrow("2 rounds of ours against 1 of theirs");
  });
});
