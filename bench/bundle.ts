/** Bundles what is compared with ours, with the settings of bin/bundle.ts: an unbundled client would lose for that reason alone. */
import { join } from "node:path";
import { build } from "esbuild";

/** `entry` as `<directory>/index.mjs`, with its chunks beside it. @returns the path of the bundle. */
export const bundle = async (entry: string, directory: string): Promise<string> => {
  await build({
    entryPoints: { index: entry },
    outdir: directory,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node24",
    mainFields: ["module", "main"],
    minify: true,
    legalComments: "none",
    logLevel: "error",
  });
  return join(directory, "index.mjs");
};
