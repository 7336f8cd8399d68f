/** A program file beside this one, `.ts` in the source tree and `.js` when built. */
import { extname } from "node:path";

export const siblingModule = (name: string): URL => new URL(`./${name}${extname(import.meta.url)}`, import.meta.url);
