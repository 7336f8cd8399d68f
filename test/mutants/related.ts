/** Which tests have to do with a file: those that import it, over however many other files. */
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

export interface Related {
  /** The file itself and all that imports it: what has to be loaded again when it changes. */
  readonly dependents: readonly string[];
  readonly tests: readonly string[];
}

const specifiers = /(?:\bfrom|\bimport)\s*\(?\s*"(\.{1,2}\/[^"]+)"/g;

export type Importers = ReadonlyMap<string, readonly string[]>;

/**
 * Of every file the files that import it.
 * @param isErased whether an import of types alone counts as none: before a test runs, types are erased.
 */
export const readImporters = (root: string, isErased: boolean): Importers => {
  const files = globSync("{bin,lib,functions,gateways,core,io,reconcile,operator,simulator,local,bench,docs,generate,test}/**/*.ts", {
    cwd: root,
  });
  const pairs = files.flatMap((file) => {
    const text = readFileSync(join(root, file), "utf8");
    const loaded = isErased ? text.replace(/^(?:import|export) type [^;]*;/gm, "") : text;
    return [...loaded.matchAll(specifiers)].map(([, to = ""]) => [join(dirname(file), to), file] as const);
  });
  return new Map([...Map.groupBy(pairs, ([to]) => to)].map(([to, found]) => [to, found.map(([, from]) => from).sort()]));
};

export const relatedTo = (path: string, importers: Importers): Related => {
  const dependents = new Set([path]);
  for (const file of dependents) for (const importer of importers.get(file) ?? []) dependents.add(importer);
  return { dependents: [...dependents], tests: [...dependents].filter((file) => file.endsWith(".test.ts")).sort() };
};

/** The gateways in whose rooms the file is not: their own tests, and their rows in the tests of all, have nothing to do with it. */
export const otherRooms = (path: string, rooms: readonly string[]): readonly string[] => {
  const room = rooms.find((name) => path.startsWith(`gateways/${name}/`));
  return room === undefined ? [] : rooms.filter((name) => name !== room);
};
