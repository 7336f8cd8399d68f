/** The README's own code compiles under strict, as a reader would paste it into a project that has Holdfast installed. */
import { execFile } from "node:child_process";
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { root, temporaryDirectory } from "../lib/synthesize.ts";

const examples = [...readFileSync(join(root, "README.md"), "utf8").matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code]) => code ?? "");

test("every example of the README compiles under strict", async () => {
  expect(examples.length).toBeGreaterThan(0);
  const directory = temporaryDirectory();
  symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
  for (const [index, code] of examples.entries()) writeFileSync(join(directory, `example-${index}.mts`), code);
  writeFileSync(
    join(directory, "tsconfig.json"),
    JSON.stringify({
      compilerOptions: {
        strict: true,
        noEmit: true,
        module: "nodenext",
        target: "es2024",
        skipLibCheck: true,
        types: ["node"],
        typeRoots: [join(root, "node_modules/@types")],
        paths: {
          holdfast: [join(root, "dist/lib/index.d.ts")],
          "holdfast/app": [join(root, "dist/io/application/client.d.ts")],
        },
      },
      include: ["*.mts"],
    }),
  );
  const compiled = promisify(execFile)(join(root, "node_modules/.bin/tsc"), ["--pretty", "false"], { cwd: directory });
  expect(
    await compiled.then(
      ({ stdout }) => stdout,
      (error: { stdout?: string }) => error.stdout,
    ),
  ).toBe("");
}, 60_000);
