/**
 * Everything that can happen to a record: in which states, and what it is then. The one table of the state machine: the types of
 * `transitions/` are made from it, a run outside it throws, and docs/architecture.md shows it.
 */
import { type In, isIn, type Progress, type RecordState, recordStates, settledStates } from "./progress.ts";

/** Its doorbell may be answered. `waiting` too: a doorbell can ring twice, and a waiting record checks again. */
const onItsWay = ["stored", "applied", "ready", "retrying", "waiting"] as const;
const inTheLedger = ["applied", "ready", "retrying", "waiting"] as const;

export const events = {
  begin: { by: "its turn", from: onItsWay, to: "same", says: "its doorbell is answered" },
  noteTurn: { by: "its turn", from: onItsWay, to: "same", says: "its doorbell was redelivered repeatedly: noted before its turn" },
  survive: { by: "its turn", from: onItsWay, to: "same", says: "that turn ended with an unknown error, and was no crash" },
  learn: { by: "its turn", from: onItsWay, to: "same", says: "the gateway's API was asked what its callback could not say" },
  readOn: { by: "its turn", from: onItsWay, to: "same", says: "a page of what is read back was kept" },
  apply: {
    by: "its turn",
    from: ["stored", "ready", "retrying", "waiting"],
    to: ["applied"],
    says: "its events are applied to the ledger",
  },
  enterLines: { by: "its turn", from: ["applied", "ready", "retrying"], to: "same", says: "takes its place in its contracts' lines" },
  waitBehind: { by: "its turn", from: inTheLedger, to: ["waiting"], says: "another record of its contract is before it" },
  waitForContract: { by: "its turn", from: inTheLedger, to: ["waiting"], says: "its contract is held" },
  waitForTarget: { by: "its turn", from: inTheLedger, to: ["waiting"], says: "its target is held" },
  failUnderHold: { by: "its turn", from: inTheLedger, to: ["waiting"], says: "its attempt failed, and its target is held" },
  lookAgain: { by: "its turn", from: inTheLedger, to: ["scheduled"], says: "its contract is held, and it is in no line" },
  retry: {
    by: "its turn",
    from: onItsWay,
    to: ["retrying"],
    says: "408, 425, 429, 5xx or no answer, also from the read-back API; 400, 404 or 409 that may only be too early",
  },
  schedule: { by: "its turn", from: onItsWay, to: ["scheduled"], says: "failing for 15 minutes" },
  postpone: {
    by: "its turn",
    from: ["stored", "applied", "ready", "retrying", "scheduled"],
    to: ["scheduled"],
    says: "its bytes cannot be read for now",
  },
  defer: {
    by: "its turn",
    from: inTheLedger,
    to: ["scheduled"],
    says: "its secret cannot be read, or its signature is refused as too old",
  },
  setAside: {
    by: "its turn",
    from: [...onItsWay, "scheduled"],
    to: ["dead"],
    says: "its bytes are gone or unreadable for a day, the ledger cannot hold it, or it crashes the sweep",
  },
  giveUp: { by: "its turn", from: onItsWay, to: ["dead"], says: "any other answer, out of attempts, cannot be parsed, or crashes consume" },
  accept: { by: "its turn", from: inTheLedger, to: ["applied"], says: "2xx to one of its events, and others are still to be sent" },
  acceptAfterAll: {
    by: "its turn",
    from: ["discarded"],
    to: "same",
    says: "2xx to one of its events that was in flight when it was discarded",
  },
  goOn: {
    by: "its turn",
    from: onItsWay,
    to: ["ready"],
    says: "some of its events are accepted, or some of it is read back, and the time for this turn is over",
  },
  deliver: { by: "its turn", from: inTheLedger, to: ["delivered"], says: "2xx" },
  deliverAfterAll: {
    by: "its turn",
    from: ["discarded"],
    to: ["delivered"],
    says: "2xx to an attempt that was in flight when it was discarded",
  },
  stayDelivered: {
    by: "its turn",
    from: inTheLedger,
    to: ["delivered"],
    says: "delivered before, and its replay is refused for its signature's age",
  },
  ignore: {
    by: "its turn",
    from: inTheLedger,
    to: ["ignored"],
    says: "the target ignores all of its events; it is the application's own word; or it was found in an export",
  },
  leaveOut: {
    by: "its turn",
    from: onItsWay,
    to: ["ignored"],
    says: "it says that it is a test, and its source is for real payments; or the reverse",
  },
  recognize: {
    by: "its turn",
    from: onItsWay,
    to: ["ignored"],
    says: "it was recorded before, under the key that its id had in an earlier version",
  },
  followersWoken: { by: "its turn", from: settledStates, to: "same", says: "those that waited behind it have been woken" },
  wake: {
    by: "the one before it",
    from: ["waiting"],
    to: ["ready"],
    says: "the one before it is settled, or its contract's hold is lifted",
  },
  release: { by: "the release", from: ["waiting"], to: ["ready"], says: "its target's hold is released" },
  find: {
    by: "the sweep",
    from: ["stored", "applied", "ready", "retrying"],
    to: "same",
    says: "nothing happened to it within the grace time, or the queue gave its doorbell up",
  },
  ring: { by: "the sweep", from: ["stored", "applied", "ready", "retrying"], to: "same", says: "due, and rung for again" },
  ringForFollowers: { by: "the sweep", from: settledStates, to: "same", says: "those that waited behind it may not have been woken" },
  fallDue: { by: "the sweep", from: ["scheduled"], to: ["retrying", "ready"], says: "its time has come" },
  verifyLater: { by: "the sweep", from: ["stored"], to: "same", says: "its secret still cannot be read" },
  verifiedLate: { by: "the sweep", from: ["stored"], to: ["ignored"], says: "genuine, and recorded under its own key" },
  disprove: { by: "the sweep", from: ["stored"], to: ["ignored"], says: "not genuine" },
  expire: {
    by: "the sweep",
    from: ["stored", "applied", "ready", "retrying", "scheduled"],
    to: ["ignored"],
    says: "its retention time is over",
  },
  replay: {
    by: "an operator",
    from: ["applied", "ready", "retrying", "scheduled", "waiting", "dead", ...settledStates],
    to: ["ready"],
    says: "replayed",
  },
  verifyAgain: {
    by: "an operator",
    from: ["stored", "dead", "ignored", "discarded"],
    to: ["stored"],
    says: "replayed, and not verified yet",
  },
  discard: { by: "an operator", from: [...inTheLedger, "scheduled", "dead"], to: ["discarded"], says: "discarded, with a reason" },
  erase: { by: "an operator", from: recordStates, to: settledStates, says: "erased on a person's request" },
  place: {
    by: "an operator",
    from: ["stored"],
    to: "same",
    says: "released from quarantine, or found in an export (also by `compare`): takes its place in its contracts' lines before the next is recorded",
  },
  dismiss: { by: "an operator", from: ["stored"], to: ["discarded"], says: "released or dismissed in quarantine" },
} as const satisfies Readonly<Record<string, LifecycleEvent>>;

export interface LifecycleEvent {
  readonly by: "its turn" | "the one before it" | "the sweep" | "the release" | "an operator";
  readonly from: readonly RecordState[];
  readonly to: readonly RecordState[] | "same";
  readonly says: string;
}

export type EventName = keyof typeof events;

/** A record to which it can happen. */
export type Before<Event extends EventName> = In<(typeof events)[Event]["from"][number]>;

/** What the record is afterwards. */
export type After<Event extends EventName> = (typeof events)[Event]["to"] extends readonly (infer State extends RecordState)[]
  ? In<State>
  : Before<Event>;

/** For what comes out of the table, whose state is not known beforehand. */
export const can = <Event extends EventName>(event: Event, progress: Progress): progress is Before<Event> =>
  isIn(progress, events[event].from);
