/**
 * Makes one bundle per function, as `lib/` deploys and `local/` runs them: `dist/bundles/<function>/index.mjs`, with what is
 * loaded only when it is needed in chunks beside it, each with its source map.
 */
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { build } from "esbuild";
import { bundleOptions, needsRequire, requireBanner } from "../lib/functions/bundle-options.ts";
import { portableMap } from "../lib/functions/source-maps.ts";

const root = join(import.meta.dirname, "..");
const bundles = join(root, "dist", "bundles");

const options = (name: string) => ({
  ...bundleOptions,
  absWorkingDir: root,
  entryPoints: { index: join("functions", `${name}.ts`) },
  outdir: join(bundles, name),
});

const bundle = async (name: string): Promise<void> => {
  const plain = await build(options(name));
  const { outputFiles } = needsRequire(plain.metafile) ? await build({ ...options(name), banner: { js: requireBanner } }) : plain;
  for (const { path, contents } of outputFiles) {
    const place = join(bundles, name, basename(path));
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, path.endsWith(".map") ? portableMap(Buffer.from(contents).toString(), path, root) : contents);
  }
};

const files = await readdir(join(root, "functions"), { withFileTypes: true });
const names = files.filter((file) => file.isFile() && file.name.endsWith(".ts")).map((file) => basename(file.name, ".ts"));
// A chunk's name is its content's hash, so chunks of an earlier build would stay and be deployed.
await rm(bundles, { recursive: true, force: true });
await Promise.all(names.map(bundle));
