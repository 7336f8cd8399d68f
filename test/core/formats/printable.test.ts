import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { printable, printableLine } from "../../../core/formats/printable.ts";

describe("text from outside", () => {
  test("cannot control a terminal", () => {
    expect(printable("a\u001b[31mb\u009bc\u202ed\ufeffe")).toBe("a\\u001b[31mb\\u009bc\\u202ed\\ufeffe");
    const text = fc.string({ unit: fc.constantFrom("\u0000", "\u001b", "\u007f", "\u009b", "\u2066", "\r", "\n", "a", "値") });
    fc.assert(
      fc.property(text, (sent) => {
        expect(printable(sent)).not.toMatch(/[^\P{Cc}\n\t]/u);
        expect(printable(sent)).not.toContain("\u2066");
      }),
    );
  });

  test("stays as it is when it is only text", () => {
    expect(printable("テスト\n\tÄpfel 値 👍")).toBe("テスト\n\tÄpfel 値 👍");
    expect(printableLine(" one\n two\t three ")).toBe("one two three");
  });
});
