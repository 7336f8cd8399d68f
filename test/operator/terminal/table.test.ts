import fc from "fast-check";
import picocolors from "picocolors";
import { describe, expect, test } from "vitest";
import { type Column, createTable } from "../../../operator/terminal/table.ts";
import { cutEnd, cutMiddle, textWidth } from "../../../operator/terminal/text-width.ts";

const plain = picocolors.createColors(false);
const columns: readonly Column[] = [
  { title: "RECORD", cut: "middle" },
  { title: "COUNT", align: "right" },
  { title: "WHY", cut: "end" },
];
const lines = (text: string): readonly string[] => text.trimEnd().split("\n");

describe("a table", () => {
  test("aligns texts at the left and numbers at the right, and cuts nothing in a pipe", () => {
    const long = "x".repeat(300);
    const rows = [
      ["sandbox/a", "7", "ok"],
      ["sandbox/bbbb", "1234", long],
    ];
    expect(lines(createTable(columns, { width: undefined, colours: plain })(rows))).toEqual([
      "RECORD        COUNT  WHY",
      "sandbox/a         7  ok",
      `sandbox/bbbb   1234  ${long}`,
    ]);
  });

  test("fits the terminal, whatever is in it", () => {
    const text = fc.string({ unit: fc.constantFrom(..."abc/-1テ値 é") });
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 8 }), fc.integer({ min: 40, max: 200 }), (cells, width) => {
        const rows = cells.map(([id, why]) => [id, "12", why]);
        for (const line of lines(createTable(columns, { width, colours: plain })(rows))) expect(textWidth(line)).toBeLessThanOrEqual(width);
      }),
    );
  });

  test("keeps the columns of its first block in those that follow", () => {
    const block = createTable(columns, { width: 80, colours: plain });
    const head = lines(block([["sandbox/abcdefgh", "1", "because"]]))[0] ?? "";
    const [row = ""] = lines(block([["x", "2", "later"]]));
    expect(row.indexOf("later")).toBe(head.indexOf("WHY"));
    expect(row).not.toContain("RECORD");
  });

  test("leaves out optional columns before it makes an id too short to be copied", () => {
    const spare: readonly Column[] = [
      { title: "RECORD", cut: "middle", least: 28 },
      { title: "WHY", cut: "end", isSpare: true },
      { title: "EVENTS", cut: "end", isSpare: true },
    ];
    const row = ["sandbox/evt_0123456789abcdef", "the application refused it", "charge.succeeded"];
    expect(lines(createTable(spare, { width: 40, colours: plain })([row]))[1]).toBe("sandbox/evt_0123456789abcdef  the appli…");
    expect(lines(createTable(spare, { width: 30, colours: plain })([row]))[1]).toBe("sandbox/evt_0123456789abcdef");
  });

  test("keeps each row on one line, and shows a terminal no control characters", () => {
    const shown = createTable(columns, { width: undefined, colours: plain })([["a", "1", "for\nnow \u001b[2J"]]);
    expect(lines(shown)).toEqual(["RECORD  COUNT  WHY", "a           1  for now \\u001b[2J"]);
  });

  test("colours only where colours are wanted, and never half a word", () => {
    const cell = { text: "dead", paint: picocolors.createColors(true).red };
    const shown = createTable([{ title: "STATE", cut: "end" }], { width: 80, colours: plain })([[cell]]);
    expect(shown).toContain("\u001b[31mdead\u001b[39m");
    expect(createTable(columns, { width: 80, colours: plain })([["a", "1", "b"]])).not.toContain("\u001b");
  });
});

describe("text cut to a width", () => {
  test("is never wider, and is itself when it fits", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."abcテ値é👍\u0301") }), fc.integer({ min: 3, max: 40 }), (text, width) => {
        for (const cut of [cutEnd, cutMiddle]) {
          const shown = cut(text, width);
          expect(textWidth(shown)).toBeLessThanOrEqual(width);
          if (textWidth(text) <= width) expect(shown).toBe(text);
        }
      }),
    );
  });

  test("keeps both ends of an id", () => {
    expect(cutMiddle("sandbox/evt_0123456789_end", 15)).toBe("sandbox…789_end");
  });
});
