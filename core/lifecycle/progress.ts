/**
 * What happens to a record after it is stored. The record itself never changes; this small item beside it does.
 * docs/architecture.md draws these states as a chart.
 */
import type { Millis } from "../callback.ts";
import type { RecordKey } from "../record.ts";

export const recordStates = ["stored", "applied", "retrying", "scheduled", "waiting", "dead", "delivered", "ignored", "discarded"] as const;

/**
 * stored: recorded, nothing else has happened (also when no progress is written at all).
 * applied: the ledger knows it; the delivery is under way.
 * retrying: an attempt failed; the queue brings it again.
 * scheduled: an attempt failed and the next is far away; the sweep brings it again.
 * waiting: behind another record of its contract, or behind a hold.
 * dead: given up for now; a person is needed.
 * delivered, ignored, discarded (by a person, with a reason): settled. Nothing more happens unless somebody replays it.
 */
export type RecordState = (typeof recordStates)[number];

export const isSettled = (state: RecordState): boolean => state === "delivered" || state === "ignored" || state === "discarded";

export interface Progress {
  readonly key: RecordKey;
  readonly state: RecordState;
  /** When this state was entered. */
  readonly at: Millis;
  /** Raised whenever the record is sent again. A doorbell of an older epoch is stale. */
  readonly epoch: number;
  /** Raised by every save. What was decided on an older revision is not written. */
  readonly revision: number;
  /** Delivery attempts of this epoch's run; a replay by a person starts again at 0. */
  readonly attempts: number;
  /** The record's place in its contracts' lines. */
  readonly order: string;
  readonly source: string;
  readonly group: string;
  /** Ids of the contracts its events concern; empty until it was parsed, or when they concern none. */
  readonly contracts: readonly string[];
  /** Whether the ledger has its events. Stays true through every later state. */
  readonly applied: boolean;
  /** Whether it has entries in its contracts' lines, so that those after it wait. */
  readonly inLine: boolean;
  /** When the sweep is to look at it, while it is unsettled. */
  readonly dueAt?: Millis;
  /** First failure of the present run, from which the 15 minutes in the queue are counted. */
  readonly failingSince?: Millis;
  /** Why it is retrying, waiting, dead or ignored: a sentence for a person. */
  readonly reason?: string;
  /** The application's last answer, cut short: "503 Service Unavailable: ...". */
  readonly answer?: string;
  /** What its callback could not say and the gateway's API would not tell either: a sentence for a person. */
  readonly lacking?: string;
  /** Of a `waiting` record: the target whose hold it waits for. */
  readonly held?: string;
  /** Of a settled record with followers: they are still to be woken. */
  readonly releasing?: boolean;
  /** Event types it carried, for lists. */
  readonly types?: readonly string[];
}
