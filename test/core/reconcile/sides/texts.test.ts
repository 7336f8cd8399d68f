import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hashText } from "../../../../core/reconcile/sides/hash-text.ts";
import { createTexts } from "../../../../core/reconcile/sides/texts.ts";

test("a text has one number, and the number one text, whatever its characters", () => {
  const text = fc.oneof(fc.string({ unit: "grapheme", maxLength: 12 }), fc.constantFrom("é", "é", "ab", "\u00e9\u00e9", "取引1", ""));
  fc.assert(
    fc.property(fc.array(text, { maxLength: 300 }), fc.array(text, { maxLength: 20 }), (added, asked) => {
      const texts = createTexts();
      const known = new Map<string, number>();
      for (const one of added) {
        const number = texts.add(one);
        expect(number).toBe(known.get(one) ?? known.size);
        known.set(one, number);
      }
      for (const [one, number] of known) expect([texts.find(one), texts.text(number)]).toEqual([number, one]);
      for (const one of asked) expect(texts.find(one)).toBe(known.get(one) ?? -1);
      expect(texts.length).toBe(known.size);
    }),
  );
});

test("characters of one to four bytes are found again", () => {
  const texts = createTexts();
  const all = ["", "a\u007f", "a\u0080", "a\u00ff", "a\u07ff", "a\u0800", "a\uffff", "a\u{10000}"];
  const numbers = all.map((_, id) => id);
  expect(all.map((text) => texts.add(text))).toEqual(numbers);
  expect(all.map((text) => texts.find(text))).toEqual(numbers);
  expect(numbers.map((id) => texts.text(id))).toEqual(all);
});

/** Found by search. The first two pairs are known of FNV-1a. */
describe.each([
  ["of one length", "declinate", "macallums"],
  ["of two lengths", "liquid", "costarring"],
  ["that begin alike", "pi_1", "pi_1_0nkh18c"],
  ["that end alike", "h24d7fp", "n24d7fp"],
  ["that have the same bytes, as one read in a wrong encoding has", "Éégho2k4", Buffer.from("Éégho2k4").toString("latin1")],
])("two texts %s", (_, one, other) => {
  test("have one hash", () => expect(hashText(one)).toBe(hashText(other)));

  test.each([
    [one, other],
    [other, one],
  ])("and are two, with %j before %j", (first, second) => {
    const texts = createTexts();
    expect([texts.find(first), texts.add(first), texts.find(second), texts.add(second)]).toEqual([-1, 0, -1, 1]);
    expect([first, second].map((text) => [texts.find(text), texts.add(text)])).toEqual([
      [0, 0],
      [1, 1],
    ]);
    expect([texts.text(0), texts.text(1)]).toEqual([first, second]);
  });
});

test("however many there are, each has its number, and what was never added has none", () => {
  const texts = createTexts();
  const all = Array.from({ length: 20_000 }, (_, index) => (index % 7 === 0 ? `取引${index}` : `pi_${index}`));
  const numbers = all.map((_, index) => index);
  expect(all.map((text) => texts.add(text))).toEqual(numbers);
  expect(all.map((text) => texts.find(text))).toEqual(numbers);
  expect(numbers.map((id) => texts.text(id))).toEqual(all);
  expect(all.filter((text) => texts.find(`${text}x`) !== -1)).toEqual([]);
});

test("they are kept over many pieces of memory", () => {
  const texts = createTexts();
  const long = (index: number) => `${index}-${"x".repeat(50_000)}`;
  for (let index = 0; index < 300; index++) texts.add(long(index));
  for (const index of [0, 1, 150, 299]) expect([texts.find(long(index)), texts.text(index)]).toEqual([index, long(index)]);
});

test("a piece may be filled to its last byte", () => {
  const texts = createTexts();
  // 4,194,300 bytes, and four more.
  const all = ["取".repeat(1_398_100), "x", "引", ""];
  expect(all.map((text) => texts.add(text))).toEqual([0, 1, 2, 3]);
  expect(all.map((text, id) => [texts.find(text), texts.text(id) === text])).toEqual(all.map((_, id) => [id, true]));
});

test("one that might not fit into a piece is no id", () => {
  const texts = createTexts();
  expect(texts.add("x".repeat(1_398_101))).toBe(0);
  expect(() => texts.add("x".repeat(1_398_102))).toThrow(new RangeError("an id of 1398102 characters"));
  expect([texts.length, texts.find("x".repeat(1_398_102))]).toEqual([1, -1]);
});
