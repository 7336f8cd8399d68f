/** `--our-side`: what is recorded, from an export of the ledger table. Nothing of it is used unless all of it is there and right. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Millis } from "../../core/callback.ts";
import { resourceNames } from "../../core/config/resource-names.ts";
import { Failure } from "../../core/failure.ts";
import { isoTime } from "../../core/formats/iso-time.ts";
import type { Scan } from "../../io/ledger/scan/scan.ts";
import { folderAt } from "../../io/table-export/folder.ts";
import { readManifest } from "../../io/table-export/manifest.ts";
import { createExportScan } from "../../io/table-export/scan-export.ts";
import type { CompareOrder } from "../../reconcile/compare.ts";
import type { Connection } from "../connect/connect.ts";

export const exportedSide = async (
  { config }: Pick<Connection, "config">,
  place: string,
  asOf: Millis | undefined,
): Promise<NonNullable<CompareOrder["ours"]> & { readonly tableBytes: number | undefined }> => {
  const folder = folderAt(place);
  const manifest = await readManifest(folder);
  const { ledgerTable } = resourceNames(config.name);
  if (manifest.table !== ledgerTable)
    throw new Failure(
      `${folder.name} is an export of the table ${manifest.table}, and the ledger is ${ledgerTable}: export that one. Nothing was changed.`,
      "usage",
    );
  const { exportedAt: at, items } = manifest;
  if (asOf !== undefined && asOf > at)
    throw new Failure(
      `--as-of ${isoTime(asOf)} is after the moment of ${folder.name}, ${isoTime(at)}: what happened between is not in it. Export the table again, or give an earlier --as-of. Nothing was changed.`,
      "usage",
    );
  const scan: Scan = (source, visitor) => {
    const work = mkdtempSync(join(tmpdir(), "holdfast-table-"));
    return createExportScan({ folder, manifest, work })(source, visitor).finally(() => rmSync(work, { recursive: true, force: true }));
  };
  return { scan, from: { place: folder.name, at, items }, tableBytes: manifest.billedBytes };
};
