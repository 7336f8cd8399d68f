/**
 * A finding whose item is gone or cannot be read, put together again: what it is, is found again; what operators have decided about it is in the
 * audit trail, which nobody can change.
 */
import type { Millis } from "../../callback.ts";
import type { Finding } from "../finding.ts";
import { afterEvent, type FindingEvent } from "./events.ts";
import type { StoredFinding } from "./stored.ts";

/** An entry of the audit trail about one finding. */
export interface Deed {
  readonly at: Millis;
  readonly by: string;
  readonly what: string;
  readonly why?: string;
}

/** @param deeds all about it, oldest first; those of another kind change nothing */
export const fromDeeds = (finding: Finding, deeds: readonly Deed[], now: Millis): StoredFinding => {
  const raised = deeds.find(({ what }) => what === "finding raised")?.at ?? now;
  const first: StoredFinding = { finding, standing: { state: "open" }, raisedAt: raised, changedAt: raised, notes: [], revision: 0 };
  const last = deeds.reduce((before, deed) => {
    const event = events.get(deed.what)?.(deed, before);
    return (event && afterEvent(before, event, deed.at)) ?? before;
  }, first);
  // It was found a moment ago: one that closed itself before is open again.
  return afterEvent(last, { kind: "seen", finding }, now) ?? last;
};

/** What operators do, and what looks do besides bringing it up to date. */
type Meaning = (deed: Deed, kept: StoredFinding) => FindingEvent;

const events = new Map<string, Meaning>([
  ["finding take", ({ by }) => ({ kind: "take", by })],
  ["finding handle", ({ by, why = "" }) => ({ kind: "handle", by, why })],
  ["finding dismiss", ({ by, why = "" }) => ({ kind: "dismiss", by, why })],
  ["finding note", ({ by, why = "" }) => ({ kind: "note", by, text: why })],
  ["finding reopen", ({ by }) => ({ kind: "reopen", by })],
  // By a look: its cause came back, or it happened once more.
  [
    "finding reopened",
    ({ by }, { standing, finding }) => (standing.state === "closed" ? { kind: "seen", finding } : { kind: "reopen", by }),
  ],
  ["finding closed", () => ({ kind: "gone" })],
]);
