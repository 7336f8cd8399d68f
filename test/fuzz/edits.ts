/** Small changes to bytes and to JSON: close enough to the real thing to reach the code behind the first check. */
import fc from "fast-check";

/** What has broken readers elsewhere. */
const pieces: readonly (string | Uint8Array)[] = [
  ..."\"'{}[]<>/&=%+:;,.|\\-0 \t\r\n",
  ..."null|true|false|1e999|-0|9007199254740993|NaN|0x10|__proto__|constructor|toString|hasOwnProperty|length".split("|"),
  ..."%00|%zz|%8|%F0%9F|%E3%80%80|&amp;|&#x110000;|&#xD800;|&x;|<!--|-->|<![CDATA[|]]>|</a>|<a/>|<?|?>|=&=|&&".split("|"),
  '<!DOCTYPE a [<!ENTITY b "cccccccccc"><!ENTITY d "&b;&b;&b;&b;">]>',
  ..."\\ud800|\\u0000|\\uDEAD\\uBEEF|\u0000|\u2028|\uFEFF|\u202E|💴|～|２０|1970-01-01T00:00:00Z|275760-09-13|2026-02-30|~1|~0|/0/".split(
    "|",
  ),
  ...[[0xff], [0xfe, 0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0x81], [0x83, 0x5c], [0xfc, 0xfc], [0x80]].map((bytes) =>
    Uint8Array.from(bytes),
  ),
  "9".repeat(400),
  "[".repeat(300),
  '{"a":'.repeat(300),
  "<a>".repeat(300),
  " ".repeat(3_000),
  "a=1&".repeat(500),
];

const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...pieces).map((one) => Buffer.from(one as string)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes)) },
);

export type Edit = (bytes: Uint8Array) => Uint8Array;

/** A place in bytes whose length is not known yet. */
const place = fc.nat(999_999).map((millionths) => millionths / 1e6);
const between = (length: number, at: number): number => Math.floor(at * length);

const flip = fc.tuple(place, fc.nat(7)).map(
  ([at, bit]): Edit =>
    (bytes) => {
      if (bytes.length === 0) return bytes;
      const copy = Uint8Array.from(bytes);
      const index = Math.min(bytes.length - 1, between(bytes.length, at));
      copy[index] = (copy[index] ?? 0) ^ (1 << bit);
      return copy;
    },
);

const replace = fc.tuple(place, fc.nat(40), piece).map(
  ([at, length, put]): Edit =>
    (bytes) => {
      const start = between(bytes.length, at);
      return Buffer.concat([bytes.subarray(0, start), put, bytes.subarray(start + length)]);
    },
);

const repeat = fc.tuple(place, fc.nat(60), fc.integer({ min: 2, max: 40 })).map(
  ([at, length, times]): Edit =>
    (bytes) => {
      const start = between(bytes.length, at);
      const period = bytes.subarray(start, start + length);
      return Buffer.concat([bytes.subarray(0, start), ...Array.from({ length: times }, () => period), bytes.subarray(start + length)]);
    },
);

const cut = place.map(
  (at): Edit =>
    (bytes) =>
      bytes.subarray(0, between(bytes.length, at)),
);

/** What a value in a JSON document may be instead. */
const odd: readonly unknown[] = [
  null,
  true,
  "",
  " ",
  0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  [],
  {},
  [null],
  [[[[]]]],
  { toString: 1 },
  { length: -1 },
  "__proto__",
  "💴",
  "\ud800",
  "x".repeat(5_000),
  "2026-13-45T99:99:99Z",
  "99999999999999999999",
];

/** Bytes that are no JSON, or JSON that is too deep to walk, stay as they are. */
const otherValue = fc.tuple(fc.nat(), fc.constantFrom(...odd)).map(
  ([which, value]): Edit =>
    (bytes) => {
      try {
        const document: unknown = JSON.parse(Buffer.from(bytes).toString("utf8"));
        return Buffer.from(JSON.stringify(withOther(document, which % countOf(document), value)) ?? "");
      } catch {
        return bytes;
      }
    },
);

/** The document with another value at the place of that number, counted from the outside in. */
const withOther = (document: unknown, which: number, value: unknown): unknown => {
  let left = which;
  const replaced = (one: unknown): unknown => {
    if (left-- === 0) return value;
    if (Array.isArray(one)) return one.map(replaced);
    if (typeof one === "object" && one !== null)
      return Object.fromEntries(Object.entries(one).map(([name, inner]) => [name, replaced(inner)]));
    return one;
  };
  return replaced(document);
};

const countOf = (value: unknown): number =>
  typeof value === "object" && value !== null ? 1 + Object.values(value).reduce((sum: number, one) => sum + countOf(one), 0) : 1;

export const edits = fc.oneof(
  { weight: 3, arbitrary: otherValue },
  { weight: 3, arbitrary: replace },
  { weight: 2, arbitrary: flip },
  { weight: 1, arbitrary: repeat },
  { weight: 1, arbitrary: cut },
);

export const pieceText = piece.map((bytes) => bytes.toString("latin1"));
