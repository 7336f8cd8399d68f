import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { csvLine } from "../../../core/formats/csv.ts";

test.each([
  ["=1+1", "'=1+1"],
  ["+81 3", "'+81 3"],
  ["-2", "'-2"],
  ["@sum", "'@sum"],
  ["\t=1", "'\t=1"],
  ["＝1", "'＝1"],
  ["a\rb", '"a\rb"'],
  ["a\nb", '"a\nb"'],
  ['=a,"b"', `"'=a,""b"""`],
  ["a-1", "a-1"],
  ["", ""],
])("%j is no formula in a spreadsheet", (text, written) => {
  expect(csvLine([text])).toBe(`${written}\r\n`);
});

test("numbers stay numbers, also negative ones", () => {
  expect(csvLine([1_980, -500, "1980"])).toBe("1980,-500,1980\r\n");
});

test("no cell of any text begins a formula, and each can be read back", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme" }), { minLength: 2 }), (texts) => {
      const [cells = []] = parse(csvLine(texts)) as string[][];
      for (const cell of cells) expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
      expect(cells.map((cell, at) => (cell === `'${texts[at]}` ? texts[at] : cell))).toEqual(texts);
    }),
  );
});
