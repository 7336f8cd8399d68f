/**
 * A target put on hold: its callbacks are acknowledged, stored and known to the ledger, and wait, for weeks if needed. An
 * operator holds on purpose; the circuit breaker holds automatically while an application is plainly down.
 */
import type { Millis } from "../../callback.ts";
import type { RecordKey } from "../../record.ts";
import { heldBy, type Progress } from "../progress.ts";

export interface Hold {
  readonly target: string;
  readonly why: string;
  /** An operator's name, or `breaker`. */
  readonly by: string;
  readonly since: Millis;
  /** Raised by every save. */
  readonly revision: number;
  /** The breaker's: what was tried last was refused for the age of its signature. */
  readonly isForAge?: true;
  /** Being released, in stored order, at this many records a second. Absent: everything waits. */
  readonly ratePerSecond?: number;
  /** Since when at that rate. */
  readonly rateSince?: Millis;
  /** The operator's rate: the release goes no faster. Absent: as fast as the application can take it. */
  readonly limitPerSecond?: number;
  /** The rate that the next release begins with, where the last one was too fast for the application. */
  readonly startPerSecond?: number;
  /** The releases of all time before this have been made: whoever goes on with the release begins here. */
  readonly releasedUntil?: Millis;
  /** What was taken of the release a second, of late, and how long the quickest took. */
  readonly takenPerSecond?: number;
  readonly quickestMs?: number;
  /** The breaker's: the record tried last, to see whether the application answers again. */
  readonly probe?: RecordKey;
  readonly probedAt?: Millis;
  /** Where the next to be tried is looked for: among those stored at this time or later. Absent: from the oldest. */
  readonly probeFrom?: Millis;
  /** The breaker's: how far what waits was looked through for what goes elsewhere by now. */
  readonly looked?: Looked;
}

export interface Looked {
  /** Of which configuration: `destinationOf`. */
  readonly destination: string;
  /** What was stored before this was looked at. */
  readonly from: Millis;
  /** When all of it had been. */
  readonly doneAt?: Millis;
}

/** A hold as it is to be saved. */
export type HoldChange = Omit<Hold, "revision">;

export const breaker = "circuit breaker";

/** Held automatically, and not being released: records are tried one at a time. */
export type Probing = Hold & { readonly ratePerSecond?: never };

export const isProbing = (hold: Hold | undefined): hold is Probing => hold?.by === breaker && hold.ratePerSecond === undefined;

/**
 * Whether a record may go on to its delivery. One that waits for the hold is released, never let past. While a hold is being released
 * what arrives goes on too: the records before it in its contract's line hold it up, and nothing else does.
 */
export const mayPass = (hold: Hold | undefined, progress: Progress): boolean => {
  if (!hold) return true;
  if (heldBy(progress) === hold.target) return false;
  return hold.ratePerSecond !== undefined || hold.probe === progress.key;
};
