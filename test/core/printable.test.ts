import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { printable, printableLine } from "../../core/printable.ts";
import { shellCommand, shellWord } from "../../core/shell.ts";

describe("text from outside", () => {
  test("gives no orders to a terminal", () => {
    expect(printable("a\u001b[31mb\u009bc\u202ed\ufeffe")).toBe("a\\u001b[31mb\\u009bc\\u202ed\\ufeffe");
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => expect(printable(text)).not.toMatch(/[^\P{Cc}\n\t]/u)));
  });

  test("stays as it is when it is only text", () => {
    expect(printable("テスト\n\tÄpfel 値 👍")).toBe("テスト\n\tÄpfel 値 👍");
    expect(printableLine(" one\n two\t three ")).toBe("one two three");
  });
});

describe("a word for the shell", () => {
  test("arrives as it was written, whatever is in it", () => {
    const words = fc.array(fc.string({ unit: "grapheme-ascii", minLength: 1 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(words, (typed) => {
        const echoed = execFileSync("sh", ["-c", `for word in ${shellCommand(typed)}; do printf '%s\\0' "$word"; done`], {
          encoding: "utf8",
        });
        expect(echoed.split("\0").slice(0, -1)).toEqual(typed);
      }),
      { numRuns: 50 },
    );
  });

  test("is not quoted when it need not be", () => {
    expect(shellWord("sandbox/evt_1")).toBe("sandbox/evt_1");
  });
});
