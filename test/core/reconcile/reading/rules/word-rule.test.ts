import { expect, test } from "vitest";
import { columnsOf } from "../../../../../core/reconcile/reading/cells/columns.ts";
import { shown, wordIn, wordReader } from "../../../../../core/reconcile/reading/rules/word-rule.ts";

test("a word is known in any case, width and spacing; of beginnings the longest says most", () => {
  const read = wordReader({ meanings: { "Partial  Refund": 1, "ref*": 2, "refund f*": 3, 売上: 4 } });
  expect(["partial refund", "ＰＡＲＴＩＡＬ\tREFUND ", "Refund", "refund failed", "ref", "売上", "re", "x"].map(read)).toEqual([
    1,
    1,
    2,
    3,
    2,
    4,
    undefined,
    undefined,
  ]);
  expect(wordReader({ meanings: { "a  b c": 1 } })("A B  C")).toBe(1);
  expect(wordReader({ meanings: { "a b": 1 } })("ab")).toBeUndefined();
  // Another case of the same letters, and no other letters: in capitals it would be SS.
  expect(wordReader({ meanings: { groß: 2, gross: 1 } })("GROß")).toBe(2);
  // Asked for once more it means the same.
  expect([read("Refund"), read("x")]).toEqual([2, undefined]);
});

test("a word that nobody knows may have a meaning", () => {
  expect(wordReader({ meanings: { a: 1 }, otherwise: 9 })("x")).toBe(9);
});

test("more words than any file's types have are read as well as the first", () => {
  const read = wordReader({ meanings: { "a*": 1 } });
  for (let index = 0; index < 1_100; index++) expect([index, read(`a${index}`), read(`b${index}`)]).toEqual([index, 1, undefined]);
});

test("a line's word is that of the first of its columns that is filled", () => {
  const columns = columnsOf(["Kind", "type"]);
  const read = wordIn({ column: ["type", "kind"], meanings: { sale: "charge" } }, columns, undefined);
  expect(read(["sale", ""])).toBe("charge");
  expect(read(["sale", "?"])).toEqual({ kind: "unknown", column: "type", text: "?" });
  expect(read(["?", ""])).toEqual({ kind: "unknown", column: "Kind", text: "?" });
  expect(read(["", ""])).toEqual({ kind: "unknown", column: "type", text: "" });
});

test("without a rule, or without its column where it need not be there, a line has the usual meaning", () => {
  const columns = columnsOf(["id"]);
  expect(wordIn(undefined, columns, "charge")([])).toBe("charge");
  const rule = { column: ["type"], meanings: { sale: "charge" } };
  expect(wordIn({ ...rule, isOptional: true }, columns, "usual")(["x"])).toBe("usual");
  expect(wordIn(rule, columns, "usual")(["x"])).toEqual({ kind: "unknown", column: "type", text: "" });
  expect(wordIn({ ...rule, isOptional: true }, columnsOf(["type"]), "usual")(["sale"])).toBe("charge");
});

test("a word is shown without a card number, on one line, and not long", () => {
  expect(shown("4111111111111111")).not.toContain("41111111");
  expect(shown("a\nb")).not.toContain("\n");
  expect(shown("x".repeat(60))).toBe("x".repeat(60));
  expect(shown("x".repeat(61))).toBe(`${"x".repeat(60)}...`);
});
