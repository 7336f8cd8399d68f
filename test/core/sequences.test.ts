import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inBatches, inGroups, merge } from "../../core/sequences.ts";

async function* streamOf<Element>(elements: readonly Element[]): AsyncGenerator<Element> {
  yield* elements;
}

describe("sorted streams merged", () => {
  test("are one sorted stream of all their elements", async () => {
    const sorted = fc.array(fc.integer()).map((numbers) => numbers.toSorted((one, other) => one - other));
    await fc.assert(
      fc.asyncProperty(fc.array(sorted, { maxLength: 9 }), async (lists) => {
        const merged = await Array.fromAsync(merge(lists.map(streamOf), (one, other) => one < other));
        expect(merged).toEqual(lists.flat().toSorted((one, other) => one - other));
      }),
    );
  });

  test("are read no further than they are used", async () => {
    let read = 0;
    async function* counting(): AsyncGenerator<number> {
      for (;;) yield read++;
    }
    for await (const element of merge([counting()], (one, other) => one < other)) if (element === 4) break;
    expect(read).toBe(5);
  });
});

describe("batches", () => {
  test("hold everything once and in order, each but the last full", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer()), fc.integer({ min: 1, max: 7 }), async (numbers, size) => {
        const batches = await Array.fromAsync(inBatches(streamOf(numbers), size));
        expect(batches.flat()).toEqual(numbers);
        for (const batch of batches.slice(0, -1)) expect(batch).toHaveLength(size);
        expect(batches.every(({ length }) => length > 0)).toBe(true);
      }),
    );
  });
});

test("groups hold everything once and in order, each but the last full, and there are none of nothing", () => {
  expect(inGroups([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(inGroups([1, 2, 3, 4], 2)).toEqual([
    [1, 2],
    [3, 4],
  ]);
  expect(inGroups([1], 2)).toEqual([[1]]);
  expect(inGroups([], 2)).toEqual([]);
});
