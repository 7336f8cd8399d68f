/** `node docs/generate.ts [page...]`: writes the pages that are made from the code. Without a name, all of them. */
import { writeFileSync } from "node:fs";
import { gatewaysPage } from "./gateways-page.ts";

/** Each generated page, by the name of its file. */
export const pages: Readonly<Record<string, () => string>> = { gateways: gatewaysPage };

export const pageFile = (name: string): URL => new URL(`./${name}.md`, import.meta.url);

if (import.meta.main) {
  const asked = process.argv.slice(2);
  for (const name of asked.length > 0 ? asked : Object.keys(pages)) {
    const page = Object.hasOwn(pages, name) ? pages[name] : undefined;
    if (!page) {
      process.stderr.write(`There is no generated page "${name}". There are: ${Object.keys(pages).join(", ")}.\n`);
      process.exit(1);
    }
    writeFileSync(pageFile(name), page());
  }
}
