/** What a comparison reads and writes, wherever it runs: an operator's command and the function have the same. */
import type { Millis } from "../core/callback.ts";
import type { ResolvedConfig } from "../core/config/defaults.ts";
import type { Gateway } from "../gateways/index.ts";
import type { Audit } from "../io/ledger/audit.ts";
import type { Findings } from "../io/ledger/findings/findings.ts";
import type { Holds } from "../io/ledger/holds/holds.ts";
import type { Ledger } from "../io/ledger/ledger.ts";
import type { OpenProgress } from "../io/ledger/open-progress.ts";
import type { Reconciliations } from "../io/ledger/runs/reconciliations.ts";
import type { Scan } from "../io/ledger/scan/scan.ts";
import type { Bodies } from "../io/records/bodies.ts";
import type { RecordCallback } from "../io/records/record.ts";
import type { Records } from "../io/records/records.ts";

export interface ReconcileStores {
  readonly config: ResolvedConfig;
  readonly ledger: Pick<Ledger, "contract" | "related" | "hasSide" | "save">;
  readonly scan: Scan;
  readonly open: Pick<OpenProgress, "keys" | "of">;
  readonly holds: Pick<Holds, "targets">;
  readonly records: Pick<Records, "readAll" | "timeline">;
  readonly findings: Pick<Findings, "places" | "read" | "save">;
  readonly reconciliations: Reconciliations;
  readonly record: RecordCallback;
  readonly bodies: Bodies;
  readonly audit: Audit;
  readonly clock: () => Millis;
  readonly random: () => number;
  /** All gateways; loaded at the first use, since a list needs none. */
  gateways(): Promise<(name: string) => Gateway | undefined>;
}
