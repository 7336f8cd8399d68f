/**
 * What a value of the configuration may be, as small rules that combine into larger ones. A rule trusts nothing:
 * the file may have been written without a type check. Every message says what is wrong and what to write instead.
 */
import { nearest } from "./nearest.ts";
import type { Problem } from "./problem.ts";

export type Rule = (value: unknown, path: string) => readonly Problem[];

const fine: readonly Problem[] = [];

export const text =
  (accepts: (text: string) => boolean, remedy: string): Rule =>
  (value, path) =>
    typeof value === "string" && accepts(value) ? fine : [{ path, value, message: remedy }];

export const matching = (pattern: RegExp, remedy: string): Rule => text((value) => pattern.test(value), remedy);

/** A number in [least, most]; `whole` rejects fractions. */
export const number =
  ({ least, most, whole, why }: { readonly least: number; readonly most: number; readonly whole: boolean; readonly why: string }): Rule =>
  (value, path) => {
    const fits = typeof value === "number" && value >= least && value <= most && (!whole || Number.isInteger(value));
    return fits ? fine : [{ path, value, message: `write a ${whole ? "whole " : ""}number from ${least} to ${most}: ${why}` }];
  };

export const yesOrNo: Rule = (value, path) => (typeof value === "boolean" ? fine : [{ path, value, message: "write true or false" }]);

/** One of the known words. The message lists them, after a "did you mean". */
export const oneOf =
  (known: readonly string[], what: string): Rule =>
  (value, path) =>
    typeof value === "string" && known.includes(value) ? fine : [{ path, value, message: unknownWord(value, known, what) }];

const unknownWord = (word: unknown, known: readonly string[], what: string): string => {
  const meant = typeof word === "string" ? nearest(word, known) : undefined;
  return `there is no such ${what}; ${meant === undefined ? "" : `did you mean "${meant}"? `}Known: ${known.join(", ") || "none"}`;
};

export const listOf =
  (rule: Rule): Rule =>
  (value, path) =>
    Array.isArray(value) ? value.flatMap((one, at) => rule(one, `${path}[${at}]`)) : [{ path, value, message: "write a list: [ ... ]" }];

/** Names that people choose, each with a value: at least one when `atLeastOne` says what it is for. */
export const named =
  (rules: { readonly name: Rule; readonly value: Rule; readonly atLeastOne?: string }): Rule =>
  (value, path) => {
    if (!isObject(value)) return [{ path, value, message: "write an object: { ... }" }];
    const entries = Object.entries(value);
    if (entries.length === 0 && rules.atLeastOne) return [{ path, value, message: rules.atLeastOne }];
    return entries.flatMap(([name, one]) => [...rules.name(name, `${path}, the name`), ...rules.value(one, join(path, name))]);
  };

/** An object of exactly these fields. What is absent must be in `optional`; what is unknown is most likely a typo. */
export const fields =
  (required: Readonly<Record<string, Rule>>, optional: Readonly<Record<string, Rule>>): Rule =>
  (value, path) => {
    if (!isObject(value))
      return [{ path, value, message: `write an object with ${Object.keys(required).join(", ") || "any of its fields"}` }];
    const rules = { ...required, ...optional };
    const given = Object.keys(value).filter((name) => value[name] !== undefined);
    const missing = Object.keys(required).filter((name) => !given.includes(name));
    return [
      ...missing.map((name) => ({ path: join(path, name), value: undefined, message: "it is missing; add it" })),
      ...given.flatMap((name) =>
        Object.hasOwn(rules, name)
          ? (rules[name]?.(value[name], join(path, name)) ?? fine)
          : [{ path: join(path, name), value: value[name], message: unknownWord(name, Object.keys(rules), "field") }],
      ),
    ];
  };

/** An object whose `kind` says which fields it has. Of an unknown kind nothing else is said. */
export const byKind =
  (rules: Readonly<Record<string, Rule>>, what: string): Rule =>
  (value, path) => {
    const known = Object.keys(rules);
    if (!isObject(value)) return [{ path, value, message: `write an object with kind (${known.join(", ")}) and the fields of that kind` }];
    const { kind } = value;
    if (typeof kind === "string" && Object.hasOwn(rules, kind)) return rules[kind]?.(value, path) ?? fine;
    if (kind === undefined) return [{ path: join(path, "kind"), value: kind, message: `it is missing; add one of: ${known.join(", ")}` }];
    return oneOf(known, what)(kind, join(path, "kind"));
  };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const join = (path: string, name: string): string => {
  const step = /^[A-Za-z_][\w-]*$/.test(name) ? name : `[${JSON.stringify(name)}]`;
  return path === "" || step.startsWith("[") ? `${path}${step}` : `${path}.${step}`;
};
