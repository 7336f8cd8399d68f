/** What an operator says about exports on the command line. */
import { readFileSync } from "node:fs";
import type { ReadingConfig } from "../../core/config/exports.ts";
import { errorMessage, Failure } from "../../core/failure.ts";
import { parseJson } from "../../core/formats/json.ts";
import { checkMapping } from "../../core/mapping/check-mapping.ts";
import type { Layout } from "../../core/mapping/layout.ts";
import { describeProblems } from "../../core/problems/problem.ts";
import { readCurrency } from "../../core/values/currency-code.ts";
import { formatProblem } from "../../core/values/date-format.ts";
import { zoneNamed } from "../../core/values/zone-name.ts";

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

/** What the flags say, in the words of the configuration. @throws Failure (usage) that names the option */
export const flagsOf = (options: ReadOptions): ReadingConfig => {
  const { kind, mapping, zone, zoneName, dateOrder, dateFormat, decimal, currency, charset, separator, skipColumn } = options;
  if (zone !== undefined && zoneNamed(zone) === undefined)
    throw new Failure(`--zone ${zone}: write the name of one time zone, Asia/Tokyo or UTC, or hours ahead of UTC, +09:00.`, "usage");
  for (const format of dateFormat ?? []) {
    const problem = formatProblem(format);
    if (problem !== undefined)
      throw new Failure(`--date-format ${format}: it ${problem}. For example yyyy/MM/dd HH:mm:ss, japanese-era, excel-1900.`, "usage");
  }
  if (currency !== undefined && readCurrency(currency) === undefined)
    throw new Failure(`--currency ${currency}: write three letters of ISO 4217, JPY.`, "usage");
  return {
    ...(kind !== undefined && { kind }),
    ...(mapping && { mappings: mapping.map(readMapping) }),
    ...(zone !== undefined && { zone }),
    ...(zoneName && { zoneNames: Object.fromEntries(zoneName.map(zonePair)) }),
    ...(dateOrder !== undefined && { dateOrder }),
    ...(dateFormat && { dateFormats: dateFormat }),
    ...(decimal !== undefined && { decimal }),
    ...(currency !== undefined && { currency }),
    ...(charset !== undefined && { charset }),
    ...(separator !== undefined && { separator }),
    ...(skipColumn && { skipColumns: skipColumn }),
  };
};

export const readMapping = (file: string): Layout => {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new Failure(`The mapping ${file} cannot be read: ${errorMessage(error)}`, "usage");
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
  return checked.layout;
};

const zonePair = (text: string): readonly [string, string] => {
  const at = text.lastIndexOf("=");
  const [name, zone] = [text.slice(0, at).trim(), text.slice(at + 1).trim()];
  if (at < 1 || zoneNamed(zone) === undefined)
    throw new Failure(`--zone-name ${text}: write NAME=Area/City, for example CST=America/Chicago.`, "usage");
  return [name, zone];
};
