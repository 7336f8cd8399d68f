/**
 * Makes one bundle per function, as `lib/` deploys and `local/` runs them: `dist/bundles/<function>/index.mjs`, with what is
 * loaded only when it is needed in chunks beside it. Source maps stay here, in `dist/source-maps/<function>/`: shipped
 * they would be most of the asset, and the first stack trace would cost 20 ms to read.
 */
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { build } from "esbuild";
import { bundleOptions, needsRequire, requireBanner } from "../lib/bundle-options.ts";

const root = join(import.meta.dirname, "..");
const bundles = join(root, "dist", "bundles");
const sourceMaps = join(root, "dist", "source-maps");

const options = (name: string) => ({
  ...bundleOptions,
  absWorkingDir: root,
  entryPoints: { index: join("functions", `${name}.ts`) },
  outdir: join(bundles, name),
  sourcemap: "external" as const,
  sourcesContent: false,
});

const bundle = async (name: string): Promise<void> => {
  const plain = await build(options(name));
  const { outputFiles } = needsRequire(plain.metafile) ? await build({ ...options(name), banner: { js: requireBanner } }) : plain;
  for (const { path, contents } of outputFiles) {
    const place = join(path.endsWith(".map") ? sourceMaps : bundles, name, basename(path));
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, contents);
  }
};

const files = await readdir(join(root, "functions"), { withFileTypes: true });
const names = files.filter((file) => file.isFile() && file.name.endsWith(".ts")).map((file) => basename(file.name, ".ts"));
// A chunk's name is its content's hash, so chunks of an earlier build would stay and be deployed.
await Promise.all([bundles, sourceMaps].map((directory) => rm(directory, { recursive: true, force: true })));
await Promise.all(names.map(bundle));
