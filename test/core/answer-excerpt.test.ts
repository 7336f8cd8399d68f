import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { excerptBytes, excerptOf } from "../../core/answer-excerpt.ts";

const [card, address] = ["4242424242424242", "taro.yamada+shop@example.co.jp"];

describe("what is kept of an answer", () => {
  test("has no card number, no e-mail address and no secret in it", () => {
    expect(excerptOf(Buffer.from(`{"card":"${card}",\n "mail":"${address}", "token":"tok_1"}`))).toBe(
      '{"card":"************4242", "mail":"****************@example.co.jp", "token":****}',
    );
    expect(excerptOf(`order of ${address} refused`)).toBe("order of ****************@example.co.jp refused");
  });

  test("is in one line of 512 characters at most, from bytes and from text, in any script", () => {
    expect(excerptOf(Buffer.from(" a\n\tb "))).toBe("a b");
    for (const said of ["a".repeat(9_000), "金".repeat(9_000)]) {
      expect(excerptOf(said)).toBe(said.slice(0, 512));
      expect(said.startsWith(excerptOf(Buffer.from(said)))).toBe(true);
    }
    expect(excerptOf("")).toBe("");
    expect(excerptOf(Buffer.from("😀".repeat(300)).subarray(0, 1_001)).isWellFormed()).toBe(true);
  });

  test("does not show the beginning of what was cut in two", () => {
    const around = fc.integer({ min: 0, max: 1_000 });
    fc.assert(
      fc.property(
        around,
        around,
        fc.constantFrom(card, address, card.replace(/.{4}/g, "$& ")),
        fc.boolean(),
        (before, after, secret, asBytes) => {
          const text = `${"x".repeat(before)} ${secret} ${"y".repeat(after)}`;
          const shown = excerptOf(asBytes ? Buffer.from(text) : text);
          expect(shown).not.toMatch(/4242.?4242|taro/);
        },
      ),
    );
  });

  test("stops a hundred characters before the end of what was read, where the answer may go on", () => {
    const begun = `a${" ".repeat(700)}`;
    expect(excerptOf(begun + "b".repeat(9_000))).toBe(`a ${"b".repeat(812 - 701 - 100)}`);
    expect(excerptOf(begun + "b".repeat(111))).toBe(`a ${"b".repeat(11)}`);
    expect(excerptOf(begun + "b".repeat(110))).toBe(`a ${"b".repeat(110)}`);
  });

  test("is the same when more of the answer was read than is needed for it", () => {
    const body = Buffer.from("z".repeat(2_000));
    expect(excerptOf(body)).toBe(excerptOf(body.subarray(0, excerptBytes)));
  });
});
