/** What must be true of every run, whatever went wrong in it: functions of the trace and the final stores alone. */

import type { Millis } from "../../../core/callback.ts";
import type { Stores } from "../run/stores.ts";
import type { Trace } from "../run/trace.ts";
import type { Callback } from "../sent/callbacks.ts";
import { acknowledgedMeansDurable, negativeMeansNowhere } from "./acknowledged.ts";
import { attemptsAreThoseMade, nothingDiesOfItsAge, onlyCrashesAreCalledSo } from "./attempts.ts";
import { anotherIsTriedEachTime } from "./breaker.ts";
import { conflictsAreOpenOrDecided } from "./conflicts.ts";
import { deliveriesAreTheCallback, deliveriesInStoredOrder, nothingPassesADeadLetter } from "./deliveries.ts";
import { erasedStaysErased, everyRecordEnds, lettersMatchTheTable } from "./ends.ts";
import { eventsAreSentUntilAccepted } from "./events.ts";
import { findingsAreThoseOfTheLedger } from "./findings.ts";
import { whatRingsIsHandedOut } from "./handed-out.ts";
import { ledgerHoldsEachEventOnce, replayChangesNothing } from "./ledger.ts";
import { onlyWhatIsPoisonedDiesOfItself, whatGetsANewEpochIsRung } from "./poison.ts";
import { progressIsNeverUndone, resendsAreNotSwallowed } from "./progress.ts";
import { releasesKeepTheirRate, targetsAreApart } from "./targets.ts";
import { releasedInOrder, unverifiedChangesNothing, verifiedLateInOrder } from "./unverified.ts";

export interface Run {
  readonly callbacks: readonly Callback[];
  readonly trace: Trace;
  /** After healing. */
  readonly stores: Stores;
  /** Of each source, the target of its records. */
  readonly targets: ReadonlyMap<string, string>;
  /** What has not become quiet by then. */
  readonly restless: readonly string[];
  /** Record keys in the dead-letter queue. */
  readonly letters: readonly string[];
  /** Findings were looked for, with the last look at this time. */
  readonly lookedAt?: Millis;
  /** After everything has been replayed twice, where a run goes that far. */
  readonly replayed?: Stores;
}

export interface Violation {
  readonly invariant: InvariantName;
  readonly what: string;
}

/** Each says what happened, once per case; nothing when it holds. */
export type Invariant = (run: Run) => readonly string[];

export const invariants = {
  "I1 acknowledged means durable": acknowledgedMeansDurable,
  "I2 every record ends, or waits where a person sees why": everyRecordEnds,
  "I3 one effect per event in the ledger": ledgerHoldsEachEventOnce,
  "I4 deliveries of a contract come in stored order": deliveriesInStoredOrder,
  "I5 a rejection means that every store has failed, and the next answer is an acknowledgement": negativeMeansNowhere,
  "I6 replaying everything twice changes nothing": replayChangesNothing,
  "I7 nothing passes a dead letter or a hold of its contract": nothingPassesADeadLetter,
  "I8 what is not verified reaches neither ledger nor application": unverifiedChangesNothing,
  "I9 every delivery is the callback's own bytes under the record's one id": deliveriesAreTheCallback,
  "I10 a record's progress is never undone": progressIsNeverUndone,
  "I11 a resend is not swallowed by the queue": resendsAreNotSwallowed,
  "I12 a dead record has its letter, and a letter its dead record": lettersMatchTheTable,
  "I13 attempts are counted one by one, as they are made": attemptsAreThoseMade,
  "I16 a conflict is open until an operator's decision is carried out": conflictsAreOpenOrDecided,
  "I17 what is verified late is delivered in the order it came": verifiedLateInOrder,
  "I14 a record is given up as crashing only after consume has died five times": onlyCrashesAreCalledSo,
  "I15 one record never keeps the others of its target waiting": anotherIsTriedEachTime,
  "I18 nothing dies of its signature's age": nothingDiesOfItsAge,
  "I19 of several events each is sent until it is accepted": eventsAreSentUntilAccepted,
  "I20 what rings is handed out within seconds, whatever becomes of those before it": whatRingsIsHandedOut,
  "I21 what is kept as a finding is what the ledger makes one": findingsAreThoseOfTheLedger,
  "I22 what is found is rung for, whatever else is found": whatGetsANewEpochIsRung,
  "I23 only what is poisoned dies of itself": onlyWhatIsPoisonedDiesOfItself,
  "I24 what is released from quarantine is delivered in the order it came": releasedInOrder,
  "I25 the trouble of one target is nothing to another": targetsAreApart,
  "I26 a release goes no faster than an operator allows": releasesKeepTheirRate,
  "I27 what is erased stays erased": erasedStaysErased,
} satisfies Readonly<Record<string, Invariant>>;

export type InvariantName = keyof typeof invariants;

export const violationsOf = (run: Run): readonly Violation[] =>
  Object.entries(invariants).flatMap(([invariant, holds]) => holds(run).map((what) => ({ invariant: invariant as InvariantName, what })));
