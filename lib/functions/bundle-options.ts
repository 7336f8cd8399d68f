/** How a function is bundled: the shipped bundles (bin/bundle.ts), and those with custom gateways (lib/functions/custom-bundle.ts). */
import type { BuildOptions, Metafile } from "esbuild";

export const bundleOptions = {
  outExtension: { ".js": ".mjs" },
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node24",
  // The ESM halves of packages first: of those esbuild drops what is not used.
  mainFields: ["module", "main"],
  minify: true,
  // Written beside the bundle and read when something fails: lib/functions/source-maps.ts.
  sourcemap: "external",
  sourcesContent: false,
  legalComments: "none",
  write: false,
  metafile: true,
  logLevel: "error",
} as const satisfies BuildOptions;

/** A module that is not ESM asks for Node's own modules by `require`, which ESM does not have. */
export const requireBanner = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

export const needsRequire = ({ outputs }: Metafile): boolean =>
  Object.values(outputs).some(({ imports }) => imports.some(({ kind, external }) => kind === "require-call" && external));
