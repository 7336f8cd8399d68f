/** What a column's word means, by a layout's table. Words repeat from line to line: each is looked up once. */

import { maskText } from "../../../formats/mask.ts";
import { printableLine } from "../../../formats/printable.ts";
import { remembering } from "../../../lazy.ts";
import type { WordRule } from "../../../mapping/layout.ts";
import type { LeftOut } from "../../export-line.ts";
import { wordKey } from "../../word-key.ts";
import { type Cells, cellAt, firstFilled, placesOf } from "../cells/cells.ts";
import type { Columns } from "../cells/columns.ts";

/** Undefined: the table does not know it. */
export type WordReader<Meaning> = (word: string) => Meaning | undefined;

export const wordReader = <Meaning>({ meanings, otherwise }: Pick<WordRule<Meaning>, "meanings" | "otherwise">): WordReader<Meaning> => {
  const exact = new Map<string, Meaning>();
  const beginnings: (readonly [string, Meaning])[] = [];
  for (const [word, meaning] of Object.entries(meanings)) {
    const key = wordKey(word);
    if (key.endsWith("*")) beginnings.push([key.slice(0, -1), meaning]);
    else exact.set(key, meaning);
  }
  // The longest beginning says most.
  beginnings.sort(([one], [other]) => other.length - one.length);
  return remembering((word) => {
    const key = wordKey(word);
    return exact.get(key) ?? beginnings.find(([beginning]) => key.startsWith(beginning))?.[1] ?? otherwise;
  });
};

export type UnknownWord = LeftOut & { readonly kind: "unknown" };

export const isUnknown = (found: unknown): found is UnknownWord => typeof found === "object" && found !== null && "kind" in found;

/** What a line's word means. @param always where there is no rule */
export const wordIn = <Meaning>(
  rule: WordRule<Meaning> | undefined,
  columns: Columns,
  always: Meaning | undefined,
): ((cells: Cells) => Meaning | UnknownWord) => {
  const places = placesOf(columns, rule?.column ?? []);
  if (!rule || (rule.isOptional && places.length === 0)) return () => always as Meaning;
  const read = wordReader(rule);
  return (cells) => {
    const place = firstFilled(cells, places);
    const word = cellAt(cells, place);
    const meaning = read(word);
    return meaning ?? { kind: "unknown", column: (columns.names[place] ?? rule.column[0]) as string, text: shown(word) };
  };
};

const longestShown = 60;

/** A word of the file, for people: no card number, no control character, not long. */
export const shown = (text: string): string => {
  const plain = printableLine(maskText(text));
  return plain.length > longestShown ? `${plain.slice(0, longestShown)}...` : plain;
};
