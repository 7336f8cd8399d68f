/** What a person says about exports on the command line, and the kinds that it leaves to choose from. */
import { readFileSync } from "node:fs";
import { nearest } from "../../core/config/nearest.ts";
import { describeProblems } from "../../core/config/problem.ts";
import { Failure, messageOf } from "../../core/failure.ts";
import { parseJson } from "../../core/formats/json.ts";
import { checkMapping } from "../../core/reconcile/layout/check-mapping.ts";
import type { ExportKind, Layout } from "../../core/reconcile/layout/layout.ts";
import type { Candidate } from "../../core/reconcile/layout/recognise.ts";
import { readCurrency } from "../../core/reconcile/reading/currency.ts";
import type { Told } from "../../core/reconcile/reading/told.ts";
import { formatProblem } from "../../core/reconcile/values/date-format.ts";
import { commaForm, plainForm } from "../../core/reconcile/values/number-text.ts";
import { zoneNamed } from "../../core/reconcile/values/zone-name.ts";
import type { ExportSettings } from "../../io/exports/read-export.ts";

export interface ReadOptions {
  readonly kind?: string;
  readonly mapping?: readonly string[];
  readonly zone?: string;
  readonly zoneName?: readonly string[];
  readonly dateOrder?: "day-first" | "month-first";
  readonly dateFormat?: readonly string[];
  readonly decimal?: "." | ",";
  readonly currency?: string;
  readonly charset?: string;
  readonly separator?: string;
  readonly skipColumn?: readonly string[];
}

/** @throws Failure (usage) that names the option */
export const exportSettings = (options: ReadOptions, builtIn: readonly ExportKind[]): ExportSettings => {
  const mappings = (options.mapping ?? []).map(readMapping);
  return { kinds: chosen(options.kind, [...mappings, ...builtIn], mappings), told: toldBy(options) };
};

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

export const readMapping = (file: string): Layout => {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new Failure(`The mapping ${file} cannot be read: ${messageOf(error)}`, "usage");
  }
  const value = parseJson(bytes);
  if (value === undefined)
    throw new Failure(`The mapping ${file} is not JSON: see an example with \`holdfast reconcile --sample FILE --json\`.`, "usage");
  const checked = checkMapping(value);
  if (checked.kind === "problems")
    throw new Failure(
      describeProblems(checked.problems).replace("The configuration", `The mapping ${file}`).replaceAll("  config", "  mapping"),
      "usage",
    );
  // What people call it, where its author did not say.
  return { ...checked.layout, title: checked.layout.title ?? `the mapping ${checked.layout.name}` };
};

const toldBy = (options: ReadOptions): Told => {
  const { zone, zoneName = [], dateOrder, dateFormat = [], decimal, currency, charset, separator, skipColumn } = options;
  if (zone !== undefined && zoneNamed(zone) === undefined)
    throw new Failure(`--zone ${zone}: write the name of one time zone, Asia/Tokyo or UTC, or hours ahead of UTC, +09:00.`, "usage");
  const zones = Object.fromEntries(zoneName.map(zonePair));
  for (const format of dateFormat) {
    const problem = formatProblem(format);
    if (problem !== undefined)
      throw new Failure(`--date-format ${format}: it ${problem}. For example yyyy/MM/dd HH:mm:ss, japanese-era, excel-1900.`, "usage");
  }
  const code = currency === undefined ? undefined : readCurrency(currency);
  if (currency !== undefined && code === undefined)
    throw new Failure(`--currency ${currency}: write three letters of ISO 4217, JPY.`, "usage");
  return {
    ...(zone !== undefined && { zone }),
    ...(zoneName.length > 0 && { zones }),
    ...(dateOrder !== undefined && { dayFirst: dateOrder === "day-first" }),
    ...(dateFormat.length > 0 && { dates: dateFormat }),
    ...(decimal !== undefined && { numbers: decimal === "." ? plainForm : commaForm }),
    ...(code !== undefined && { currency: code }),
    ...(charset !== undefined && { charset }),
    ...(separator !== undefined && { separator: separator === "tab" ? "\t" : separator }),
    ...(skipColumn && { skip: skipColumn }),
  };
};

const zonePair = (text: string): readonly [string, string] => {
  const at = text.lastIndexOf("=");
  const [name, zone] = [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  if (at < 1 || zoneNamed(zone) === undefined)
    throw new Failure(`--zone-name ${text}: write NAME=Area/City, for example CST=America/Chicago.`, "usage");
  return [name, zone];
};
