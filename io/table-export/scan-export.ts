/**
 * The ledger of one source from an export of its table: what a scan visits, as of the export's own moment and without read capacity. Nobody promises that the
 * items of a partition stand beside each other in an export, so those of a large one are first parted over files of this machine by their partition.
 */

import { appendFileSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { hashText } from "../../core/reconcile/sides/hash-text.ts";
import type { Item } from "../item.ts";
import { applicationEntryFromItem } from "../ledger/application/entry-item.ts";
import type { ReadItem } from "../ledger/scan/line-of-items.ts";
import { lineOfItems } from "../ledger/scan/line-of-items.ts";
import type { Scan } from "../ledger/scan/scan.ts";
import { accountPartition, contractPartition } from "../table.ts";
import type { Folder } from "./folder.ts";
import { itemsOf } from "./items.ts";
import type { Manifest } from "./manifest.ts";

/** Held in memory at a time. @param work an empty folder of this machine, which is removed */
export interface ExportedTable {
  readonly folder: Folder;
  readonly manifest: Manifest;
  readonly work: string;
  /** @default 200,000, some 150 MB */
  readonly itemsAtOnce?: number;
}

export const createExportScan =
  ({ folder, manifest, work, itemsAtOnce = 200_000 }: ExportedTable): Scan =>
  async (source, visitor) => {
    const [begin, accounts] = [contractPartition(source, ""), accountPartition("")];
    // Most lines of a table need not be read as JSON. Up to the slash, which JSON may write in two ways.
    const marks = [begin.slice(0, -1), ...(visitor.applicationEvent ? [accounts] : [])];
    const visit = (items: readonly ReadItem[]): void => {
      for (const [pk, some] of Map.groupBy(items, (item) => item.pk?.S ?? "")) {
        if (pk.startsWith(begin)) visitor.line(lineOfItems(pk.slice(begin.length), some));
        else for (const item of some) if (item.said) visitor.applicationEvent?.(applicationEntryFromItem(item as Item));
      }
    };
    const parts = createParts(work, Math.max(1, Math.ceil(manifest.items / itemsAtOnce)));
    try {
      for (const file of manifest.files)
        for await (const item of itemsOf(folder, file, (line) => marks.some((mark) => line.includes(mark)))) {
          const pk = item.pk?.S ?? "";
          if (pk.startsWith(begin) || (visitor.applicationEvent && pk.startsWith(accounts))) parts.add(pk, item);
        }
      // Only once all of it is read and right.
      for (const items of parts.all()) visit(items);
    } finally {
      parts.close();
    }
  };

const written = 1_000_000;

/** Items by their partition. Of one part all are in memory. */
const createParts = (work: string, count: number) => {
  if (count === 1) {
    const items: ReadItem[] = [];
    return { add: (_: string, item: ReadItem) => void items.push(item), all: () => [items], close: () => {} };
  }
  mkdirSync(work, { recursive: true });
  const texts = Array.from({ length: count }, () => "");
  const pathOf = (part: number) => join(work, `${part}.ndjson`);
  const flush = (part: number): void => {
    if (texts[part] !== "") appendFileSync(pathOf(part), texts[part] as string);
    texts[part] = "";
  };
  return {
    add(pk: string, item: ReadItem): void {
      const part = hashText(pk) % count;
      texts[part] += `${JSON.stringify(item)}\n`;
      if ((texts[part] as string).length > written / count) flush(part);
    },
    *all(): Generator<readonly ReadItem[]> {
      for (let part = 0; part < count; part++) {
        appendFileSync(pathOf(part), "");
        flush(part);
        const lines = readFileSync(pathOf(part), "utf8").split("\n");
        yield lines.filter((line) => line !== "").map((line) => JSON.parse(line) as ReadItem);
      }
    },
    close: () => rmSync(work, { recursive: true, force: true }),
  };
};
