/** A project outside of this repository that has Holdfast as a dependency and a gateway of its own. */
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..", "..");

/** @returns its folder, and what removes it */
export const makeCustomProject = (): { readonly folder: string; readonly remove: () => void } => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "custom-project-")));
  cpSync(join(root, "test", "custom-project"), folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "my-shop", private: true, type: "module" }));
  const modules = join(folder, "node_modules");
  mkdirSync(modules);
  symlinkSync(root, join(modules, "holdfast"));
  for (const peer of ["aws-cdk-lib", "constructs"]) symlinkSync(join(root, "node_modules", peer), join(modules, peer));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 }) };
};
