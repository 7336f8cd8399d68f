/**
 * `npx holdfast` in the project's own folder: npm looks for commands in `node_modules/.bin` only, and puts there those of
 * dependencies, not the project's own. Run by `npm ci` through the `prepare` script, after the build.
 */
import { chmodSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const link = join(root, "node_modules", ".bin", "holdfast");
const command = join("..", "..", "dist", "bin", "holdfast.js");

chmodSync(join(root, "dist", "bin", "holdfast.js"), 0o755);
rmSync(link, { force: true });
symlinkSync(command, link);
