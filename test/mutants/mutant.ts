/** One small change of a product file: what a mistake of one line would look like. */

export const kinds = [
  "row",
  "swap",
  "string",
  "number",
  "boolean",
  "regex",
  "condition",
  "logic",
  "comparison",
  "arithmetic",
  "call",
  "statement",
] as const;
export type Kind = (typeof kinds)[number];

/** An edit of a source text: what stands from `start` to `end` becomes `text`. */
export interface Edit {
  readonly kind: Kind;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Mutant extends Edit {
  readonly path: string;
  /** Counted from 1. */
  readonly line: number;
  /** The line before the change, without its indentation: it names the mutant together with `mutation`, and survives edits elsewhere. */
  readonly code: string;
  /** `"cancelled" -> ""`, or `remove return undefined;`. */
  readonly mutation: string;
}

export const apply = (source: string, { start, end, text }: Edit): string => source.slice(0, start) + text + source.slice(end);

const widest = 80;
const context = 16;

const oneLine = (text: string): string => {
  const flat = text.replace(/\s+/g, " ").trim();
  return flat.length > widest ? `${flat.slice(0, widest - 1)}…` : flat;
};

/** What changed, with a little of what stands around it where the whole is long: two changes of one expression must not look alike. */
const described = (before: string, after: string): string => {
  if (after === "") return `remove ${oneLine(before)}`;
  if (before.length <= widest) return `${oneLine(before)} -> ${oneLine(after)}`;
  const shorter = Math.min(before.length, after.length);
  let [same, sameEnd] = [0, 0];
  while (same < shorter && before[same] === after[same]) same++;
  while (sameEnd < shorter - same && before.at(-1 - sameEnd) === after.at(-1 - sameEnd)) sameEnd++;
  const [head, tail] = [Math.max(0, same - context), Math.max(0, sameEnd - context)];
  const cut = (text: string): string => `${head > 0 ? "…" : ""}${text.slice(head, text.length - tail)}${tail > 0 ? "…" : ""}`;
  return `${oneLine(cut(before))} -> ${oneLine(cut(after))}`;
};

/** A removed row takes a comma before it along; its place is where the row itself begins. */
const placeOf = (source: string, { start, end }: Edit): number => start + (/^[\s,]*(?=\S)/.exec(source.slice(start, end))?.[0].length ?? 0);

/** The edits of a file as mutants; of two edits that lead to the same text, the first. */
export const mutantsOf = (path: string, source: string, edits: readonly Edit[]): Mutant[] => {
  const distinct = Map.groupBy(edits, (edit) => apply(source, edit));
  return [...distinct.values()]
    .flatMap((same) => same.slice(0, 1))
    .sort((one, other) => one.start - other.start || one.end - other.end)
    .map((edit) => {
      const place = placeOf(source, edit);
      const from = source.lastIndexOf("\n", place - 1) + 1;
      const to = source.indexOf("\n", place);
      return {
        ...edit,
        path,
        line: source.slice(0, place).split("\n").length,
        code: source.slice(from, to === -1 ? undefined : to).trim(),
        mutation: described(source.slice(place, edit.end), edit.text),
      };
    });
};
