/** When a line happened, by a layout's rule: its columns, its formats, its zone. */
import type { Millis } from "../../../callback.ts";
import { hourMs } from "../../../durations.ts";
import { remembering } from "../../../lazy.ts";
import type { DateRule } from "../../../mapping/layout.ts";
import { type DateReader, dateReader } from "../../../values/date-format.ts";
import type { LocalTime } from "../../../values/local-time.ts";
import { clockOf, zoneNamed } from "../../../values/zone-name.ts";
import { type Cells, cellAt, placesOf } from "../cells/cells.ts";
import type { Columns } from "../cells/columns.ts";
import type { LineProblem } from "../cells/problem.ts";
import type { Stated } from "./stated.ts";

export interface ReadDate {
  readonly at: Millis;
  readonly isDay: boolean;
}

/** Undefined: the columns are empty. */
export type ReadLineDate = (cells: Cells) => ReadDate | LineProblem | undefined;

/** The rule that is used for a file: the first whose columns it has. */
export const ruleFor = (rules: readonly DateRule[] = [], columns: Columns): DateRule | undefined =>
  rules.find((rule) => rule.columns.every((name) => columns.at(name) >= 0));

/** The text of its columns, joined by a blank; empty when the first of them is. */
export const dateText = (cells: Cells, places: readonly number[]): string => {
  const texts = places.map((place) => cellAt(cells, place));
  return texts[0] === "" ? "" : texts.join(" ").trim();
};

/**
 * @param rule one whose columns the file has @param format that of its alternatives which holds for the file
 * @param layoutZones what names of zones mean in this kind of export
 */
export const dateRuleReader = (
  rule: DateRule,
  columns: Columns,
  {
    stated,
    format,
    zones = {},
  }: { readonly stated: Stated; readonly format?: string | undefined; readonly zones?: Readonly<Record<string, string>> | undefined },
): ReadLineDate => {
  const places = placesOf(columns, rule.columns);
  const column = rule.columns[0] as string;
  const formats = [...(rule.formats ?? []), ...(format === undefined ? [] : [format]), ...(stated.dates ?? [])];
  const readers = formats.map(dateReader);
  const { zone } = rule;
  const [zonePlace] = typeof zone === "object" ? placesOf(columns, [zone.column]) : [];
  const names = { ...zones, ...stated.zones };
  const clockNamed = remembering((name) => {
    const found = zoneNamed(name, names);
    return found === undefined ? undefined : clockOf(found);
  });
  const fixedZone = zone === undefined ? stated.zone : typeof zone === "string" ? zone : undefined;
  let last: { readonly text: string; readonly time: LocalTime | undefined } | undefined;
  return (cells) => {
    const text = dateText(cells, places);
    if (text === "") return undefined;
    // Lines of one second stand beside each other.
    if (last?.text !== text) last = { text, time: firstRead(readers, text) };
    const { time } = last;
    if (!time) return { kind: "date", column, ...looksLike(text) };
    if (time.offset !== undefined) return { at: time.local - time.offset, isDay: time.isDay };
    const name = zonePlace === undefined ? fixedZone : cellAt(cells, zonePlace);
    const clock = name === undefined ? undefined : clockNamed(name);
    if (!clock) return { kind: "zone", column: typeof zone === "object" ? zone.column : column, isNamed: zonePlace !== undefined };
    // A day may begin with an hour that is left out.
    const at = clock(time.local) ?? (time.isDay ? clock(time.local + hourMs) : undefined);
    return at === undefined ? { kind: "no such time", column } : { at, isDay: time.isDay };
  };
};

const firstRead = (readers: readonly DateReader[], text: string): LocalTime | undefined => {
  for (const read of readers) {
    const time = read(text);
    if (time) return time;
  }
  return undefined;
};

const looksLike = (text: string): { readonly looksLike?: "serial" | "era" } => {
  if (dateReader("japanese-era")(text)) return { looksLike: "era" };
  return dateReader("excel-1900")(text) && Number(text) < 80_000 ? { looksLike: "serial" } : {};
};
