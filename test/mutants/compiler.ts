/** TypeScript, kept warm: reads files into trees, and says of each mutant whether it compiles. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { SourceFile } from "typescript/unstable/ast";
import { API } from "typescript/unstable/sync";
import type { Importers } from "./related.ts";

export interface Compiler {
  parse(path: string): SourceFile;
  /** Whether the file compiles with this text; from now on it has it. */
  compiles(path: string, text: string): boolean;
  /** Whether the files that import it still compile with that text. It takes longer. */
  suitsImporters(path: string): boolean;
  close(): void;
}

/** @param paths relative to `root`; the program consists of these files, what they import, and the product's files that import them. */
export const createCompiler = (root: string, paths: readonly string[], importers: Importers = new Map()): Compiler => {
  const importersOf = (path: string): readonly string[] => importers.get(path)?.filter((file) => !file.startsWith("test/")) ?? [];
  // A project of its own: with the whole repository in it, every check would take ten times as long.
  const project = join(root, "tsconfig.mutants.json");
  const own = JSON.stringify({ extends: "./tsconfig.json", include: [], files: [...paths, ...paths.flatMap(importersOf)] });
  const overlay = new Map([[project, own]]);
  const api = new API({
    cwd: root,
    fs: { readFile: (name) => overlay.get(name), fileExists: (name) => overlay.has(name) || undefined },
  });
  let snapshot = api.updateSnapshot({ openProjects: [project] });
  const program = () => {
    const found = snapshot.getProject(project);
    if (!found) throw new Error(`TypeScript has not opened ${project}.`);
    return found.program;
  };
  const put = (file: string, text: string): void => {
    overlay.set(file, text);
    const next = api.updateSnapshot({ fileChanges: { changed: [file] } });
    snapshot.dispose();
    snapshot = next;
  };
  let changed: string | undefined;
  /** Only one file at a time is another than on the disk. */
  const restore = (): void => {
    if (changed !== undefined) put(changed, readFileSync(changed, "utf8"));
    changed = undefined;
  };
  return {
    parse: (path) => {
      restore();
      const file = program().getSourceFile(join(root, path));
      if (!file) throw new Error(`TypeScript has not read ${path}.`);
      return file;
    },
    compiles: (path, text) => {
      const file = join(root, path);
      if (changed !== file) restore();
      changed = file;
      put(file, text);
      return program().getSyntacticDiagnostics(file).length === 0 && program().getSemanticDiagnostics(file).length === 0;
    },
    suitsImporters: (path) => importersOf(path).every((file) => program().getSemanticDiagnostics(join(root, file)).length === 0),
    close: () => {
      snapshot.dispose();
      api.close();
    },
  };
};
