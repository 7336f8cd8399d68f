import fc from "fast-check";
import { expect, test } from "vitest";
import { isPseudonym, isTelling, pseudonym, renaming } from "../../../core/erasure/pseudonym.ts";

test("a pseudonym is the same for the same id, another for another, and itself for a pseudonym", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      expect(pseudonym(one)).toMatch(/^erased:[0-9a-f]{32}$/);
      expect(pseudonym(pseudonym(one))).toBe(pseudonym(one));
      expect(pseudonym(one) === pseudonym(other)).toBe(one === other);
    }),
  );
});

test("only what has the whole form is a pseudonym", () => {
  expect(isPseudonym(pseudonym("a-17"))).toBe(true);
  for (const id of ["erased:", "erased:ab", `${pseudonym("a")}0`, `x${pseudonym("a")}`, "a-17"])
    expect([id, isPseudonym(id)]).toEqual([id, false]);
});

test("an id tells who is meant where an e-mail address is in it", () => {
  for (const id of ["taro@example.com", "end/taro@example.com", "mail:taro%40example.com"]) expect([id, isTelling(id)]).toEqual([id, true]);
  for (const id of ["cus_1", "a-17", "user@", "@home", "1980"]) expect([id, isTelling(id)]).toEqual([id, false]);
});

test("the person's accounts are renamed, whatever they say, and of all other ids those that tell", () => {
  const rename = renaming(new Set(["a-17"]));
  expect(["a-17", "taro@example.com"].map(rename)).toEqual(["a-17", "taro@example.com"].map(pseudonym));
  expect(["a-170", "sub_1", "cus_1", ""].map(rename)).toEqual(["a-170", "sub_1", "cus_1", ""]);
});
