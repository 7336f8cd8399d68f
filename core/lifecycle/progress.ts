/**
 * What happens to a record after it is stored. The record itself never changes; this small item beside it does. Each state has
 * its own fields, so that none can lack its cause; `events.ts` says how one becomes another, and docs/architecture.md draws it.
 */
import type { Millis } from "../callback.ts";
import { type CallbackRecord, lineOrder, type RecordKey, splitKey } from "../record.ts";
import type { Accepted } from "./accepted.ts";
import {
  type AsRecorded,
  answerIn,
  type Cause,
  type ContractHeld,
  type DeathCause,
  type DiscardedCause,
  type FailureCause,
  type IgnoredCause,
  type ReadyCause,
  type UnverifiedCause,
  type WaitCause,
} from "./cause.ts";
import { groupOf } from "./doorbell.ts";

export const recordStates = [
  "stored",
  "applied",
  "ready",
  "retrying",
  "scheduled",
  "waiting",
  "dead",
  "delivered",
  "ignored",
  "discarded",
] as const;

export type RecordState = (typeof recordStates)[number];

export const settledStates = ["delivered", "ignored", "discarded"] as const satisfies readonly RecordState[];

/** Nothing more happens unless it is replayed. */
export const isSettled = (state: RecordState): boolean => settledStates.some((settled) => settled === state);

/** What is known about a record in every state. */
export interface Facts {
  readonly key: RecordKey;
  /** When this state was entered. */
  readonly at: Millis;
  /** Raised whenever the record is sent again. A doorbell of an older epoch is stale. */
  readonly epoch: number;
  /** Raised by every save. What was decided on an older revision is not written. */
  readonly revision: number;
  /**
   * Failed delivery attempts, and the one that succeeded; an operator's replay starts again at 0. Of several events, those at the one that
   * is next: each that the target accepts starts again at 0.
   */
  readonly attempts: number;
  /** The record's place in its contracts' lines. */
  readonly order: string;
  readonly source: string;
  readonly group: string;
  /** Ids of the contracts its events concern; empty until it was parsed, or when they concern none. */
  readonly contracts: readonly string[];
  /** Whether the ledger has its events. Stays true through every later state. */
  readonly applied: boolean;
  /** When the ledger was first given them; a replay changes nothing about that. */
  readonly heardAt?: Millis;
  /** Whether it has entries in its contracts' lines, so that those after it wait. */
  readonly inLine: boolean;
  /** What the application answered when it took the record; a replay of what was delivered keeps it until it is settled again. */
  readonly acceptedBefore?: string;
  /** Of several events, those that the target has accepted; they are not sent again. Forgotten when all of them are. */
  readonly accepted?: Accepted;
  /** What is kept of reading back what its callback could not say, in this run. */
  readonly readSoFar?: ReadSoFar;
  /** It had failed before the hold on its target was released: what it does from then on says nothing about the target. */
  readonly suspect?: true;
  /** An operator has asked for it again, at any time: what was found in an export, and was only to be entered, is delivered from then on. */
  readonly replayed?: true;
  /** What neither its callback nor the gateway's API could say: a sentence for people. */
  readonly lacking?: string;
  /** Turns in a row that were noted before they began, and have not ended. Its next state forgets them. */
  readonly turnsNotEnded?: number;
  /** Event types it carried, for lists. */
  readonly types?: readonly string[];
  /** When it was erased: nothing of it can be read or sent any more. */
  readonly erasedAt?: Millis;
}

export interface ReadSoFar {
  readonly since: Millis;
  readonly pages: number;
}

/** Recorded; nothing else has happened (also when no progress is written at all). */
export interface Stored extends Facts {
  readonly state: "stored";
  /** When the sweep is to look at it. Absent: relay has rung for it, and the audit will look. */
  readonly dueAt?: Millis;
  /** Why it could not be verified yet. */
  readonly cause?: UnverifiedCause;
}

/** The ledger knows it; its delivery is in flight. */
export interface Applied extends Facts {
  readonly state: "applied";
  readonly dueAt?: Millis;
  /** First failure to read back, which came before. */
  readonly failingSince?: Millis;
}

