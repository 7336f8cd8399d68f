import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shapedLike, spellingsOf } from "../../../core/refunds/spelling.ts";

describe("R-BACK-2: the number in the ledger is among the spellings of", () => {
  test.each([
    ["100234567", "100234567"],
    [" 100234567\t", "100234567"],
    ["１００２３４５６７", "100234567"],
    ["100 234 567", "100234567"],
    ["１００　２３４　５６７", "100234567"],
    ["100-234-567", "100234567"],
    ["100‐234–567", "100-234-567"],
    ["100ー234ー567", "100-234-567"],
    ["100 234 567", "100-234-567"],
    ["No.100234567", "100234567"],
    ["№ 100234567", "100234567"],
    ["#100234567", "100234567"],
    ["注文番号：100234567", "100234567"],
    ["ご注文番号は１００２３４５６７です。", "100234567"],
    ["注文番号100234567です", "100234567"],
    ["決済番号 100234567", "100234567"],
    ["お支払い番号:ch_3NabC", "ch_3NabC"],
    ["Order number: ORD-2023-0001", "ORD-2023-0001"],
    ["order no. #ORD-2023-0001.", "ORD-2023-0001"],
    ["「ord-2023-0001」", "ORD-2023-0001"],
    ["ORD-2023-0001", "ord-2023-0001"],
    ["\u200e100234567\u200b", "100234567"],
    ["ＯＲＤ－２０２３－０００１", "ORD-2023-0001"],
    ["payment ch_3NabC", "ch_3NabC"],
    ["nogizaka-1", "nogizaka-1"],
    ["ORDER-1", "ORDER-1"],
    ["ID2023", "ID2023"],
  ])("%j: %j", (typed, wanted) => {
    expect(spellingsOf(typed).flat()).toContain(wanted);
  });
});

test("what was typed comes first, and each spelling once", () => {
  expect(spellingsOf("Ch_1")).toEqual([["Ch_1"], ["CH_1", "ch_1"]]);
  expect(spellingsOf("")).toEqual([]);
  expect(spellingsOf(`${"1 ".repeat(100)}2`)).toEqual([[`${"1 ".repeat(100)}2`]]);
  expect(spellingsOf("#12")[0]).toEqual(["#12"]);
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (typed) => {
      const all = spellingsOf(typed, "ORD-0000").flat();
      expect(new Set(all).size).toBe(all.length);
      expect(all).not.toContain("");
    }),
  );
});

test("the closest come first: without the words before it, then without spaces, without marks, and in other cases", () => {
  expect(spellingsOf("No. Ab  1-2 ")).toEqual([
    ["No. Ab  1-2"],
    ["Ab  1-2"],
    ["No.Ab1-2", "Ab1-2"],
    ["No.Ab12", "No.-Ab-1-2", "Ab12", "Ab-1-2"],
    [
      ...["NO.AB1-2", "no.ab1-2", "AB1-2", "ab1-2"],
      ...["NO.AB12", "no.ab12", "NO.-AB-1-2", "no.-ab-1-2", "AB12", "ab12", "AB-1-2", "ab-1-2"],
    ],
  ]);
});

test("what is as long as a number can be is still cleaned, and what is longer is looked up as it is", () => {
  const [most, more] = [`${"1 ".repeat(99)}12`, `${"1 ".repeat(99)}123`];
  expect(spellingsOf(most).flat()).toContain(`${"1".repeat(99)}12`);
  expect(spellingsOf(more)).toEqual([[more]]);
});

test.each([
  "支払番号 77",
  "申込番号 77",
  "番号 77",
  "注文no 77",
  "no 77",
  "nr 77",
  "ref 77",
  "order no 77",
  "order nr 77",
  "ordernumber 77",
  "id  77",
  "order nr. 77",
  "ref. 77",
  "No : 77",
  "no77",
])("the words of %j are no part of the number, and the number alone is looked up next", (typed) => {
  expect(spellingsOf(typed)[1]).toEqual(["77"]);
});

test("nor are quotes and brackets around both, however many", () => {
  expect(spellingsOf("『「77」』")).toEqual([["『「77」』"], ["77"]]);
});

test("words within a number stay", () => {
  expect(spellingsOf("12 no 3").flat()).not.toContain("123");
});

test.each(["nogizaka", "ordering12"])("%j is a number as it is: no word before it", (typed) => {
  expect(
    spellingsOf(typed)
      .flat()
      .filter((one) => !one.toLowerCase().startsWith(typed.slice(0, 2))),
  ).toEqual([]);
});

test("of words alone nothing is made up, whatever numbers look like", () => {
  expect(spellingsOf("No.", "ABC").flat()).not.toContain("ABC");
  expect(shapedLike("ABC", "-")).toBeUndefined();
});

test("an example says how numbers are written, and with which letters they begin", () => {
  expect(shapedLike("ORD-2023-0001", "20249876")).toBe("ORD-2024-9876");
  expect(shapedLike("ORD-2023-0001", "ord2024 9876")).toBe("ord-2024-9876");
  expect(shapedLike("ORD-2023-0001", "ord  2024 9876")).toBe("ord-2024-9876");
  expect(shapedLike("ORD-2023-0001", "249876")).toBeUndefined();
  expect(shapedLike("000-000", "1234567")).toBeUndefined();
  expect(spellingsOf("注文番号 2024-9876", "ORD-2023-0001").flat()).toContain("ORD-2024-9876");
});

test("a number that begins like a word before it is kept with that word too", () => {
  expect(spellingsOf("# ｉＤ０Ａａ００").flat()).toContain("iD0Aa00");
});

test("any number survives being written in full width, with spaces and a word before it", () => {
  const number = fc.stringMatching(/^[A-Za-z0-9_]{4,20}$/);
  const wide = (text: string) => [...text].map((sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)).join("");
  fc.assert(
    fc.property(number, fc.constantFrom("", "No.", "注文番号：", "Order no: ", "# "), fc.nat(20), (id, before, at) => {
      const typed = `${before}${wide(id.slice(0, at))} ${wide(id.slice(at))}`;
      expect(spellingsOf(typed).flat()).toContain(id);
    }),
  );
});
