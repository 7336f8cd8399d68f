/** By what exports are read: what the configuration says of a source's, and what a command's flags say otherwise. */
import type { ReadingConfig } from "../../config/exports.ts";
import { Failure } from "../../failure.ts";
import type { ExportKind, Layout } from "../../mapping/layout.ts";
import { nearest } from "../../problems/nearest.ts";
import { readCurrency } from "../../values/currency-code.ts";
import { commaForm, plainForm } from "../../values/number-text.ts";
import type { Candidate } from "../layout/recognise.ts";
import type { Stated } from "./rules/stated.ts";

export interface ExportSettings {
  /** Tried all, or the one that was named. */
  readonly kinds: readonly Candidate[];
  readonly stated: Stated;
  /** The file is only looked at, so that looking at it is no remedy. */
  readonly isSample?: boolean;
}

/**
 * @param flags each of them wins over the configuration; one that names a kind or a mapping wins over both of these
 * @throws Failure (usage) where there is no such kind
 */
export const exportSettings = (
  builtIn: readonly ExportKind[],
  configured: ReadingConfig = {},
  flags: ReadingConfig = {},
): ExportSettings => {
  const { kind, mappings, ...stated } = { ...configured, ...flags };
  const named = (mappings ?? []).flatMap((one) => (typeof one === "string" ? [] : titled(one)));
  // A mapping that a flag names is meant, whatever kind the configuration names.
  const meant = flags.mappings !== undefined && flags.kind === undefined ? undefined : kind;
  return { kinds: chosen(meant, [...named, ...builtIn], named), stated: statedBy(stated) };
};

/** What people call it, where its author did not say. */
const titled = (layout: Layout): Layout => ({ ...layout, title: layout.title ?? `the mapping ${layout.name}` });

/** A mapping that was named is meant, whatever is built in. */
const chosen = (kind: string | undefined, all: readonly Candidate[], mappings: readonly Layout[]): readonly Candidate[] => {
  if (kind === undefined) return mappings.length > 0 ? mappings : all;
  const found = all.filter(({ name }) => name === kind);
  if (found.length > 0) return found;
  const names = all.map(({ name }) => name);
  const meant = nearest(kind, names);
  throw new Failure(
    `There is no kind of export "${kind}"${meant === undefined ? "" : `; did you mean ${meant}?`} Known: ${names.join(", ")}.`,
    "usage",
  );
};

const statedBy = (given: Omit<ReadingConfig, "kind" | "mappings">): Stated => {
  const { zone, zoneNames = {}, dateOrder, dateFormats = [], decimal, currency, charset, separator, skipColumns = [] } = given;
  return {
    ...(zone !== undefined && { zone }),
    ...(Object.keys(zoneNames).length > 0 && { zones: zoneNames }),
    ...(dateOrder !== undefined && { dayFirst: dateOrder === "day-first" }),
    ...(dateFormats.length > 0 && { dates: dateFormats }),
    ...(decimal !== undefined && { numbers: decimal === "." ? plainForm : commaForm }),
    ...(currency !== undefined && { currency: readCurrency(currency) ?? currency }),
    ...(charset !== undefined && { charset }),
    ...(separator !== undefined && { separator: separator === "tab" ? "\t" : separator }),
    ...(skipColumns.length > 0 && { skip: skipColumns }),
  };
};
