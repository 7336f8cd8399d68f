/**
 * Source maps as they are deployed: beside the bundles, for `functions/shell/source-positions.ts` to read when there is an error to report. No
 * bundle refers to its map: Node would read it at each start, which costs more than the rest of it (docs/benchmarks.md).
 */
import { dirname, join, relative, resolve, sep } from "node:path";

const packageRoot = join(import.meta.dirname, "..", "..");

/**
 * The map, with each source named as a reader of the log knows it: from its package's or its project's root. The same on every machine, as
 * the bundle is, whose asset's hash it goes into.
 * @param file where the bundler would write it, which its sources' names depend on
 */
export const portableMap = (map: string, file: string, project: string): string => {
  const { sources = [], ...rest } = JSON.parse(map) as { readonly sources?: readonly string[] };
  return JSON.stringify({ ...rest, sources: sources.map((source) => nameOf(resolve(dirname(file), source), project)) });
};

const nameOf = (source: string, project: string): string => {
  const path = source.split(sep).join("/");
  const installed = path.lastIndexOf("/node_modules/");
  if (installed >= 0) return path.slice(installed + 1);
  const ours = relative(packageRoot, source);
  return (ours.startsWith("..") ? relative(project, source) : ours).split(sep).join("/");
};
