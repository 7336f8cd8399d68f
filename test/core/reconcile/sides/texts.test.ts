import fc from "fast-check";
import { expect, test } from "vitest";
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

test("they are kept over many pieces of memory, and one that is longer than a piece is no id", () => {
  const texts = createTexts();
  const long = (index: number) => `${index}-${"x".repeat(50_000)}`;
  for (let index = 0; index < 300; index++) texts.add(long(index));
  for (const index of [0, 1, 150, 299]) expect([texts.find(long(index)), texts.text(index)]).toEqual([index, long(index)]);
  expect(() => texts.add("x".repeat(2_000_000))).toThrow(RangeError);
});
