/** Inputs made from ordinary ones by a few edits, drawn by fast-check, so that a failure shrinks to the edits that matter. */
import fc from "fast-check";
import type { Case } from "./case.ts";
import { edits, pieceText } from "./edits.ts";

const oddNames = ["__proto__", "constructor", "content-type", "content-encoding", "x-forwarded-for", "cookie", "a".repeat(300)];

/** What happens to a request's headers: one is left out, sent twice, given another value or spoilt, or one more is sent. */
interface HeaderEdit {
  readonly which: number;
  readonly how: "drop" | "twice" | "value" | "spoil" | "add";
  readonly name: string;
  readonly text: string;
}

const headerEdit: fc.Arbitrary<HeaderEdit> = fc.record({
  which: fc.nat(),
  how: fc.constantFrom("drop" as const, "twice" as const, "value" as const, "spoil" as const, "add" as const),
  name: fc.constantFrom(...oddNames),
  text: pieceText,
});

const changedHeaders = (headers: Readonly<Record<string, string>>, changes: readonly HeaderEdit[]) => {
  const entries = new Map(Object.entries(headers));
  for (const { which, how, name, text } of changes) {
    const names = [...entries.keys()];
    const chosen = names[which % Math.max(1, names.length)];
    if (how === "add" || chosen === undefined) entries.set(name, text);
    else if (how === "drop") entries.delete(chosen);
    else if (how === "twice") entries.set(chosen, `${entries.get(chosen)}, ${entries.get(chosen)}`);
    else if (how === "value") entries.set(chosen, text);
    else entries.set(chosen, spoilt(entries.get(chosen) ?? "", which, text));
  }
  return Object.fromEntries(entries);
};

const spoilt = (value: string, at: number, text: string): string => {
  const start = at % (value.length + 1);
  return value.slice(0, start) + text + value.slice(start + 1);
};

export const mutated = (seeds: readonly Case[]): fc.Arbitrary<Case> =>
  fc
    .record({
      seed: fc.constantFrom(...seeds),
      bodyEdits: fc.array(edits, { maxLength: 4 }),
      headerEdits: fc.array(headerEdit, { maxLength: 2 }),
      method: sometimes(fc.constantFrom("GET", "POST", "PUT", "HEAD", "")),
      target: sometimes(pieceText.map((text) => `/callbacks/a-source?${text}`)),
      sourceIp: sometimes(fc.oneof(fc.ipV4(), fc.ipV6(), pieceText)),
      receivedAt: sometimes(fc.constantFrom(0, -1, 8.64e15, 1_795_176_000_000)),
    })
    .map(({ seed, bodyEdits, headerEdits, ...others }) => {
      const body = bodyEdits.reduce<Uint8Array>((bytes, edit) => edit(bytes), seed.body).subarray(0, longest);
      const given = Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined));
      return { ...seed, ...given, body, headers: changedHeaders(seed.headers ?? {}, headerEdits) };
    });

/** Longer inputs are for the tests of growth. */
const longest = 100_000;

const sometimes = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
