/** A page for each customer, written to a folder when the list is complete: a customer's charges may come apart. */
import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { errorMessage, Failure } from "../../../core/failure.ts";
import { counted } from "../../../core/formats/counted.ts";
import type { RefundLine } from "../../../core/refunds/payment-line.ts";
import { inGroups } from "../../../core/sequences.ts";
import { startProgressBar } from "../../terminal/progress-bar.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import type { Ending } from "../list/ending.ts";
import type { Sink } from "../list/sink.ts";
import type { Language } from "./language.ts";
import { letterPage } from "./page.ts";

interface LetterOptions {
  readonly folder: string;
  readonly languages: readonly Language[];
  readonly sender?: string | undefined;
}

/** Files that are open at a time. */
const together = 16;

export const lettersSink = (terminal: Terminal, { folder, languages, sender }: LetterOptions): Sink => {
  const letters = new Map<string, { readonly name: string; readonly lines: RefundLine[] }>();
  return {
    async add(lines) {
      for (const line of lines) {
        const [kind, name] = whose(line);
        const place = `${kind} ${name}`;
        const known = letters.get(place) ?? { name, lines: [] };
        letters.set(place, known);
        known.lines.push(line);
      }
    },

    async end({ asOf, records }: Ending) {
      const owed = [...letters].filter(([, { lines }]) => lines.some(({ left }) => left > 0));
      const pages = owed.flatMap(([place, { name, lines }]) =>
        languages.map((language) => ({
          file: fileName(place, name, language),
          page: () => letterPage({ name, lines, asOf, records, sender }, language),
        })),
      );
      await made(folder, () => mkdir(folder, { recursive: true }));
      const bar = await startProgressBar("Writing letters", pages.length, terminal.interactive);
      let written = 0;
      for (const some of inGroups(pages, together)) {
        await Promise.all(some.map(({ file, page }) => made(file, () => writeFile(join(folder, file), page()))));
        written += some.length;
        bar.update(written);
      }
      bar.stop();
      terminal.say(`${counted(pages.length, "letter")} to ${counted(owed.length, "customer")} in ${folder}.`);
    },
  };
};

const made = (what: string, make: () => Promise<unknown>): Promise<unknown> =>
  make().catch((error: unknown) => {
    throw new Failure(`${what} cannot be written: ${errorMessage(error)}. The letters before it are there.`);
  });

/** A letter is to somebody: the account, or else who the gateway says it is. */
const whose = ({ account, customer, contract, source, id }: RefundLine): readonly [kind: string, name: string] => {
  if (account !== undefined) return ["account", account];
  if (customer !== undefined) return [`customer of ${source}`, customer];
  return contract === undefined ? [`payment of ${source}`, id] : [`contract of ${source}`, contract];
};

/** Of the name what every file system takes. Two customers whose names differ in the rest, or in case alone, have two files. */
const fileName = (place: string, name: string, language: Language): string => {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
  const isPlain = plain === name && place.startsWith("account ");
  return `${plain || "customer"}${isPlain ? "" : `-${createHash("sha256").update(place).digest("hex").slice(0, 8)}`}.${language}.html`;
};
