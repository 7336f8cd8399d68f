import { expect, test } from "vitest";
import { createScattered } from "../../../../core/reconcile/sides/scattered.ts";
import { createTexts } from "../../../../core/reconcile/sides/texts.ts";

/** Lines with the rows that they show and the other ids of their payment. */
const groups = (...lines: readonly (readonly [line: string, payments: readonly number[], others: readonly string[]])[]) => {
  const texts = createTexts();
  const scattered = createScattered(texts);
  for (const [line, payments, others] of lines) scattered.note(line, payments, others);
  return scattered.groups();
};

test("lines that name each other's ids show parts of one payment, also over a third", () => {
  expect(groups(["b", [1], ["a"]], ["a", [0], []], ["c", [2], ["b"]], ["d", [3], []])).toEqual([
    { lines: ["a", "b", "c"], payments: expect.arrayContaining([0, 1, 2]) },
  ]);
  expect(groups(["b", [1], ["a"]], ["a", [0], []], ["c", [2], ["b"]], ["d", [3], []])[0]?.payments).toHaveLength(3);
});

test("the last line's ids are its own, and not those of the one before it", () => {
  expect(groups(["a", [0], []], ["b", [1], []], ["c", [2], ["a"]])).toEqual([
    { lines: ["a", "c"], payments: expect.arrayContaining([0, 2]) },
  ]);
});

test("two payments are two groups", () => {
  const found = groups(["a", [0], ["b"]], ["b", [1], ["a"]], ["c", [2], ["d"]], ["d", [3], ["c", "e"]]);
  expect(found.map(({ lines, payments }) => [lines, payments.toSorted()])).toEqual([
    [
      ["a", "b"],
      [0, 1],
    ],
    [
      ["c", "d"],
      [2, 3],
    ],
  ]);
});

test("an id that no line has connects nothing, nor does a line's own", () => {
  expect(groups(["a", [0], ["x"]], ["b", [1], ["x"]])).toEqual([]);
  expect(groups(["a", [0], ["a"]], ["a", [1], ["a"]])).toEqual([]);
  expect(groups()).toEqual([]);
});

test("a line that shows nothing has no part", () => {
  expect(groups(["a", [], ["b"]], ["b", [1], []])).toEqual([]);
});
