/** An export of the ledger table is read as a whole or not at all. */
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ScannedLine } from "../../../io/ledger/scan/scan.ts";
import { folderAt } from "../../../io/table-export/folder.ts";
import { readManifest } from "../../../io/table-export/manifest.ts";
import { createExportScan } from "../../../io/table-export/scan-export.ts";
import { type ExportedItem, writeTableExport } from "../../support/reconcile/table-export.ts";

const md5 = (bytes: Buffer | string) => createHash("md5").update(bytes).digest("base64");
const home = mkdtempSync(join(tmpdir(), "table-export-"));
const at = Date.UTC(2026, 10, 1);

const entry = (contract: string, id: string, source = "shop"): ExportedItem => ({
  pk: { S: `contract ${source}/${contract}` },
  sk: { S: `event#${id}` },
  source: { S: source },
  contract: { S: contract },
  record: { S: `${source}/${id}` },
  event: { S: JSON.stringify({ id, type: "charge.succeeded", gatewayType: "x", occurredAt: at, contract, charge: `ch-${id}` }) },
});
const progress: ExportedItem = { pk: { S: "record shop/e1" }, sk: { S: "progress" }, state: { S: "delivered" } };
const said: ExportedItem = {
  pk: { S: "account a-1" },
  sk: { S: "application#s1" },
  record: { S: "app/s1" },
  said: { S: JSON.stringify({ id: "s1", type: "account.closed", account: "a-1", at }) },
};
const items = [entry("c-1", "e1"), entry("c-2", "e2"), entry("c-1", "e3"), progress, entry("c-1", "e4", "other"), said];

const written = (some: readonly ExportedItem[], files = 2): string => {
  const place = mkdtempSync(join(home, "x-"));
  writeTableExport(place, some, { table: "shop-ledger", at, files });
  return place;
};

const read = async (place: string, itemsAtOnce?: number) => {
  const folder = folderAt(place);
  const manifest = await readManifest(folder);
  const [lines, accounts] = [[] as ScannedLine[], [] as string[]];
  const work = mkdtempSync(join(home, "work-"));
  await createExportScan({ folder, manifest, work, ...(itemsAtOnce !== undefined && { itemsAtOnce }) })("shop", {
    line: (line) => void lines.push(line),
    applicationEvent: ({ event }) => void accounts.push(event.type),
  });
  return { manifest, lines, accounts };
};

const idsOf = (lines: readonly ScannedLine[]) =>
  Object.fromEntries(lines.map(({ id, entries }) => [id, entries.map(({ event }) => event.id)]).sort());

test("each line of the source is visited once, with all of its entries, also where they stand in several files", async () => {
  const { lines, accounts, manifest } = await read(written(items));
  expect(idsOf(lines)).toEqual({ "c-1": ["e1", "e3"], "c-2": ["e2"] });
  expect(accounts).toEqual(["account.closed"]);
  expect(manifest).toMatchObject({ exportedAt: at, items: 6, table: "shop-ledger" });
});

test("a table that does not fit into memory gives the same lines, and leaves nothing behind", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom("c-1", "c-2", "契約", "c 4"), fc.nat(40)), { maxLength: 30 }), async (pairs) => {
      const some = [...new Map(pairs.map(([contract, id]) => [`${contract} ${id}`, entry(contract, `e${id}`)])).values()];
      const place = written(some, 3);
      expect(idsOf((await read(place, 4)).lines)).toEqual(idsOf((await read(place)).lines));
    }),
    { numRuns: 15 },
  );
});

test("a slash that JSON escapes is one", async () => {
  const place = written(items, 1);
  const bytes = gzipSync(
    gunzipSync(readFileSync(join(place, "data/part0.json.gz")))
      .toString()
      .replaceAll("shop/c-1", "shop\\/c-1"),
  );
  writeFileSync(join(place, "data/part0.json.gz"), bytes);
  const listed = readFileSync(join(place, "manifest-files.json"), "utf8");
  const files = listed.replace(/"md5Checksum":"[^"]*"/, `"md5Checksum":"${md5(bytes)}"`);
  writeFileSync(join(place, "manifest-files.json"), files);
  writeFileSync(join(place, "manifest-files.md5"), md5(files));
  expect(idsOf((await read(place)).lines)).toEqual({ "c-1": ["e1", "e3"], "c-2": ["e2"] });
});

describe("is refused, with the file, the place and what to do:", () => {
  const changed = (file: string, change: (bytes: Buffer) => Buffer) => (place: string) =>
    writeFileSync(join(place, file), change(readFileSync(join(place, file))));
  const data = "data/part0.json.gz";
  test.each([
    [
      "a missing data file",
      (place: string) => rmSync(join(place, data)),
      /part0\.json\.gz: it cannot be read: ENOENT.*Copy this file again/s,
    ],
    ["a cut one", changed(data, (bytes) => bytes.subarray(0, bytes.length - 20)), /part0\.json\.gz: it is cut or damaged behind line \d+/],
    [
      "a changed one",
      changed(data, (bytes) => gzipSync(gunzipSync(bytes), { level: 1 })),
      /part0\.json\.gz: its checksum is .*, and the manifest says/,
    ],
    [
      "a line that is no JSON",
      changed(data, (bytes) => gzipSync(gunzipSync(bytes).toString().replace('{"Item"', "contract shop/"))),
      /part0\.json\.gz, line 1: it is no JSON/,
    ],
    [
      "no manifest",
      (place: string) => rmSync(join(place, "manifest-summary.json")),
      /manifest-summary\.json cannot be read.*AWSDynamoDB\/ID/s,
    ],
    [
      "a changed manifest",
      changed("manifest-files.json", (bytes) => Buffer.from(bytes.toString().replace("3", "4"))),
      /manifest-files\.json: its checksum is/,
    ],
  ])("%s", async (_, spoil, message) => {
    const place = written(items);
    spoil(place);
    await expect(read(place)).rejects.toThrow(message);
    await expect(read(place)).rejects.toThrow("Nothing was changed.");
  });
});
