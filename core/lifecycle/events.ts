/**
 * Everything that can happen to a record: in which states, and what it is then. The one table of the state machine: the types of
 * `transitions.ts` are made from it, a run outside it throws, and docs/architecture.md shows it.
 */
import { type In, isIn, type Progress, type RecordState, settledStates } from "./progress.ts";

/** Its bell may be answered. `waiting` too: a bell can ring twice, and whoever waits looks again. */
const onItsWay = ["stored", "applied", "ready", "retrying", "waiting"] as const;
const inTheLedger = ["applied", "ready", "retrying", "waiting"] as const;

export const events = {
  begin: { by: "turn", from: onItsWay, to: "same", says: "its bell is answered" },
  learn: { by: "turn", from: onItsWay, to: "same", says: "the gateway's API was asked what its callback could not say" },
  apply: { by: "turn", from: ["stored", "ready", "retrying", "waiting"], to: ["applied"], says: "the ledger learns its events" },
  enterLines: { by: "turn", from: ["applied", "ready", "retrying"], to: "same", says: "takes its place in its contracts' lines" },
  waitBehind: { by: "turn", from: inTheLedger, to: ["waiting"], says: "another record of its contract stands before it" },
  waitForContract: { by: "turn", from: inTheLedger, to: ["waiting"], says: "its contract is held" },
  waitForTarget: { by: "turn", from: inTheLedger, to: ["waiting"], says: "its target is held" },
  lookAgain: { by: "turn", from: inTheLedger, to: ["scheduled"], says: "its contract is held, and it stands in no line" },
  retry: { by: "turn", from: onItsWay, to: ["retrying"], says: "408, 425, 429, 5xx, no answer" },
  schedule: { by: "turn", from: onItsWay, to: ["scheduled"], says: "failing for 15 minutes" },
  giveUp: { by: "turn", from: onItsWay, to: ["dead"], says: "any other answer, out of attempts, or cannot be parsed" },
  deliver: { by: "turn", from: inTheLedger, to: ["delivered"], says: "2xx" },
  ignore: { by: "turn", from: inTheLedger, to: ["ignored"], says: "no event of it is wanted" },
  followersWoken: { by: "turn", from: settledStates, to: "same", says: "those that waited behind it have been woken" },
  wake: { by: "turn", from: ["waiting"], to: ["ready"], says: "the one before it is settled, or its contract's hold is lifted" },
  release: { by: "sweep", from: ["waiting"], to: ["ready"], says: "its target's hold is released" },
  find: { by: "sweep", from: ["stored", "applied"], to: "same", says: "nobody has taken it further within the grace time" },
  ring: { by: "sweep", from: ["stored", "applied", "ready", "retrying"], to: "same", says: "due, and rung for again" },
  ringForFollowers: { by: "sweep", from: settledStates, to: "same", says: "those that waited behind it may not have been woken" },
  fallDue: { by: "sweep", from: ["scheduled"], to: ["retrying", "ready"], says: "its time has come" },
  verifyLater: { by: "sweep", from: ["stored"], to: "same", says: "its secret still cannot be read" },
  verifiedLate: { by: "sweep", from: ["stored"], to: ["ignored"], says: "genuine, and recorded under its own key" },
  disprove: { by: "sweep", from: ["stored"], to: ["dead"], says: "not genuine" },
  crash: { by: "sweep", from: [...onItsWay, "scheduled"], to: ["dead"], says: "consume failed on it again and again" },
  expire: {
    by: "sweep",
    from: ["stored", "applied", "ready", "retrying", "scheduled"],
    to: ["ignored"],
    says: "its retention time is over",
  },
  replay: {
    by: "person",
    from: ["applied", "ready", "retrying", "scheduled", "waiting", "dead", ...settledStates],
    to: ["ready"],
    says: "replayed",
  },
  verifyAgain: { by: "person", from: ["stored", "dead", "discarded"], to: ["stored"], says: "replayed, and not verified yet" },
  discard: { by: "person", from: [...inTheLedger, "scheduled", "dead"], to: ["discarded"], says: "discarded, with a reason" },
  dismiss: { by: "person", from: ["stored"], to: ["discarded"], says: "decided about in quarantine" },
} as const satisfies Readonly<Record<string, LifecycleEvent>>;

export interface LifecycleEvent {
  /** Whose doing it is: a doorbell's turn in consume, the sweep, or a person. */
  readonly by: "turn" | "sweep" | "person";
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

/** For what comes out of the table, whose state nobody knows beforehand. */
export const can = <Event extends EventName>(event: Event, progress: Progress): progress is Before<Event> =>
  isIn(progress, events[event].from);
