/** A function's bundle with custom gateways in it, made at synth. The shipped bundles have none. */
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleOptions, needsRequire, requireBanner } from "./bundle-options.ts";
import { portableMap } from "./source-maps.ts";

type Esbuild = typeof import("esbuild");

/**
 * Writes the bundle into that directory. The same sources give the same bytes, on every machine.
 * @param gateways the file that exports them, as an absolute path
 */
export const writeCustomBundle = (verb: string, gateways: string, directory: string): void => {
  // Loaded only here: most projects have no custom gateways.
  const { buildSync } = createRequire(import.meta.url)("esbuild") as Esbuild;
  const options = {
    ...bundleOptions,
    stdin: { contents: entry(verb, gateways), resolveDir: dirname(gateways), sourcefile: `${verb}.ts`, loader: "ts" as const },
    // Without it the order of modules, and with it the names of chunks, would depend on the project's directory.
    absWorkingDir: dirname(gateways),
    outdir: directory,
    entryNames: "index",
  };
  const plain = buildSync(options);
  const { outputFiles } = needsRequire(plain.metafile) ? buildSync({ ...options, banner: { js: requireBanner } }) : plain;
  mkdirSync(directory, { recursive: true });
  for (const { path, contents, text } of outputFiles)
    writeFileSync(join(directory, basename(path)), path.endsWith(".map") ? portableMap(text, path, dirname(gateways)) : contents);
};

/** `receive`, which gateways wait for, gets only the fronts of gateways. */
const entry = (verb: string, gateways: string): string =>
  [
    `import * as custom from ${JSON.stringify(gateways)};`,
    ...(verb === "receive"
      ? [`import { addFronts } from ${ours("gateways/registry/find-front")};`, "addFronts(custom.gateways);"]
      : [`import { addGateways } from ${ours("gateways/index")};`, 'addGateways(custom.gateways, custom["readBacks"]);']),
    `export { handler } from ${ours(`functions/${verb}`)};`,
  ].join("\n");

/** A module of ours as this one is: from the sources, or from `dist/`. */
const ours = (module: string): string =>
  JSON.stringify(fileURLToPath(new URL(`../../${module}${extname(import.meta.url)}`, import.meta.url)));
