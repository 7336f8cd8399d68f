/** Our side from an export of the table: the same comparison as by a scan, as of the export's own moment. */
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { resourceNames } from "../../../core/config/resource-names.ts";
import { itemsOfTable, writeTableExport } from "../../support/reconcile/table-export.ts";
import { noon } from "../../support/world/world.ts";
import { createShop, folder } from "./shop.ts";

const rows = [
  { payment: "p-1" },
  { payment: "p-2", amount: 2_500 },
  { payment: "p-never" },
  { payment: "p-1", type: "refund", refund: "r-1", amount: 500 },
  { payment: "in-3" },
];

const filled = async () => {
  const shop = await createShop();
  await shop.send(
    { id: "e1", charge: "p-1", contract: "c-1" },
    { id: "e2", charge: "p-2" },
    { id: "e3", type: "charge.refunded", charge: "p-1", refund: "r-1", amount: 500 },
    // One payment under two ids, of which the callbacks name one each, and both.
    { id: "e4", charge: "p-3", alsoKnownAs: ["in-3"] },
    { id: "e5", charge: "p-here" },
  );
  await shop.world.settle();
  const { ledgerTable } = resourceNames(shop.world.config.name);
  const exported = async (at: number, table = ledgerTable): Promise<string> => {
    const place = mkdtempSync(join(folder, "table-"));
    writeTableExport(place, await itemsOfTable(shop.world.aws.ledgerTable), { table, at });
    return place;
  };
  return { ...shop, exported };
};

test("gives the same comparison as a scan, and says of which moment it is", async () => {
  const { run, exported } = await filled();
  const place = await exported(noon + 3_600_000);
  const { readUnits, ...scanned } = (await run(rows)).value() as ReturnType<Awaited<ReturnType<typeof run>>["value"]> & {
    readUnits: number;
  };
  expect(readUnits).toBeGreaterThan(0);
  const { tableExport, ...read } = (await run(rows, { ourSide: place })).value() as unknown as Record<string, unknown>;
  expect(read).toEqual(scanned);
  expect(scanned.differences.length).toBeGreaterThan(2);
  expect(tableExport).toMatchObject({ at: "2026-11-20T13:00:00.000Z", place });
  const { text } = await run(rows, { ourSide: place }, false);
  expect((await run(rows, {}, false)).text).toMatch(/reading the ledger took \d+ read units?, less than 0\.01 USD on demand in us-east-1/);
  expect(text).not.toContain("reading the ledger took");
  expect(text).toContain("our side is the table as it was at 2026-11-20T13:00:00.000Z");
});

test("what happened after the export's moment is no difference", async () => {
  const { run, exported } = await filled();
  const place = await exported(noon + 1);
  const later = [...rows, { payment: "p-later", at: noon + 60_000 }];
  const { differences, files } = (await run(later, { ourSide: place, asOf: undefined })).value() as unknown as {
    differences: { names: { payment: string[] } }[];
    files: { later: number }[];
  };
  expect(differences.map(({ names }) => names.payment[0])).not.toContain("p-later");
  expect(files[0]?.later).toBe(1);
  await expect(run(rows, { ourSide: place, asOf: noon + 2 })).rejects.toThrow(/is after the moment of .* give an earlier --as-of/);
});

test("an export of another table is refused", async () => {
  const { run, exported } = await filled();
  await expect(run(rows, { ourSide: await exported(noon + 1, "shop-records") })).rejects.toThrow(
    /is an export of the table shop-records, and the ledger is .*: export that one/,
  );
});
