/** Where this project lies, from the sources and from `dist/`. */
import { findPackageJSON } from "node:module";
import { dirname } from "node:path";

export const projectDirectory: string = dirname(findPackageJSON("..", import.meta.url) ?? ".");
