import { describe, expect, test } from "vitest";
import type { ExportKind, Layout } from "../../../../core/mapping/layout.ts";
import { type Head, recognise, requiredColumns } from "../../../../core/reconcile/layout/recognise.ts";

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

test("a header of typed lines may have blanks around its type, and a column that a kind lacks is one too many", () => {
  const typed = kind("typed", ["id"], { records: { position: 0, header: ["CH"], row: ["SB"] } });
  expect(found([head([" CH ", "id"])], typed)).toBe("typed at 0");
  expect(found([head([])], kind("typed", [], { records: { position: 0, header: [""], row: ["SB"] } }))).toBe("typed at 0");
  const lacking = kind("a", ["id"], { lacks: ["x", "y"] });
  expect(
    [
      ["id", "x"],
      ["id", "y"],
      ["id", "z"],
    ].map((names) => found([head(names)], lacking)),
  ).toEqual(["none", "none", "a at 0"]);
});

test("below blank lines, a file without a header is known by its first line, blanks left aside", () => {
  const bare = kind("bare", ["[a-z]-\\d+", "取引."], { header: "none", columns: ["id", "memo"] });
  expect(found([head(["", " "], ["a-1 ", "取引𠮷"])], bare)).toBe("bare at -1");
  expect(found([head(["", "x"], ["a-1", "取引1"])], bare)).toBe("none");
  expect(found([head(["a-1", "id"])], bare)).toBe("none");
  expect(found([head(["", "取引1"])], kind("bare", ["", "取引."], { header: "none", columns: ["id", "memo"] }))).toBe("bare at -1");
});

test("a column is known whatever blanks are in its name", () => {
  expect(found([head(["a  b   c"])], kind("x", ["a b c"]))).toBe("x at 0");
  expect(found([head(["abc"])], kind("x", ["a b c"]))).toBe("none");
  expect(found([head(["\uFEFFa"])], kind("x", ["a"]))).toBe("x at 0");
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

test("a kind that has another separator, or its header in another row, is not found", () => {
  const rows = [["report"], ["id", "date"]];
  const semicolon = { charset: "utf-8", separator: ";", rows };
  expect(found([semicolon], kind("a", ["id", "date"], { separator: "," }))).toBe("none");
  expect(found([semicolon], kind("a", ["id", "date"], { separator: ";" }))).toBe("a at 1");
  expect(found([semicolon], kind("a", ["id", "date"], { header: 2 }))).toBe("a at 1");
  expect(found([semicolon], kind("a", ["id", "date"], { header: 1 }))).toBe("none");
});

test("a charset that is neither the kind's own nor UTF-8 is doubted most, whatever comes first", () => {
  const under = (charset: string): Head => ({ charset, separator: ",", rows: [["id"]] });
  const charsetOf = (...charsets: readonly string[]) => {
    const known = recognise(charsets.map(under), [kind("a", ["id"], { charset: "shift_jis" })]);
    return known.kind === "found" && known.head.charset;
  };
  expect(charsetOf("euc-jp", "utf-8")).toBe("utf-8");
  expect(charsetOf("utf-8", "shift_jis", "euc-jp")).toBe("shift_jis");
});

describe("what comes nearest", () => {
  const near = (rows: readonly (readonly string[])[], ...kinds: readonly ExportKind[]) => {
    const result = recognise([head(...rows)], kinds);
    return (
      result.kind === "none" &&
      result.nearest && { name: result.nearest.layout.name, lacks: result.nearest.lacks, header: result.nearest.header }
    );
  };

  test("has the smallest part missing, in whichever row", () => {
    const [few, many] = [kind("few", ["a", "b"]), kind("many", ["a", "b", "c", "d", "e"])];
    expect(near([["title"], ["A", "c", "d", "e"]], few, many)).toEqual({ name: "many", lacks: ["b"], header: ["A", "c", "d", "e"] });
  });

  test("is not the one with the fewest columns missing, whichever is tried first", () => {
    const [few, many] = [kind("few", ["a", "b"]), kind("many", ["a", "c", "d", "e", "f"])];
    for (const kinds of [
      [few, many],
      [many, few],
    ])
      expect(near([["a", "c", "d"]], ...kinds)).toMatchObject({ name: "many", lacks: ["e", "f"] });
  });

  test("lacks something: what has all columns and does not fit all the same is not it", () => {
    const whole = kind("whole", ["a", "b"], { lacks: ["x"] });
    expect(near([["a", "b", "x"]], whole)).toBeUndefined();
    expect(near([["a", "b", "x"]], whole, kind("part", ["a", "b", "c"]))).toMatchObject({ name: "part", lacks: ["c"] });
  });

  test("lacks half of its columns at most, and has a header", () => {
    expect(near([["a", "b"]], kind("x", ["a", "b", "c", "d"]))).toMatchObject({ lacks: ["c", "d"] });
    expect(near([["a"]], kind("x", ["a", "b", "c"]))).toBeUndefined();
    expect(near([["a"]], kind("x", ["a", "b"], { header: "none" }))).toBeUndefined();
  });
});

test.each<[Partial<Layout>, readonly string[]]>([
  [{}, ["id", "date", "amount"]],
  [{ payment: [{ column: "no" }] }, ["no", "date", "amount"]],
  [{ payment: ["id", "no"], contract: ["contract"] }, ["contract", "date", "amount"]],
  [{ at: [{ columns: ["day", "time"] }] }, ["id", "day", "time", "amount"]],
  [{ at: [{ columns: ["day"] }, { columns: ["time"] }] }, ["id", "amount"]],
  [{ amount: { add: ["net", "tax"], unit: "major" } }, ["id", "date", "net", "tax"]],
  [{ amount: { debit: "out", credit: "in", unit: "major" } }, ["id", "date", "out", "in"]],
  [{ amount: { column: ["a", "b"], sign: "signed", unit: "major" } }, ["id", "date"]],
  [{ currency: "JPY" }, ["id", "date", "amount"]],
  [{ currency: { column: ["currency"] } }, ["id", "date", "amount", "currency"]],
  [{ currency: { column: ["currency", "other"] } }, ["id", "date", "amount"]],
  [{ type: { column: ["type"], meanings: {} } }, ["id", "date", "amount", "type"]],
  [{ type: { column: ["date"], meanings: {} } }, ["id", "date", "amount"]],
])("a mapping with %j is known by %j", (changes, columns) => {
  const { has: _, ...layout } = kind("a", []);
  expect(requiredColumns({ ...layout, ...changes } as Layout)).toEqual(columns);
});

test("a mapping of contracts is known by its id and its state", () => {
  const layout = { name: "c", title: "c", about: "contracts", contract: ["id"], state: { column: ["state"], meanings: {} } } as const;
  expect(requiredColumns(layout)).toEqual(["id", "state"]);
  expect(requiredColumns({ ...layout, at: [{ columns: ["began"] }] })).toEqual(["id", "state"]);
  expect(requiredColumns({ ...layout, state: { column: ["a", "b"], meanings: {} } })).toEqual(["id"]);
  const result = recognise([head(["id", "state"])], [layout]);
  expect(result).toMatchObject({ kind: "found", row: 0, header: ["id", "state"] });
});
