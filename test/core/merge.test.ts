import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inBatches, merge } from "../../core/merge.ts";

async function* streamOf<Element>(elements: readonly Element[], read: Element[] = []): AsyncGenerator<Element> {
  for (const element of elements) {
    read.push(element);
    yield element;
  }
}

const isBefore = (one: number, other: number): boolean => one < other;

describe("sorted streams", () => {
  test("become one sorted stream with every element of each", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(fc.nat({ max: 50 })), { maxLength: 9 }), async (lists) => {
        const sorted = lists.map((list) => list.toSorted((one, other) => one - other));
        const merged = await Array.fromAsync(
          merge(
            sorted.map((list) => streamOf(list)),
            isBefore,
          ),
        );
        expect(merged).toEqual(lists.flat().toSorted((one, other) => one - other));
      }),
    );
  });

  test("are read one element ahead and no further, so that what nobody uses is not read", async () => {
    const read: number[] = [];
    const merged = merge([streamOf([1, 3, 5], read), streamOf([2, 4, 6], read)], isBefore);
    expect((await merged.next()).value).toBe(1);
    expect(read.toSorted()).toEqual([1, 2]);
    expect((await merged.next()).value).toBe(2);
    expect(read.toSorted()).toEqual([1, 2, 3]);
  });

  test("that fail make the whole fail, rather than look finished", async () => {
    async function* failing(): AsyncGenerator<number> {
      yield 1;
      throw new Error("the page cannot be read");
    }
    await expect(Array.fromAsync(merge([streamOf([2, 3]), failing()], isBefore))).rejects.toThrow("the page cannot be read");
  });
});

test("a stream in batches loses nothing, and only its last batch is smaller", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat()), fc.integer({ min: 1, max: 9 }), async (elements, size) => {
      const batches = await Array.fromAsync(inBatches(streamOf(elements), size));
      expect(batches.flat()).toEqual(elements);
      expect(batches.slice(0, -1).every((batch) => batch.length === size)).toBe(true);
      expect(batches.every((batch) => batch.length > 0 && batch.length <= size)).toBe(true);
    }),
  );
});
