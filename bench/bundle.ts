/** Bundles what is compared with ours, with our settings: an unbundled client would lose for that reason alone. */
import { join } from "node:path";
import { build } from "esbuild";
import { bundleOptions } from "../lib/functions/bundle-options.ts";

/** `entry` as `<directory>/index.mjs`, with its chunks beside it. @returns the path of the bundle. */
export const bundle = async (entry: string, directory: string): Promise<string> => {
  await build({
    ...bundleOptions,
    entryPoints: { index: entry },
    outdir: directory,
    write: true,
  });
  return join(directory, "index.mjs");
};
