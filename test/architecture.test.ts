/** Rules about the whole tree that no single file can keep. Biome guards the imports; this guards what Biome cannot see. */
import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { gateways } from "../gateways/index.ts";

const root = join(import.meta.dirname, "..");
const sources = (pattern: string): string[] => globSync(pattern, { cwd: root });
const text = (file: string): string => readFileSync(join(root, file), "utf8");

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
    const makers = sources("{bin,lib,functions,io,operator,local,core}/**/*.ts").filter((file) =>
      /\bverified\(|as VerifiedCallback/.test(text(file)),
    );
    expect(makers.sort()).toEqual(["core/callback.ts", "core/understand.ts"]);
  });
});

describe("every gateway", () => {
  test("is registered under its own name", () => {
    expect(Object.entries(gateways).map(([key, gateway]) => [key, gateway.name])).toEqual(Object.keys(gateways).map((key) => [key, key]));
  });

  test("has a file and a test file of its name", () => {
    for (const name of Object.keys(gateways)) {
      expect(sources(`gateways/${name}.ts`)).toHaveLength(1);
      expect(sources(`test/gateways/${name}.test.ts`)).toHaveLength(1);
    }
  });
});

describe("a file", () => {
  test("is named after what it holds, never `utils`, `common` or `helpers`", () => {
    expect(
      sources("{bin,lib,functions,gateways,core,io,operator,local,bench,test}/**/*.ts").filter((file) => /util|common|helper/i.test(file)),
    ).toEqual([]);
  });
});
