import { expect, test } from "vitest";
import type { ExportKind } from "../../../../core/reconcile/layout/layout.ts";
import { type Head, recognise } from "../../../../core/reconcile/layout/recognise.ts";

const kind = (name: string, has: readonly string[], more: Partial<ExportKind> = {}): ExportKind =>
  ({
    name,
    title: name,
    gateway: "g",
    about: "money",
    payment: ["id"],
    at: [{ columns: ["date"], formats: ["iso"] }],
    amount: { column: ["amount"], sign: "signed", unit: "major" },
    has,
    ...more,
  }) as ExportKind;

const head = (...rows: readonly (readonly string[])[]): Head => ({ charset: "utf-8", separator: ",", rows });
const found = (heads: readonly Head[], ...kinds: readonly ExportKind[]) => {
  const result = recognise(heads, kinds);
  return result.kind === "found" ? `${result.layout.name} at ${result.row}` : result.kind;
};

test("a header is known by its columns, in any order, case and spacing, below a title", () => {
  expect(found([head(["Amount ", "ID", "Date"])], kind("a", ["id", "date", "amount"]))).toBe("a at 0");
  expect(found([head(["Report of October"], [], ["id", "date", "amount"])], kind("a", ["id", "date", "amount"]))).toBe("a at 2");
  expect(found([head(["\uFEFFid", "date", "Gross  Amount"])], kind("a", ["id", "gross amount"]))).toBe("a at 0");
});

test("of several that fit, the one with most columns of its own; a tie has to be decided", () => {
  const rows = head(["id", "date", "amount"]);
  expect(found([rows], kind("few", ["id"]), kind("more", ["id", "date"]))).toBe("more at 0");
  expect(found([rows], kind("one", ["id", "date"]), kind("other", ["id", "amount"]))).toBe("several");
  expect(found([rows], kind("one", ["id", "date"]), kind("other", ["id", "amount"], { lacks: ["date"] }))).toBe("one at 0");
});

test("the charset and separator are those under which it is known, its own charset first", () => {
  const rows = [["取引番号", "金額"]];
  const heads: readonly Head[] = [
    { charset: "utf-8", separator: ",", rows: [["�", "�"]] },
    { charset: "windows-1252", separator: ";", rows: [["id", "x"]] },
    { charset: "shift_jis", separator: ";", rows },
  ];
  const result = recognise(heads, [kind("a", ["取引番号"])]);
  expect(result.kind === "found" && [result.head.charset, result.head.separator]).toEqual(["shift_jis", ";"]);
  const plain = ["shift_jis", "windows-1252", "utf-8"].map((charset) => ({ charset, separator: ",", rows: [["id"]] }));
  const charsetOf = (one: ExportKind) => {
    const known = recognise(plain, [one]);
    return known.kind === "found" && known.head.charset;
  };
  expect(charsetOf(kind("a", ["id"]))).toBe("utf-8");
  expect(charsetOf(kind("a", ["id"], { charset: "shift_jis" }))).toBe("shift_jis");
});

test("without a header it is known by what its first line looks like, or by names that somebody put above it", () => {
  const bare = kind("bare", ["[a-z]-\\d+", "\\d{8}", "\\d*"], { header: "none", columns: ["id", "date", "amount"] });
  expect(found([head(["a-1", "20261001", "1980"])], bare)).toBe("bare at -1");
  expect(found([head(["a-1", "2026", "1980"])], bare)).toBe("none");
  expect(found([head(["a-1", "20261001", "1980", ""])], bare)).toBe("none");
  expect(found([head(["amount", "id", "date"], ["1", "a-1", "20261001"])], bare)).toBe("bare at 0");
});

test("of typed lines the one that names the columns is the header", () => {
  const typed = kind("typed", ["id", "amount"], { records: { position: 0, header: ["CH"], row: ["SB"] } });
  expect(found([head(["RH", "2026"], ["SH", "x"], ["CH", "id", "amount"], ["SB", "1", "2"])], typed)).toBe("typed at 2");
  expect(found([head(["id", "amount"])], typed)).toBe("none");
});

test("what comes nearest is named with what it lacks", () => {
  const result = recognise([head(["id", "date", "sum"])], [kind("a", ["id", "date", "amount"]), kind("b", ["x", "y", "z"])]);
  expect(result.kind === "none" && result.nearest).toMatchObject({ layout: { name: "a" }, lacks: ["amount"] });
  expect(recognise([head(["q"])], [kind("a", ["id", "date", "amount"])])).toEqual({ kind: "none" });
});
