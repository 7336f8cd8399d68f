/** A program file beside the module that asks, `.ts` in the source tree and `.js` when built. */
import { extname } from "node:path";

/** @param here the asking module's `import.meta.url` */
export const siblingModule = (here: string, name: string): URL => new URL(`./${name}${extname(here)}`, here);
