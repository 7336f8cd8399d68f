/** Rules about the whole tree that no single file can keep. Biome guards the imports; this guards what Biome cannot see. */
import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { gateways } from "../gateways/index.ts";

const root = join(import.meta.dirname, "..");
const sources = (pattern: string): string[] => globSync(pattern, { cwd: root });
const text = (file: string): string => readFileSync(join(root, file), "utf8");

/**
 * The folders from the ground up, and which others each may import. Arrows point to core; bench, generate and test look at everything.
 * Biome guards what may be imported from packages.
 */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: [],
  gateways: ["core"],
  io: ["core"],
  functions: ["core", "gateways", "io"],
  simulator: ["core", "gateways"],
  lib: ["core", "gateways"],
  operator: ["core", "gateways", "io", "simulator"],
  local: ["core", "gateways", "io", "simulator", "operator"],
};

/** What lib may know besides: the names of the keys, and of a function its Environment. */
const libMayKnow = (from: string, to: string, line: string): boolean =>
  from.startsWith("lib/") && (to === "io/table.ts" || (/^functions\/\w+\.ts$/.test(to) && /^import type \{ Environment\b/.test(line)));

const importsOf = (file: string): { to: string; line: string }[] =>
  [...text(file).matchAll(/^.*(?:\bfrom|\bimport)\s*\(?\s*"(\.{1,2}\/[^"]+)".*$/gm)].map(([line, specifier]) => ({
    to: join(dirname(file), specifier ?? ""),
    line,
  }));

describe("imports", () => {
  test.each(Object.entries(mayImport))("of %s/ point to %j and nowhere else", (folder, others) => {
    const wrong = sources(`${folder}/**/*.ts`).flatMap((file) =>
      importsOf(file)
        .filter(({ to, line }) => ![folder, ...others].includes(to.split("/")[0] ?? "") && !libMayKnow(file, to, line))
        .map(({ to }) => `${file} -> ${to}`),
    );
    expect(wrong).toEqual([]);
  });
});

describe("files", () => {
  test("import each other in one direction: no circle, not even of types", () => {
    const files = sources("{bin,lib,functions,gateways,core,io,operator,simulator,local,generate,bench}/**/*.ts");
    const imports = new Map(files.map((file) => [file, importsOf(file).map(({ to }) => to)]));
    const done = new Set<string>();
    const circles: string[] = [];
    const walk = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(" -> "));
      else if (!done.has(file)) for (const to of imports.get(file) ?? []) walk(to, [...path, file]);
      done.add(file);
    };
    for (const file of files) walk(file, []);
    expect(circles).toEqual([]);
  });
});

describe("every Lambda function", () => {
  const functions = sources("functions/*.ts");

  test.each(functions)("%s exports a handler that is wrapped by middy", async (file) => {
    const module = await import(join(root, file));
    expect(typeof module.handler?.use).toBe("function");
  });

  test.each(functions)("%s is deployed by a construct that satisfies its environment", (file) => {
    const name = basename(file, ".ts");
    const constructs = sources("lib/*.ts").map(text);
    expect(constructs.some((construct) => construct.includes(`"../functions/${name}.ts"`))).toBe(true);
  });

  test.each(functions)("%s reads exactly the variables of its Environment", (file) => {
    const code = text(file);
    const declared = [...(/export type Environment = \{([^}]*)\}/.exec(code)?.[1] ?? "").matchAll(/readonly (\w+):/g)].map(
      ([, name]) => name,
    );
    const read = [...(/environment<Environment>\(\[([^\]]*)\]/.exec(code)?.[1] ?? "").matchAll(/"(\w+)"/g)].map(([, name]) => name);
    expect(read.sort()).toEqual(declared.sort());
    expect(read.length).toBeGreaterThan(0);
  });
});

describe("a verified callback", () => {
  test("is made by gateways, and by core for what was stored as verified, and nowhere else", () => {
    const makers = sources("{bin,lib,functions,io,operator,simulator,local,core}/**/*.ts").filter((file) =>
      /\bverified\(|as VerifiedCallback/.test(text(file)),
    );
    expect(makers.sort()).toEqual(["core/callback.ts", "core/understand.ts"]);
  });
});

describe("every gateway", () => {
  test("is registered under its own name", () => {
    expect(Object.entries(gateways).map(([key, gateway]) => [key, gateway.name])).toEqual(Object.keys(gateways).map((key) => [key, key]));
  });

  test("has a folder and a test file of its name", () => {
    for (const name of Object.keys(gateways)) {
      expect(sources(`gateways/${name}/front.ts`)).toHaveLength(1);
      expect(sources(`test/gateways/${name}.test.ts`)).toHaveLength(1);
    }
  });
});

describe("a file", () => {
  test("is named after what it holds, never `utils`, `common` or `helpers`", () => {
    expect(
      sources("{bin,lib,functions,gateways,core,io,operator,simulator,local,bench,generate,test}/**/*.ts").filter((file) =>
        /util|common|helper/i.test(file),
      ),
    ).toEqual([]);
  });
});
