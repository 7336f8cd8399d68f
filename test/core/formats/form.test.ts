import fc from "fast-check";
import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { formFields, formRecord } from "../../../core/formats/form.ts";
import { TooMuch } from "../../../core/formats/too-much.ts";

const bytes = (text: string): Buffer => Buffer.from(text, "utf8");

const hex = (byte: number): string => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;

/** The three ways in which senders write the same bytes: everything escaped, only what has to be, and nothing but the separators. */
const writers = {
  "escaped byte by byte": (text: Uint8Array) => [...text].map(hex).join(""),
  // What browsers and PHP do: the second byte of a character stays as it is when it happens to be a letter.
  "escaped where it is no letter or digit": (text: Uint8Array) =>
    [...text].map((byte) => (/[A-Za-z0-9*._-]/.test(String.fromCharCode(byte)) ? String.fromCharCode(byte) : hex(byte))).join(""),
  "as raw bytes": (text: Uint8Array) =>
    [...text].map((byte) => (/[&=%+]/.test(String.fromCharCode(byte)) ? hex(byte) : String.fromCharCode(byte))).join(""),
};

describe("a form in UTF-8", () => {
  const mess = fc.oneof(
    fc.string({ unit: "binary" }),
    fc
      .array(
        fc.constantFrom(
          "&",
          "=",
          "+",
          "%",
          "%2",
          "%zz",
          "%41",
          "%E3%81%82",
          "%e3%81",
          "%EF%BB%BF",
          "\uFEFF",
          "a",
          "b",
          "あ",
          "\0",
          "#",
          "?",
        ),
        {
          maxLength: 12,
        },
      )
      .map((parts) => parts.join("")),
  );

  test("is read as WHATWG's URLSearchParams reads it, however broken", () => {
    fc.assert(
      fc.property(mess, (text) => {
        // Node's own takes bytes for characters where both are mixed, so it is shown every byte beyond ASCII as an escape.
        const escaped = bytes(text)
          .toString("latin1")
          .replace(/[\x80-\xff]/g, (byte) => hex(byte.charCodeAt(0)));
        // A leading `?` is dropped by URLSearchParams alone; behind a `&` it is a character like any other.
        expect(formFields(bytes(text))).toEqual([...new URLSearchParams(`&${escaped}`)]);
      }),
      { numRuns: 3_000 },
    );
  });

  test("takes two hexadecimal digits for an escape, and nothing else", () => {
    for (let code = 1; code < 128; code++) {
      const sign = String.fromCharCode(code);
      for (const text of [`&a=%${sign}1`, `&a=%1${sign}`]) expect(formFields(bytes(text))).toEqual([...new URLSearchParams(text)]);
    }
  });

  test("gives back what URLSearchParams wrote", () => {
    const word = fc.string({ unit: "binary" });
    fc.assert(
      fc.property(fc.array(fc.tuple(word, word)), (fields) => {
        expect(formFields(bytes(new URLSearchParams(fields).toString()))).toEqual(fields);
      }),
    );
  });

  test("may come in bytes that are a part of a larger buffer", () => {
    const whole = bytes("secret=1&a=2&more=3");
    expect(formFields(new Uint8Array(whole.buffer, whole.byteOffset + 9, 3))).toEqual([["a", "2"]]);
  });
});

describe("a form in Shift_JIS", () => {
  /** Every character of windows-31j that a form may carry, by the table of another implementation. */
  const repertoire = Array.from({ length: 0xffff }, (_, code) => String.fromCharCode(code + 1)).filter((character) => {
    const encoded = iconv.encode(character, "cp932");
    return character.isWellFormed() && !"\x1a\x1c\x7f\x80".includes(character) && iconv.decode(encoded, "cp932") === character;
  });

  test("has every character that Japanese gateways can send", () => {
    expect(repertoire.length).toBeGreaterThan(7_400);
  });

  describe.each(Object.entries(writers))("%s", (_, write) => {
    const formOf = (fields: readonly (readonly [string, string])[]): Buffer =>
      Buffer.from(fields.map((field) => field.map((text) => write(iconv.encode(text, "cp932"))).join("=")).join("&"), "latin1");

    test("gives back each character of it, as a name and as a value", () => {
      const fields = repertoire.map((character) => [`${character}n`, `v${character}`] as const);
      expect(formFields(formOf(fields), "shift_jis")).toEqual(fields);
    });

    test("gives back any text of it, among separators and escapes", () => {
      const character = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...repertoire) }, fc.constantFrom(..."&=%+ \\|~^@[]{}`aZ09"));
      const word = fc.string({ unit: character, minLength: 1 });
      fc.assert(
        fc.property(fc.array(fc.tuple(word, word)), (fields) => {
          expect(formFields(formOf(fields), "shift_jis")).toEqual(fields);
        }),
      );
    });

    test("is not thrown off by a second byte that is a letter or a sign", () => {
      // 表, ソ and 能 end in a backslash, ボ in {, ミ in ~, ァ in @, ア in A, ホ in z, ポ in |
      const fields = [["result", "表ソ能ボミァアホポ"] as const, ["memo", "¥100 ~ 〜～－−"] as const].map(
        ([name, value]) => [name, iconv.decode(iconv.encode(value, "cp932"), "cp932")] as const,
      );
      expect(formFields(formOf(fields), "shift_jis")).toEqual(fields);
    });
  });

  test("reads bytes outside the charset as U+FFFD, and the other fields as they are", () => {
    const fields = formRecord(Buffer.from("a=\xff\xfe&b=%81&c=%83%5C&d=1", "latin1"), "shift_jis");
    expect(fields.c).toBe("ソ");
    expect(fields.d).toBe("1");
    expect(fields.a).toMatch(/^\uFFFD+$/);
    expect(fields.b).toBe("\uFFFD");
  });
});

describe("the fields by name", () => {
  test("keep the first value, so that an appended field cannot override a signed one", () => {
    expect({ ...formRecord(bytes("amount=1980&order=A-1&amount=1&%61mount=2")) }).toEqual({ amount: "1980", order: "A-1" });
    expect({ ...formRecord(bytes("a=&a=1&b&b=2")) }).toEqual({ a: "", b: "" });
  });

  test("hold nothing that was not sent, and everything that was", () => {
    expect(formRecord(bytes("a=1")).constructor).toBeUndefined();
    expect(Object.entries(formRecord(bytes("__proto__=1&constructor=2")))).toEqual([
      ["__proto__", "1"],
      ["constructor", "2"],
    ]);
    expect(formRecord(bytes("")).a).toBeUndefined();
  });

  test("are those of the list, each name's first", () => {
    const name = fc.constantFrom("a", "b", "__proto__", "toString", "");
    fc.assert(
      fc.property(fc.array(fc.tuple(name, fc.string())), (fields) => {
        const record = formRecord(bytes(new URLSearchParams(fields).toString()));
        const first = new Map(fields.toReversed());
        expect(new Map(Object.entries(record))).toEqual(first);
      }),
    );
  });
});

describe("a form of more fields than any gateway sends", () => {
  test("is refused as a whole and not read in part", () => {
    expect(formFields(bytes("a=1&".repeat(20_000)))).toHaveLength(20_000);
    for (const more of ["a=1&".repeat(20_001), `a=1${"&".repeat(20_001)}`, `${"a&".repeat(20_000)}b`]) {
      expect(() => formFields(bytes(more))).toThrow(new TooMuch("the form has more than 20000 fields"));
      expect(() => formFields(bytes(more))).toThrow(expect.objectContaining({ name: "TooMuch" }));
      expect(() => formRecord(bytes(more))).toThrow(TooMuch);
    }
  });
});
