/** `npm run generate -- [page...]`: writes the pages that are made from the code. Without a name, all of them. */
import { readFileSync, writeFileSync } from "node:fs";
import { readMeasured } from "../bench/scale/measured.ts";
import { scalePage } from "../bench/scale/scale-page.ts";
import { withApplicationTables } from "./application-page.ts";
import { applicationSchema } from "./application-schema.ts";
import { withExportKinds } from "./exports-page.ts";
import { gatewaysPage } from "./gateways/gateways-page.ts";
import { withMessageTables } from "./message-page.ts";
import { messageSchema } from "./message-schema.ts";
import { runbookPage } from "./runbook-page.ts";
import { withStates } from "./states.ts";

/** A name without an ending is a page's. */
const docs = (name: string): URL => new URL(`../docs/${name.includes(".") ? name : `${name}.md`}`, import.meta.url);

/** Each generated page, by the name of its file. */
export const pages = {
  gateways: gatewaysPage,
  runbook: runbookPage,
  /** Written by hand, but for the table of kinds. */
  exports: () => withExportKinds(readFileSync(docs("exports"), "utf8")),
  /** From the service times that were measured last: `npm run bench -- scale --measure`. */
  scale: () => scalePage(readMeasured()),
  /** Written by hand, but for the states of a record. */
  architecture: () => withStates(readFileSync(docs("architecture"), "utf8")),
  /** Written by hand, but for its example and its tables. */
  message: () => withMessageTables(readFileSync(docs("message"), "utf8")),
  /** Written by hand, but for its tables. */
  application: () => withApplicationTables(readFileSync(docs("application"), "utf8")),
  "application.schema.json": applicationSchema,
  "message.schema.json": () => messageSchema("open"),
  "message.exact.schema.json": () => messageSchema("exact"),
  /** Runs the simulation, on emulators of its own: some minutes. */
  async faults(): Promise<string> {
    const { faultsPage } = await import("./faults-page.ts");
    const { withEmulators } = await import("../test/faults/aws/emulators.ts");
    const { survey } = await import("../test/faults/trials/survey.ts");
    return faultsPage(await withEmulators(survey));
  },
} satisfies Readonly<Record<string, () => string | Promise<string>>>;

export const pageFile = (name: keyof typeof pages): URL => docs(name);

const isPage = (name: string): name is keyof typeof pages => Object.hasOwn(pages, name);

if (import.meta.main) {
  const asked = process.argv.slice(2);
  for (const name of asked.length > 0 ? asked : Object.keys(pages)) {
    if (!isPage(name)) {
      process.stderr.write(`There is no generated page "${name}". There are: ${Object.keys(pages).join(", ")}.\n`);
      process.exit(1);
    }
    writeFileSync(pageFile(name), await pages[name]());
  }
}
