/** Loads the mutated file, and what imports it, again for every trial; everything else stays loaded. */
import { readFileSync } from "node:fs";
import { registerHooks, stripTypeScriptTypes } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

const standIn = import.meta.resolve("./vitest.ts");
const mark = "?trial=";

let trial = 0;
let mutated = { url: "", code: "" };
let dependents: ReadonlySet<string> = new Set();
const erased = new Map<string, string>();

const erase = (url: string): string => {
  const known = erased.get(url) ?? stripTypeScriptTypes(readFileSync(fileURLToPath(url), "utf8"));
  erased.set(url, known);
  return known;
};

registerHooks({
  resolve: (specifier, context, next) => {
    if (specifier === "vitest" && context.parentURL !== standIn && !context.parentURL?.includes("/node_modules/"))
      return { url: standIn, shortCircuit: true };
    const resolved = next(specifier, context);
    return dependents.has(resolved.url) && !specifier.includes(mark) ? { ...resolved, url: `${resolved.url}${mark}${trial}` } : resolved;
  },
  load: (url, context, next) => {
    const [file = "", of] = url.split(mark);
    if (of === undefined) return next(url, context);
    return { format: "module", source: file === mutated.url ? mutated.code : erase(file), shortCircuit: true };
  },
});

/** From now on `file` has this text for whoever imports it. Erasing its types keeps every position. */
export const mutate = (file: string, text: string, importers: readonly string[]): void => {
  trial++;
  mutated = { url: pathToFileURL(file).href, code: stripTypeScriptTypes(text) };
  dependents = new Set(importers.map((importer) => pathToFileURL(importer).href));
};

export const load = (file: string): Promise<unknown> => import(pathToFileURL(file).href);
/** Where a file that was loaded again for this trial was loaded from, as V8 calls it. */
export const trialUrl = (file: string): string => `${pathToFileURL(file).href}${mark}${trial}`;
