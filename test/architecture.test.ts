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
 * Biome says the same of packages in the editor.
 */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: [],
  gateways: ["core"],
  io: ["core"],
  reconcile: ["core", "gateways", "io"],
  functions: ["core", "gateways", "io", "reconcile"],
  simulator: ["core", "gateways"],
  lib: ["core", "gateways"],
  operator: ["core", "gateways", "io", "reconcile", "simulator"],
  local: ["core", "gateways", "io", "simulator", "operator"],
};

/** What lib may know besides: the names of the keys, and of a function its Environment. */
const libMayKnow = (from: string, to: string, line: string): boolean =>
  from.startsWith("lib/") && (to === "io/table.ts" || (/^functions\/\w+\.ts$/.test(to) && /^import type \{ Environment\b/.test(line)));

/** Every relative path to a source in quotes is an arrow, however it is used: import, export, a type, `import()`, `require`, a URL. */
const importsOf = (file: string): { to: string; line: string }[] =>
  text(file)
    .split("\n")
    .flatMap((line) =>
      [...line.matchAll(/(["'`])(\.{1,2}\/[^"'`]*\.[jt]s)\1/g)].map(([, , specifier = ""]) => ({
        to: join(dirname(file), specifier.replace(/js$/, "ts")),
        line,
      })),
    );

/** The packages of each folder, types too; `@aws-sdk/` stands for all that begin so. bench, generate and test take what they need. */
const mayUse: Readonly<Record<string, readonly string[]>> = {
  core: ["node:crypto", "node:net", "node:util"],
  gateways: ["iconv-lite", "node:crypto", "node:module", "node:path", "node:zlib"],
  io: [
    ...[
      "@aws-sdk/",
      "aws4",
      "csv-parse",
      "node:async_hooks",
      "node:buffer",
      "node:crypto",
      "node:dns",
      "node:fs",
      "node:http",
      "node:https",
    ],
    ...["node:net", "node:path", "node:stream", "node:timers/promises", "node:util", "node:zlib"],
  ],
  reconcile: [],
  functions: ["@aws-lambda-powertools/", "@middy/core", "aws-lambda", "node:fs", "node:module", "node:timers/promises"],
  simulator: ["node:http", "node:https", "node:timers/promises"],
  lib: ["aws-cdk-lib", "constructs", "esbuild", "node:"],
  operator: ["cli-progress", "commander", "csv-parse", "picocolors", "node:"],
  local: ["@aws-sdk/", "aws-lambda", "fauxqs", "node:"],
};

const packagesOf = (file: string): string[] =>
  [
    ...text(file).matchAll(/(?:^(?:import|export|\}).*\bfrom |^import |\b(?:import|require)\(\s*|\]\(\s*)["'`]([@\w][\w@/:.-]*)["'`]/gm),
  ].map(([, specifier = ""]) => specifier);

/** What loads a file that is known only when it runs: the user's configuration, custom gateways, bundles, engines. */
const loaders = [
  "bin/app.ts",
  "gateways/registry/custom-gateways.ts",
  "lib/functions/bundle-options.ts",
  "lib/functions/custom-bundle.ts",
  "lib/functions/lambda-function.ts",
  "local/engines/dynamodb.ts",
  "local/lambda/worker.ts",
  "operator/cli/program.ts",
  "operator/connect/load-config.ts",
];

describe("imports", () => {
  test.each(Object.entries(mayImport))("of %s/ point to %j and nowhere else", (folder, others) => {
    const wrong = sources(`${folder}/**/*.ts`).flatMap((file) =>
      importsOf(file)
        .filter(({ to, line }) => ![folder, ...others].includes(to.split("/")[0] ?? "") && !libMayKnow(file, to, line))
        .map(({ to }) => `${file} -> ${to}`),
    );
    expect(wrong).toEqual([]);
  });

  test.each(["core", "functions", "gateways", "io", "lib", "local", "operator", "reconcile", "simulator"])(
    "between the folders of %s/, and the files beside them, make no circle",
    (folder) => {
      const roomOf = (file: string): string => file.split("/").slice(0, 2).join("/");
      const arrows = sources(`${folder}/**/*.ts`).flatMap((file) =>
        importsOf(file).map(({ to }) => ({ from: roomOf(file), to: roomOf(to), line: `${file} -> ${to}` })),
      );
      let circle = arrows.filter(({ from, to }) => from !== to && to.startsWith(`${folder}/`));
      for (let before = -1; before !== circle.length; ) {
        before = circle.length;
        // What nobody points to, and what points to nobody, is in no circle.
        const within = circle;
        circle = within.filter(({ from, to }) => within.some((one) => one.to === from) && within.some((one) => one.from === to));
      }
      expect(circle.map(({ line }) => line)).toEqual([]);
    },
  );

  test.each(Object.entries(mayUse))("of %s/ are of the packages %j and no other", (folder, packages) => {
    const wrong = sources(`${folder}/**/*.ts`).flatMap((file) =>
      packagesOf(file)
        .filter((name) => !packages.some((one) => name === one || name.startsWith(/[:/]$/.test(one) ? one : `${one}/`)))
        .map((name) => `${file} -> ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  test("of what has no fixed name are made where a user's file, a bundle or an engine is loaded, and nowhere else", () => {
    const loading = sources("{bin,lib,functions,gateways,core,io,reconcile,operator,simulator,local}/**/*.ts").filter((file) =>
      /\bcreateRequire\b|\brequire\(|(?<![.\w])import\(\s*[^"\s]|\bimport\.meta\.resolve\b/.test(
        text(file).replace(/^\s*(?:\*|\/\/|\/\*\*).*$/gm, ""),
      ),
    );
    expect(loading.sort()).toEqual(loaders);
  });
});

describe("files", () => {
  test("import each other in one direction: no circle, not even of types", () => {
    const files = sources("{bin,lib,functions,gateways,core,io,reconcile,operator,simulator,local,generate,bench}/**/*.ts");
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
    const constructs = sources("lib/functions/*.ts").map(text);
    expect(constructs.some((construct) => construct.includes(`"../../functions/${name}.ts"`))).toBe(true);
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
  test("is made by gateways, and by core for what was stored as verified or came on a partner's bus, and nowhere else", () => {
    const makers = sources("{bin,lib,functions,io,reconcile,operator,simulator,local,core}/**/*.ts").filter((file) =>
      /\bverified\(|as VerifiedCallback/.test(text(file)),
    );
    const receiving = ["bus-callback", "content", "former-key"].map((name) => `core/receive/${name}.ts`);
    expect(makers.sort()).toEqual(["core/callback.ts", ...receiving, "core/understand.ts"]);
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
      sources("{bin,lib,functions,gateways,core,io,reconcile,operator,simulator,local,bench,generate,test}/**/*.ts").filter((file) =>
        /util|common|helper/i.test(file),
      ),
    ).toEqual([]);
  });
});
