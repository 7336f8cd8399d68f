import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { printable, printableLine } from "../../core/printable.ts";

describe("text from outside", () => {
  test.each([
    ["a terminal's command", "\u001b[2Jgone", "\\u001b[2Jgone"],
    ["a carriage return, which would print over the line", "true\rfalse", "true\\u000dfalse"],
    ["a backspace", "1980\b\b", "1980\\u0008\\u0008"],
    ["a C1 control", "\u009b31m", "\\u009b31m"],
    ["a change of direction", "evt\u202Egpj.exe", "evt\\u202egpj.exe"],
    ["an Arabic letter mark", "a\u061Cb", "a\\u061cb"],
    ["a space of no width", "pay\u200Bpal", "pay\\u200bpal"],
    ["a soft hyphen", "pay\u00ADpal", "pay\\u00adpal"],
    ["a hidden tag", "a\u{E0041}b", "a\\ue0041b"],
    ["half a character", "\ud800", "\\ud800"],
    ["nothing special", "円 ¥1,980\t(é)\n🎌", "円 ¥1,980\t(é)\n🎌"],
  ])("with %s is shown so that it can be seen", (_, text, shown) => expect(printable(text)).toBe(shown));

  test("has no control or invisible character left, whatever it was", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(printable(text)).not.toMatch(/[\p{Cf}\p{Cs}]|(?![\n\t])\p{Cc}/u);
        expect(printable(printable(text))).toBe(printable(text));
        expect(printableLine(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u);
      }),
      { numRuns: 1_000 },
    );
  });

  test("in one line has its white space folded", () => {
    expect(printableLine("  a\n\n b\tc\u2028d  ")).toBe("a b c d");
  });
});
