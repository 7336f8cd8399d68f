import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { MoneyLayout } from "../../../../core/mapping/layout.ts";
import { cardWatch } from "../../../../core/reconcile/reading/card-watch.ts";

const layout: MoneyLayout = {
  name: "test",
  title: "a test",
  about: "money",
  payment: ["id"],
  skip: ["card"],
  at: [{ columns: ["date"], formats: ["iso"] }],
  amount: { column: ["amount"], sign: "unsigned", unit: "major" },
};
const header = ["id", "date", "amount", "memo", "card"];

const found = (rows: readonly (readonly string[])[], skip: readonly string[] = []) => {
  const watch = cardWatch(layout, header, skip);
  for (const [index, row] of rows.entries()) watch.see(row, index + 2);
  return watch.found();
};
const row = (changes: Readonly<Record<string, string>>) => header.map((name) => changes[name] ?? "x");

/** The schemes' own test numbers. */
const card = "4111111111111111";

test.each([card, "4111 1111 1111 1111", "5555-5555-5555-4444", "４１１１１１１１１１１１１１１１", `paid with ${card} today`])(
  "%s is found in any column",
  (memo) => {
    expect(found([row({}), row({ memo })])).toEqual([{ column: "memo", line: 3 }]);
  },
);

test("not in a column that is to be skipped, by its kind or by an operator", () => {
  expect(found([row({ card, memo: card })], ["Memo"])).toEqual([]);
});

test.each(["2026-10-01 10:00:00", "20261001100000", "1790000000000", "4111********1111", "ch_3P00000000ABCDEFGHIJ", "123456789012"])(
  "%s is none",
  (memo) => {
    expect(found([row({ memo })])).toEqual([]);
  },
);

test("one in ten long ids has a card's check digit by chance, and is none", () => {
  const ids = Array.from({ length: 200 }, (_, index) => String(4_000_000_000_000_000 + index * 7));
  expect(found(ids.map((id) => row({ id, memo: id })))).toEqual([]);
});

test("a column of nothing but cards is found, also where it is taken for an id", () => {
  expect(found([row({ id: card }), row({ id: "5555555555554444" })])).toEqual([{ column: "id", line: 2 }]);
  expect(found([row({ id: card })])).toEqual([]);
  // Among ids of another kind one is enough; beside a long id that is no card it may be one by chance.
  expect(found([row({}), row({ id: card })])).toEqual([{ column: "id", line: 3 }]);
  expect(found([row({}), row({ id: card }), row({ id: "4111111111111112" })])).toEqual([]);
});

describe("beside one card, as often something as long as its number,", () => {
  // Then half of the column is no card, and by chance a number of ten has the check digit.
  const isLong = (memo: string) => found([row({ memo: card }), row({ memo })]).length === 0;
  test.each([
    ...[
      "1234567890123",
      "0000000000000",
      "9999999999999",
      "１２３４５６７８９０１２３",
      "０００００００００００００",
      "９９９９９９９９９９９９９",
      "1 2 3 4 5 6 7 8 9 0 1 2 3",
    ],
    ...[
      "1234-5678-9012-3",
      "x1234567890123",
      "1234567890123x",
      "abc 123456 1234567890123",
      "12 x1234567890123",
      "1  1234567890123",
      " 1234567890123",
    ],
  ])("%s is a number", (text) => expect(isLong(text)).toBe(true));

  test.each([
    ...[
      "123456789012",
      "1 23456789012",
      "123456  7890123",
      "123456 -7890123",
      "123456/7890123",
      "123456:7890123",
      "123456x7890123",
      "123456789-0-1x23",
      "1-2-3-4-5-6-7x123456789012",
      "１２３４５６／７８９０１２３",
    ],
    ...["１２３４５６：７８９０１２３", "- - - - - - - - - - 1 2 3", "1234567890 x 123", "x 123456789012", ""],
  ])("%j is none", (text) => expect(isLong(text)).toBe(false));
});

test("cards begin with 2 to 6, and the first of them is named", () => {
  expect(found([row({ memo: "1000000000000008" })])).toEqual([]);
  expect(found([row({ memo: "ID 1: 4111111111111111" })])).toEqual([]);
  expect(found([row({ memo: "1234567890123" }), row({ memo: card }), row({ memo: card })])).toEqual([{ column: "memo", line: 3 }]);
});

test("columns are named in the order of the file, and one that is left unread is not looked at", () => {
  expect(found([row({ memo: card }), row({ date: card })])).toEqual([
    { column: "date", line: 3 },
    { column: "memo", line: 2 },
  ]);
  const watch = cardWatch(layout, ["id", "(left unread)"], []);
  watch.see(["p-1", card], 2);
  expect(watch.found()).toEqual([]);
});

test("an empty id is not one of another kind", () => expect(found([row({ id: "" }), row({ id: card })])).toEqual([]));

test("a line that is longer than the header is looked at too", () => {
  expect(found([[...row({}), card]])).toEqual([{ column: "6", line: 2 }]);
});

test("a number is found wherever in a text it stands, and however it is grouped", () => {
  const text = fc.string({ unit: fc.constantFrom("a", "-", " ", ":", "円"), maxLength: 40 });
  const grouped = fc.constantFrom(card, "4111 1111 1111 1111", "4111-1111-1111-1111", "４１１１-１１１１-１１１１-１１１１");
  fc.assert(
    fc.property(text, grouped, text, (before, number, behind) => {
      expect(found([row({ memo: `${before}:${number}:${behind}` })])).toEqual([{ column: "memo", line: 2 }]);
    }),
  );
});
