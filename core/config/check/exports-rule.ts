/** Whether `exports` of a source can be used. */

import { checkMapping } from "../../mapping/check-mapping.ts";
import { nearest } from "../../problems/nearest.ts";
import type { Problem } from "../../problems/problem.ts";
import { fields, listOf, matching, named, number, oneOf, type Rule, text } from "../../problems/rule.ts";
import { readCurrency } from "../../values/currency-code.ts";
import { formatProblem } from "../../values/date-format.ts";
import { zoneNamed } from "../../values/zone-name.ts";
import type { Config } from "../config.ts";
import { targetOf } from "../of-config.ts";
import { passesThrough } from "../target.ts";

const filled = text((name) => name.trim() !== "", "write the name of a column, as the file's header has it");

const zone = text(
  (name) => zoneNamed(name) !== undefined,
  "write the name of one time zone, Asia/Tokyo or UTC, or hours ahead of UTC, +09:00",
);

const format: Rule = (value, path) => {
  const problem = typeof value === "string" ? formatProblem(value) : "is no text";
  return problem === undefined
    ? []
    : [{ path, value, message: `it ${problem}; for example yyyy/MM/dd HH:mm:ss, japanese-era, excel-1900` }];
};

/** A file's content is checked where it is read. */
const mapping: Rule = (value, path) => {
  if (typeof value === "string") return value.trim() === "" ? [{ path, value, message: "write the path of a mapping file" }] : [];
  return mappingProblems(value, path);
};

/** Those of what a mapping says, below where it stands. */
export const mappingProblems = (value: unknown, path: string): readonly Problem[] => {
  const checked = checkMapping(value);
  return checked.kind === "problems" ? checked.problems.map((one) => ({ ...one, path: `${path}.${one.path}` })) : [];
};

const isCharset = (label: string): boolean => {
  try {
    new TextDecoder(label);
    return true;
  } catch {
    return false;
  }
};

const days = (least: number, most: number, why: string): Rule => number({ least, most, whole: true, why });

export const exportsRule: Rule = fields(
  {},
  {
    kind: text(() => true, "write the name of a kind of export"),
    mappings: listOf(mapping),
    zone,
    zoneNames: named({ name: text((name) => name.trim() !== "", "write the name as the file has it"), value: zone }),
    dateOrder: oneOf(["day-first", "month-first"], "order of dates"),
    dateFormats: listOf(format),
    decimal: oneOf([".", ","], "decimal sign"),
    currency: text((code) => readCurrency(code) !== undefined, "write three letters of ISO 4217: JPY"),
    charset: text(isCharset, "write the name of a charset: shift_jis, euc-jp, windows-1252"),
    separator: matching(/^(tab|.)$/, 'write one character, or "tab"'),
    skipColumns: listOf(filled),
    recover: oneOf(["no", "enter", "deliver"], "way to recover"),
    remindAfterDays: (value, path) =>
      value === false ? [] : days(1, 60, "days after the end of a month; false, and it is not missed")(value, path),
    longestGapDays: days(0, 31, "days of a month that may be in no export"),
  },
);

/** Of what is found in an export there is no callback that could be passed through. */
export const deliverProblems = (config: Config): readonly Problem[] =>
  Object.entries(config.sources).flatMap(([source, { exports, target }]) =>
    exports?.recover === "deliver" && passesThrough(targetOf(config, source))
      ? [
          {
            path: `sources.${source}.exports.recover`,
            value: "deliver",
            message: `the target ${target} is sent the gateway's own callbacks, and of what is found in an export there is none: write "enter", or take a target with mode \`signed\`, or one in AWS`,
          },
        ]
      : [],
  );

/** A kind has to be one that is built in, or one of the source's own mappings. */
export const kindProblems = ({ sources }: Config, builtIn: readonly string[]): readonly Problem[] =>
  Object.entries(sources).flatMap(([source, { exports }]) => {
    const { kind, mappings = [] } = exports ?? {};
    // Which one a file has is known where it is read.
    if (kind === undefined || mappings.some((one) => typeof one === "string")) return [];
    const known = [...mappings.flatMap((one) => (typeof one === "string" ? [] : one.name)), ...builtIn];
    if (known.includes(kind)) return [];
    const meant = nearest(kind, known);
    const message = `there is no such kind of export; ${meant === undefined ? "" : `did you mean "${meant}"? `}Known: ${known.join(", ")}`;
    return [{ path: `sources.${source}.exports.kind`, value: kind, message }];
  });
