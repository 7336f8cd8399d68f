/**
 * Makes one bundle per function, as `lib/` deploys and `local/` runs them: `dist/bundles/<function>/index.mjs`, with what is
 * loaded only when it is needed in chunks beside it. Source maps stay at home, in `dist/source-maps/<function>/`: shipped
 * they would be most of the asset, and the first stack trace would cost 20 ms to read.
 */
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { type BuildOptions, build, type Metafile } from "esbuild";

const root = join(import.meta.dirname, "..");
const bundles = join(root, "dist", "bundles");
const sourceMaps = join(root, "dist", "source-maps");

/** A module that is not ESM asks for Node's own modules by `require`, which ESM does not have. */
const requireForModulesThatNeedIt = 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);';

const options = (name: string): BuildOptions & { write: false; metafile: true } => ({
  absWorkingDir: root,
  entryPoints: { index: join("functions", `${name}.ts`) },
  outdir: join(bundles, name),
  outExtension: { ".js": ".mjs" },
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node24",
  // The ESM halves of packages first: of those esbuild drops what is not used.
  mainFields: ["module", "main"],
  minify: true,
  legalComments: "none",
  sourcemap: "external",
  sourcesContent: false,
  write: false,
  metafile: true,
  logLevel: "error",
});

const requiresSomething = ({ outputs }: Metafile): boolean =>
  Object.values(outputs).some(({ imports }) => imports.some(({ kind, external }) => kind === "require-call" && external));

const bundle = async (name: string): Promise<void> => {
  const plain = await build(options(name));
  const { outputFiles } = requiresSomething(plain.metafile)
    ? await build({ ...options(name), banner: { js: requireForModulesThatNeedIt } })
    : plain;
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
