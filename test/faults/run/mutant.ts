/** What can be changed to break the product on purpose: what a function is put together from, or what it sends. */
import type { ReceiveDependencies } from "../../../functions/receive.ts";
import type { createRecover } from "../../../functions/recover.ts";
import type { LastingDependencies } from "../../../functions/steps/consume/dependencies.ts";
import type { ReleaseDependencies } from "../../../functions/steps/release/dependencies.ts";
import type { createSweep } from "../../../functions/sweep.ts";
import type { Spill } from "../../../io/fallback-store/spill.ts";
import type { SpilledStore } from "../../../io/fallback-store/spilled.ts";
import type { Conflicts } from "../../../io/ledger/conflicts.ts";
import type { Ledger } from "../../../io/ledger/ledger.ts";
import type { RecordCallback } from "../../../io/records/record.ts";
import type { Records } from "../../../io/records/records.ts";
import type { Connection } from "../../../operator/connect/connect.ts";
import type { Call } from "../aws/call.ts";
import type { WireRequest } from "../aws/wire.ts";

export interface Mutant {
  receive(receive: ReceiveDependencies): ReceiveDependencies;
  spill(spill: Spill): Spill;
  steps(steps: LastingDependencies): LastingDependencies;
  sweep(sweep: ReturnType<typeof createSweep>): ReturnType<typeof createSweep>;
  sweepSteps(steps: Parameters<typeof createSweep>[0]): Parameters<typeof createSweep>[0];
  /** Of the sweep and the release. */
  sweepLedger(ledger: Ledger): Ledger;
  release(steps: Omit<ReleaseDependencies, "hasTime" | "report">): Omit<ReleaseDependencies, "hasTime" | "report">;
  sweepRecords(records: Records): Records;
  conflicts(conflicts: Conflicts): Conflicts;
  connection(connection: Connection): Connection;
  operatorRecord(record: RecordCallback): RecordCallback;
  recover(recover: ReturnType<typeof createRecover>): ReturnType<typeof createRecover>;
  spilled(store: SpilledStore): SpilledStore;
  request(call: Call, request: WireRequest): WireRequest;
}

/** The product as it is. */
export const intact: Mutant = {
  receive: (receive) => receive,
  spill: (spill) => spill,
  steps: (steps) => steps,
  sweep: (sweep) => sweep,
  sweepSteps: (steps) => steps,
  sweepLedger: (ledger) => ledger,
  release: (steps) => steps,
  sweepRecords: (records) => records,
  conflicts: (conflicts) => conflicts,
  connection: (connection) => connection,
  operatorRecord: (record) => record,
  recover: (recover) => recover,
  spilled: (store) => store,
  request: (_, request) => request,
};
