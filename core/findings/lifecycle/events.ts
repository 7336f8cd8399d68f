/**
 * What can happen to a kept finding, and what becomes of it: the one table of states and events. Undefined where an event does not apply to a
 * state; the finding itself where nothing changes.
 */
import { isDeepStrictEqual } from "node:util";
import type { Millis } from "../../callback.ts";
import type { Finding } from "../finding.ts";
import type { FindingState, Note, Standing, StoredFinding } from "./stored.ts";

export type FindingEvent =
  /** Its cause stands, as found now. */
  | { readonly kind: "seen"; readonly finding: Finding }
  /** Its cause does not stand any more. */
  | { readonly kind: "gone" }
  | { readonly kind: "take"; readonly by: string }
  | { readonly kind: "handle"; readonly by: string; readonly why: string }
  | { readonly kind: "dismiss"; readonly by: string; readonly why: string }
  | { readonly kind: "reopen"; readonly by: string }
  | { readonly kind: "note"; readonly by: string; readonly text: string };

type EventOf<Kind extends FindingEvent["kind"]> = Extract<FindingEvent, { readonly kind: Kind }>;

type Step<Kind extends FindingEvent["kind"]> = (before: StoredFinding, event: EventOf<Kind>, now: Millis) => StoredFinding | undefined;

/** The compiler sees that every state answers every event. */
type Table = { readonly [Kind in FindingEvent["kind"]]: Readonly<Record<FindingState, Step<Kind>>> };

/** Beyond these the oldest go: an item has to hold them, and the audit trail keeps all. */
const mostNotes = 50;

const to = (before: StoredFinding, standing: Standing, now: Millis): StoredFinding => ({ ...before, standing, changedAt: now });

const update: Step<"seen"> = (before, { finding }) => (isDeepStrictEqual(before.finding, finding) ? before : { ...before, finding });
const raiseAgain: Step<"seen"> = (before, { finding }, now) => to({ ...before, finding }, { state: "open" }, now);
/** What was found later than what was handled: it has happened once more. Keeping a sibling is decided once (R-SIBLING 2). */
const afterHandling: Step<"seen"> = (before, event, now) =>
  event.finding.severity !== "notice" && event.finding.last > before.finding.last ? raiseAgain(before, event, now) : before;

const close: Step<"gone"> = (before, _, now) => to(before, { state: "closed", at: now }, now);
const take: Step<"take"> = (before, { by }, now) => to(before, { state: "acknowledged", owner: by, at: now }, now);
const handle: Step<"handle"> = (before, { by, why }, now) => to(before, { state: "handled", by, at: now, why }, now);
const dismiss: Step<"dismiss"> = (before, { by, why }, now) => to(before, { state: "dismissed", by, at: now, why }, now);
const reopen: Step<"reopen"> = (before, _, now) => to(before, { state: "open" }, now);
const note: Step<"note"> = (before, { by, text }, at) => {
  const one: Note = { by, at, text };
  return { ...before, notes: [...before.notes, one].slice(-mostNotes) };
};

const stays = (before: StoredFinding): StoredFinding => before;
const never = (): undefined => undefined;

export const table: Table = {
  seen: { open: update, acknowledged: update, handled: afterHandling, dismissed: stays, closed: raiseAgain },
  gone: { open: close, acknowledged: close, handled: stays, dismissed: stays, closed: stays },
  take: { open: take, acknowledged: take, handled: never, dismissed: never, closed: never },
  handle: { open: handle, acknowledged: handle, handled: never, dismissed: never, closed: never },
  dismiss: { open: dismiss, acknowledged: dismiss, handled: dismiss, dismissed: never, closed: never },
  reopen: { open: never, acknowledged: reopen, handled: reopen, dismissed: reopen, closed: never },
  note: { open: note, acknowledged: note, handled: note, dismissed: note, closed: note },
};

/** Undefined: an operator's event that does not apply to the state. Itself: nothing changes. */
export const afterEvent = (before: StoredFinding, event: FindingEvent, now: Millis): StoredFinding | undefined => {
  const step = table[event.kind][before.standing.state] as Step<FindingEvent["kind"]>;
  return step(before, event as EventOf<FindingEvent["kind"]>, now);
};

/** The states to which an operator's event applies, to say so where it does not. */
export const statesFor = (kind: FindingEvent["kind"]): readonly FindingState[] =>
  (Object.keys(table[kind]) as FindingState[]).filter((state) => table[kind][state] !== never);
