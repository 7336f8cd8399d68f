/**
 * Stack traces of a bundled function with the positions of its sources. The maps are beside the bundle, and one is read when there is an
 * error in what it maps: a function's start costs nothing of it, unlike with Node's `--enable-source-maps`.
 */
import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";

/** `at name (file:///var/task/index.mjs:1:2)`, `at async file:///var/task/index.mjs:1:2`. */
const frame = /at (async )?(?:(?:new )?[^\s(]+ (?:\[as [^\]]+\] )?\()?(file:\/\/[^\s()]+\.mjs):(\d+):(\d+)\)?/g;

/** Never throws. What has no map, as everything when it is not bundled, stays as it is. */
export const createSourcePositions = (read: (url: URL) => string = (url) => readFileSync(url, "utf8")) => {
  const maps = new Map<string, SourceMap | undefined>();
  const mapOf = (url: string): SourceMap | undefined => {
    if (!maps.has(url)) maps.set(url, load(url));
    return maps.get(url);
  };
  const load = (url: string): SourceMap | undefined => {
    try {
      return new SourceMap(JSON.parse(read(new URL(`${url}.map`))));
    } catch {
      return undefined;
    }
  };
  // Names of functions are left out: they are minified.
  return (stack: string): string =>
    stack.replace(frame, (whole, isAsync: string | undefined, url: string, line: string, column: string) => {
      const entry = mapOf(url)?.findEntry(Number(line) - 1, Number(column) - 1);
      if (!entry || !("originalSource" in entry)) return whole;
      return `at ${isAsync ?? ""}${entry.originalSource}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
    });
};
