/**
 * The product broken on purpose, one promise at a time, and the invariant that has to find each of them out: in a story of the matrix in
 * which nothing else goes wrong, or in one of the matrix's single faults, which the product as it is survives.
 */
import type { InvariantName } from "../invariants/invariants.ts";
import type { Kind } from "../run/kinds.ts";
import type { Mutant } from "../run/mutant.ts";
import * as consume from "./consume.ts";
import * as operator from "./operator.ts";
import * as receive from "./receive.ts";
import * as release from "./release.ts";
import * as sweep from "./sweep.ts";
import * as tables from "./tables.ts";

export interface Breakage {
  readonly mutant: Mutant;
  readonly promise: "P1" | "P2" | "P3" | "P4" | "P5" | "P6" | "P7" | "P8";
  readonly by: InvariantName;
  readonly story: string;
  readonly fault?: { readonly at: string; readonly kind: Kind };
}

export const breakages = {
  "acknowledging before the write": {
    mutant: receive.acknowledgedBeforeTheWrite,
    promise: "P1",
    by: "I1 acknowledged means durable",
    story: "The happy path",
  },
  "spilling into nowhere": {
    mutant: receive.spilledIntoNowhere,
    promise: "P1",
    by: "I1 acknowledged means durable",
    story: "The table cannot be written",
  },
  "emptying the spill before it is recorded": {
    mutant: receive.spillEmptiedTooEarly,
    promise: "P1",
    by: "I1 acknowledged means durable",
    story: "The table cannot be written",
  },
  "forgetting what was spilled and cannot be recorded": {
    mutant: receive.spillForgotten,
    promise: "P1",
    by: "I1 acknowledged means durable",
    story: "The table cannot be written",
  },
  "dropping the condition of the put (attribute_not_exists)": {
    mutant: tables.recordOverwritten,
    promise: "P3",
    by: "I1 acknowledged means durable",
    story: "The same id with other bytes",
  },
  "spilling nothing": {
    mutant: receive.nothingSpilled,
    promise: "P2",
    by: "I5 a rejection means that every store has failed, and the next answer is an acknowledgement",
    story: "The table cannot be written",
  },
  "rejecting what is there already": {
    mutant: receive.redeliveryRefused,
    promise: "P3",
    by: "I5 a rejection means that every store has failed, and the next answer is an acknowledgement",
    story: "The happy path",
    fault: { at: "receive: DynamoDB PutItem record #1", kind: "answer lost" },
  },
  "removing the sweep": {
    mutant: sweep.noSweep,
    promise: "P4",
    by: "I2 every record ends, or waits where a person sees why",
    story: "The stream is silent",
  },
  "not delivering what the ledger calls unchanged": {
    mutant: consume.unchangedNotDelivered,
    promise: "P4",
    by: "I2 every record ends, or waits where a person sees why",
    story: "The stream is silent",
    fault: { at: "consume: DynamoDB TransactWriteItems ledger entry + progress #1", kind: "died after" },
  },
  "settling before delivering": {
    mutant: consume.settledBeforeDelivered,
    promise: "P4",
    by: "I2 every record ends, or waits where a person sees why",
    story: "A dead letter is discarded",
  },
  "not waking those that wait": {
    mutant: consume.followersNotWoken,
    promise: "P4",
    by: "I2 every record ends, or waits where a person sees why",
    story: "A dead letter, and what waits behind it",
  },
  "ringing again without a new epoch": {
    mutant: sweep.epochKept,
    promise: "P4",
    by: "I11 a resend is not swallowed by the queue",
    story: "A target on hold",
  },
  "giving up without a dead letter": {
    mutant: consume.noDeadLetter,
    promise: "P4",
    by: "I12 a dead record has its letter, and a letter its dead record",
    story: "A callback that cannot be parsed, and one that is forged",
  },
  "losing count of the attempts": {
    mutant: consume.attemptsLost,
    promise: "P4",
    by: "I13 attempts are counted one by one, as they are made",
    story: "The application is down for a while",
  },
  "leaving a retry in its contract's group": {
    mutant: consume.retryInItsGroup,
    promise: "P5",
    by: "I20 what rings is handed out within seconds, whatever becomes of those before it",
    story: "What follows a failed attempt",
  },
  "counting attempts by the queue's receive count": {
    mutant: consume.receivesCounted,
    promise: "P4",
    by: "I13 attempts are counted one by one, as they are made",
    story: "The happy path",
    fault: { at: "consume: DynamoDB GetItem hold #1", kind: "service down" },
  },
  "trying the same record each time": {
    mutant: release.sameRecordTried,
    promise: "P4",
    by: "I15 one record never keeps the others of its target waiting",
    story: "One kind of event cannot be taken",
  },
  "dropping the check of the revision": {
    mutant: tables.revisionUnchecked,
    promise: "P5",
    by: "I10 a record's progress is never undone",
    story: "The happy path",
    fault: { at: "consume: DynamoDB PutItem progress #1", kind: "answer lost" },
  },
  "taking a refusal of the stores for a crash": {
    mutant: consume.survivalNotNoted,
    promise: "P4",
    by: "I14 a record is given up as crashing only after consume has died five times",
    story: "The ledger refuses one contract for an hour",
  },
  "not noticing that a record crashes consume": {
    mutant: consume.turnNotNoted,
    promise: "P4",
    by: "I2 every record ends, or waits where a person sees why",
    story: "A record crashes consume",
  },
  "taking a stale signature for a refusal": {
    mutant: consume.staleTakenForRefused,
    promise: "P4",
    by: "I18 nothing dies of its signature's age",
    story: "Signatures age while the application is down",
  },
  "sending what was accepted again": {
    mutant: consume.acceptedForgotten,
    promise: "P7",
    by: "I19 of several events each is sent until it is accepted",
    story: "Several events, and the time is over",
  },
  "going on behind the event that failed": {
    mutant: consume.failedEventSkipped,
    promise: "P4",
    by: "I19 of several events each is sent until it is accepted",
    story: "Several events, and the time is over",
  },
  "marking as applied what the ledger does not have": {
    mutant: consume.ledgerNotTold,
    promise: "P5",
    by: "I3 one effect per event in the ledger",
    story: "The happy path",
  },
  "leaving a payment's events where they came, without joining them": {
    mutant: consume.paymentsNotJoined,
    promise: "P5",
    by: "I3 one effect per event in the ledger",
    story: "A refund names its payment alone",
  },
  "adding to the ledger instead of keeping a set": {
    mutant: consume.ledgerAddsUp,
    promise: "P5",
    by: "I6 replaying everything twice changes nothing",
    story: "The happy path",
  },
  "delivering past a dead letter": {
    mutant: consume.lineNotLookedAt,
    promise: "P6",
    by: "I7 nothing passes a dead letter or a hold of its contract",
    story: "A dead letter, and what waits behind it",
  },
  "dead letters that are not in the line": {
    mutant: consume.deadNotInLine,
    promise: "P6",
    by: "I4 deliveries of a contract come in stored order",
    story: "A dead letter, and what waits behind it",
  },
  "ringing again without a place in the line": {
    mutant: sweep.placeLost,
    promise: "P6",
    by: "I4 deliveries of a contract come in stored order",
    story: "The queue is long",
  },
  "delivering what was parsed instead of the bytes": {
    mutant: consume.parsedBytesDelivered,
    promise: "P7",
    by: "I9 every delivery is the callback's own bytes under the record's one id",
    story: "The happy path",
  },
  "forgetting when it came what is verified late": {
    mutant: sweep.receiptForgotten,
    promise: "P6",
    by: "I17 what is verified late is delivered in the order it came",
    story: "Two of one contract wait for their secret",
  },
  "overlooking what came under a known id": {
    mutant: sweep.conflictsOverlooked,
    promise: "P4",
    by: "I16 a conflict is open until an operator's decision is carried out",
    story: "The same id with other bytes",
  },
  "closing a conflict without recording the other": {
    mutant: operator.decisionNotCarriedOut,
    promise: "P4",
    by: "I16 a conflict is open until an operator's decision is carried out",
    story: "A conflict is decided",
  },
  "delivering what is not verified": {
    mutant: receive.proofSkipped,
    promise: "P8",
    by: "I8 what is not verified reaches neither ledger nor application",
    story: "A callback that cannot be parsed, and one that is forged",
  },
  "looking for findings in the callback's own line alone": {
    mutant: consume.contractsNotLookedAt,
    promise: "P5",
    by: "I21 what is kept as a finding is what the ledger makes one",
    story: "What is found, and closes itself",
  },
  "letting one record end the sweep's round for all": {
    mutant: sweep.roundEndedByOne,
    promise: "P4",
    by: "I22 what is found is rung for, whatever else is found",
    story: "Poison in every place",
  },
  "taking ids from outside as they are": {
    mutant: consume.idsUnbounded,
    promise: "P4",
    by: "I23 only what is poisoned dies of itself",
    story: "Ids that cannot be keys",
  },
  "knowing what is not verified yet by its body alone": {
    mutant: receive.unverifiedKnownByBody,
    promise: "P1",
    by: "I2 every record ends, or waits where a person sees why",
    story: "The same is said twice while the secret cannot be read",
  },
  "releasing the newest first": {
    mutant: operator.newestReleasedFirst,
    promise: "P6",
    by: "I24 what is released from quarantine is delivered in the order it came",
    story: "Released from quarantine",
  },
  "holding all targets for one": {
    mutant: consume.oneHoldForAll,
    promise: "P4",
    by: "I25 the trouble of one target is nothing to another",
    story: "Two targets, and one of them is down",
  },
  "releasing faster than the operator allows": {
    mutant: release.rateIgnored,
    promise: "P4",
    by: "I26 a release goes no faster than an operator allows",
    story: "Two targets are resumed at different rates",
  },
  "recording again what was erased": {
    mutant: tables.recordOverwritten,
    promise: "P3",
    by: "I27 what is erased stays erased",
    story: "A person is erased",
  },
} satisfies Readonly<Record<string, Breakage>>;

export type BreakageName = keyof typeof breakages;
