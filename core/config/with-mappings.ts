/** Mapping files that the configuration names, put in their place: a function has no such file, and reads by what it said at synth. */
import { errorMessage } from "../failure.ts";
import { at, parseJson } from "../formats/json.ts";
import type { Layout } from "../mapping/layout.ts";
import { describeProblems, type Problem } from "../problems/problem.ts";
import { mappingProblems } from "./check/exports-rule.ts";
import type { Config, SourceConfig } from "./config.ts";

export interface WithMappings {
  readonly config: Config;
  readonly problems: readonly Problem[];
}

/** @param read gives the bytes of a file; throws where there is none */
export const withMappings = (config: Config, read: (path: string) => Uint8Array): WithMappings => {
  const problems: Problem[] = [];
  const inPlace = (value: unknown, path: string): unknown => {
    if (typeof value !== "string" || value.trim() === "") return value;
    const problem = (message: string): unknown => {
      problems.push({ path, value, message });
      return value;
    };
    let bytes: Uint8Array;
    try {
      bytes = read(value);
    } catch (error) {
      return problem(`the file cannot be read: ${errorMessage(error)}; its path is relative to the folder you run commands in`);
    }
    const mapping = parseJson(Buffer.from(bytes));
    if (mapping === undefined) return problem("the file is not JSON: `npx holdfast reconcile --sample FILE` proposes a mapping");
    const wrong = mappingProblems(mapping, `${path} (${value})`);
    problems.push(...wrong);
    return wrong.length > 0 ? value : mapping;
  };
  const sources = at(config, "sources");
  if (typeof sources !== "object" || sources === null) return { config, problems };
  const filled = Object.entries(sources).map(([name, source]) => {
    const mappings = at(source, "exports", "mappings");
    if (!Array.isArray(mappings)) return [name, source];
    const path = `sources.${name}.exports.mappings`;
    const given = source as SourceConfig;
    const read = mappings.map((one, index) => inPlace(one, `${path}[${index}]`)) as readonly (string | Layout)[];
    return [name, { ...given, exports: { ...given.exports, mappings: read } }];
  });
  return { config: { ...config, sources: Object.fromEntries(filled) }, problems };
};

/** Throws one error that lists all problems. */
export const configWithMappings = (config: Config, read: (path: string) => Uint8Array): Config => {
  const { config: filled, problems } = withMappings(config, read);
  if (problems.length > 0) throw new Error(describeProblems(problems));
  return filled;
};
