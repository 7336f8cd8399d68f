/** What a bundle weighs: all that is shipped, source maps included, and the part of it that every start loads. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";

export interface Weight {
  readonly shippedBytes: number;
  /** Each file by itself. */
  readonly shippedGzipBytes: number;
  /** The entry and what it imports, without what it loads only when it is needed. */
  readonly loadedBytes: number;
}

export const weigh = (entry: string): Weight => {
  const code = readdirSync(dirname(entry))
    .filter((name) => /\.mjs(\.map)?$/.test(name))
    .map((name) => readFileSync(join(dirname(entry), name)));
  return {
    shippedBytes: sum(code.map(({ length }) => length)),
    shippedGzipBytes: sum(code.map((file) => gzipSync(file).length)),
    loadedBytes: sum([...loadedWith(entry)].map((file) => readFileSync(file).length)),
  };
};

/** esbuild writes a static import as `from"./chunk-....mjs"` or `import"./chunk-....mjs"`, a dynamic one as `import("../...")`. */
const staticImport = /(?:from|import)\s*"(\.\/[\w-]+\.mjs)"/g;

const loadedWith = (entry: string, loaded = new Set<string>()): Set<string> => {
  if (loaded.has(entry)) return loaded;
  loaded.add(entry);
  for (const [, chunk = ""] of readFileSync(entry, "utf8").matchAll(staticImport)) loadedWith(join(dirname(entry), chunk), loaded);
  return loaded;
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
