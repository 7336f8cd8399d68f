/** What the operator's commands read and write: the two tables through the same verbs as the functions, and the queues. */
import type { Millis } from "../../core/callback.ts";
import type { Config } from "../../core/config/config.ts";
import { withDefaults } from "../../core/config/defaults.ts";
import type { FindingSettings } from "../../core/findings/settings.ts";
import { patient } from "../../io/clients.ts";
import { dynamoDb } from "../../io/dynamodb.ts";
import { createAudit } from "../../io/ledger/audit.ts";
import { createConflicts } from "../../io/ledger/conflicts.ts";
import { createErasure } from "../../io/ledger/erasure/erase-items.ts";
import { createCountOpen } from "../../io/ledger/findings/count-open.ts";
import { createFindings } from "../../io/ledger/findings/findings.ts";
import { createConflictLook } from "../../io/ledger/findings/look-at-conflict.ts";
import { openFindings } from "../../io/ledger/findings/open.ts";
import { createReplaceBroken } from "../../io/ledger/findings/replace-broken.ts";
import { createContractHolds } from "../../io/ledger/holds/contract-hold.ts";
import { createHolds } from "../../io/ledger/holds/holds.ts";
import { createLedger } from "../../io/ledger/ledger.ts";
import { createLine } from "../../io/ledger/line.ts";
import { createNotes } from "../../io/ledger/notes.ts";
import { createOpenProgress } from "../../io/ledger/open-progress.ts";
import { createHandRefunds } from "../../io/ledger/payments/hand-refunds.ts";
import { createCheckpoints } from "../../io/ledger/runs/checkpoint.ts";
import { createFindingTallies } from "../../io/ledger/runs/finding-tally.ts";
import { createReconciliations } from "../../io/ledger/runs/reconciliations.ts";
import { createReplayJobs } from "../../io/ledger/runs/replay-jobs.ts";
import { createSweepRuns } from "../../io/ledger/runs/sweep-run.ts";
import { createScan } from "../../io/ledger/scan/scan.ts";
import { createTimelineShards } from "../../io/ledger/timeline-shards.ts";
import type { Queue } from "../../io/queues/queue.ts";
import type { QueueDepth } from "../../io/queues/queue-depth.ts";
import { createBodies } from "../../io/records/bodies.ts";
import { createEraseRecords } from "../../io/records/erase.ts";
import { createRecord } from "../../io/records/record.ts";
import { createRecords } from "../../io/records/records.ts";
import { createSdkPut } from "../../io/records/sdk-put.ts";

export type Stores = ReturnType<typeof openStores>;

/** Connects to nothing yet: the first read does. */
export const openStores = (tables: {
  readonly config: Config;
  readonly recordsTable: string;
  readonly ledgerTable: string;
  readonly clock: () => Millis;
}) => {
  const client = dynamoDb(patient);
  const bodies = createBodies({ bucket: "", limits: patient });
  const ledgerTable = { client, table: tables.ledgerTable };
  const config = withDefaults(tables.config);
  const { clock } = tables;
  const ledger = createLedger(ledgerTable);
  const conflicts = createConflicts(ledgerTable);
  const findings = createFindings({ ...ledgerTable, random: Math.random });
  return {
    config,
    clock,
    bodies,
    record: createRecord({
      put: createSdkPut({ client, table: tables.recordsTable }),
      findGateway: async (name) => (await import("../../gateways/index.ts")).findGateway(name),
    }),
    records: createRecords({ client, table: tables.recordsTable, bodies }),
    ledger,
    erasure: createErasure(ledgerTable),
    eraseRecords: createEraseRecords({ client, table: tables.recordsTable, limits: patient }),
    open: createOpenProgress(ledgerTable),
    conflicts,
    line: createLine(ledgerTable),
    findings,
    handRefunds: createHandRefunds({ ...ledgerTable, random: Math.random }),
    lookAtConflict: createConflictLook({ findings, conflicts, ledger, clock }),
    replaceBroken: createReplaceBroken({ ...ledgerTable, random: Math.random }),
    /** Looks for findings as the functions do. What a gateway never reports has to be known for that. */
    looks: (traitsOf: FindingSettings["traitsOf"]) =>
      openFindings({ ...ledgerTable, ledger, config, traitsOf, clock, random: Math.random }),
    countOpen: createCountOpen(ledgerTable),
    tallies: createFindingTallies(ledgerTable),
    notes: createNotes({ ...ledgerTable, random: Math.random }),
    holds: createHolds({ ...ledgerTable, clock }),
    contractHolds: createContractHolds(ledgerTable),
    audit: createAudit({ ...ledgerTable, random: Math.random }),
    replays: createReplayJobs(ledgerTable),
    random: Math.random,
    checkpoints: createCheckpoints(ledgerTable),
    timelineShards: createTimelineShards({ ...ledgerTable, configured: config.capacity.timelineShards }),
    runs: createSweepRuns(ledgerTable),
    scan: createScan(ledgerTable),
    reconciliations: createReconciliations({ ...ledgerTable, random: Math.random }),
  };
};

/** The queues, which most commands do without: their client is loaded when it is needed. */
export interface Queues {
  readonly doorbells: Pick<Queue, "ring">;
  depth(queue: "doorbells" | "deadLetters" | "spill"): Promise<QueueDepth>;
}

/** @param urlOf where a queue is; called when it is needed first. */
export const openQueues = async (urlOf: (queue: "doorbells" | "deadLetters" | "spill") => Promise<string>): Promise<Queues> => {
  const [{ createQueue }, { createQueueDepth }] = await Promise.all([
    import("../../io/queues/queue.ts"),
    import("../../io/queues/queue-depth.ts"),
  ]);
  const { depth } = createQueueDepth(patient);
  let doorbells: Queue | undefined;
  return {
    doorbells: {
      async ring(bells) {
        doorbells ??= createQueue({ url: await urlOf("doorbells"), limits: patient });
        return doorbells.ring(bells);
      },
    },
    depth: async (queue) => depth(await urlOf(queue)),
  };
};