/** Woken, released or replayed: its doorbell rings or is about to, and no attempt of this run has failed. */
export interface Ready extends Facts {
  readonly state: "ready";
  readonly dueAt: Millis;
  readonly cause: ReadyCause;
}

/** Since when attempts have failed, from which the 15 minutes in the queue are counted, and the result of the last. */
export interface Failing {
  readonly failingSince: Millis;
  readonly cause: FailureCause;
}

/** An attempt failed; the queue redelivers it, or the sweep when the queue does not. */
export interface Retrying extends Facts, Failing {
  readonly state: "retrying";
  readonly dueAt: Millis;
}

/** The next attempt is far away; the sweep rings for it. Also for a record in no line whose contract is held. */
export type Scheduled = Facts & { readonly state: "scheduled"; readonly dueAt: Millis } & (
    | Failing
    | { readonly failingSince?: never; readonly cause: ContractHeld | AsRecorded }
  );

/** Behind another record of its contract, or behind a hold. The one before it wakes it; the clock does not. */
export interface Waiting extends Facts {
  readonly state: "waiting";
  readonly cause: WaitCause;
}

/** Given up for now; an operator is needed. */
export interface Dead extends Facts {
  readonly state: "dead";
  readonly cause: DeathCause;
  readonly failingSince?: Millis;
  /** What is in the table cannot be read; this stands for it until the record is given up in the table too. */
  readonly isUnreadable?: true;
}

/** Those that waited behind it may still have to be woken; the sweep looks until they are. */
type Followers = { readonly releasing: true; readonly dueAt: Millis } | { readonly releasing?: never; readonly dueAt?: never };

export type Delivered = Facts & Followers & { readonly state: "delivered"; readonly answer: string };

/** By rule. */
export type Ignored = Facts & Followers & { readonly state: "ignored"; readonly cause: IgnoredCause };

/** By an operator. */
export type Discarded = Facts & Followers & { readonly state: "discarded"; readonly cause: DiscardedCause };

export type Settled = Delivered | Ignored | Discarded;
export type Progress = Stored | Applied | Ready | Retrying | Scheduled | Waiting | Dead | Settled;

export type In<State extends RecordState> = Extract<Progress, { readonly state: State }>;

export const isIn = <State extends RecordState>(progress: Progress, states: readonly State[]): progress is In<State> =>
  states.some((state) => state === progress.state);

/** The progress of a record for which none is written: relay has rung for it, or nothing has. */
export const untouched = (record: Pick<CallbackRecord, "key" | "storedAt" | "orderedAt">, now: Millis): Stored => {
  const { source } = splitKey(record.key);
  return {
    key: record.key,
    state: "stored",
    at: now,
    epoch: 0,
    revision: 0,
    attempts: 0,
    order: lineOrder(record),
    source,
    group: groupOf(source, record.key, []),
    contracts: [],
    applied: false,
    inLine: false,
  };
};

/** When the sweep is to look at it; undefined when something else moves it on. */
export const dueAtOf = (progress: Progress): Millis | undefined => ("dueAt" in progress ? progress.dueAt : undefined);

export const causeOf = (progress: Progress): Cause | undefined => ("cause" in progress ? progress.cause : undefined);

export const failingSinceOf = (progress: Progress): Millis | undefined => ("failingSince" in progress ? progress.failingSince : undefined);

/** By the application, which takes the gateway's signature to be too old. */
export const isRefusedForAge = (progress: Progress): boolean => causeOf(progress)?.kind === "signature too old";

/** The target whose hold it waits for. */
export const heldBy = (progress: Progress): string | undefined =>
  progress.state === "waiting" && progress.cause.kind === "target held" ? progress.cause.target : undefined;

/** What the application answered last. */
export const answerOf = (progress: Progress): string | undefined => {
  if (progress.state === "delivered") return progress.answer;
  const cause = causeOf(progress);
  return cause && answerIn(cause);
};
