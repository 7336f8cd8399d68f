/** What is found now, held against what is kept: what has to be raised, brought up to date, or closed. */
import type { Millis } from "../../callback.ts";
import type { Finding } from "../finding.ts";
import { afterEvent } from "./events.ts";
import { isOpen, type StoredFinding } from "./stored.ts";

/** `updated`: it is open, and there is more to say of it, or less. */
export type ChangeKind = "raised" | "reopened" | "updated" | "closed";

export interface Change {
  readonly kind: ChangeKind;
  readonly before: StoredFinding | undefined;
  readonly after: StoredFinding;
}

/**
 * @param kept all that is kept about the subjects that were looked at. One about another subject would be closed.
 * @returns nothing for what has not changed: looking twice changes nothing
 */
export const changesOf = (found: readonly Finding[], kept: readonly StoredFinding[], now: Millis): readonly Change[] => {
  const byId = new Map(kept.map((one) => [one.finding.id, one]));
  const ids = new Set(found.map(({ id }) => id));
  return [
    ...found.flatMap((finding) => {
      const before = byId.get(finding.id);
      if (!before) return [{ kind: "raised" as const, before, after: raised(finding, now) }];
      return changed(before, afterEvent(before, { kind: "seen", finding }, now));
    }),
    ...kept.filter(({ finding }) => !ids.has(finding.id)).flatMap((before) => changed(before, afterEvent(before, { kind: "gone" }, now))),
  ];
};

const raised = (finding: Finding, now: Millis): StoredFinding => ({
  finding,
  standing: { state: "open" },
  raisedAt: now,
  changedAt: now,
  notes: [],
  revision: 0,
});

const changed = (before: StoredFinding, after: StoredFinding | undefined): readonly Change[] => {
  if (!after || after === before) return [];
  if (after.standing.state === "closed") return [{ kind: "closed", before, after }];
  return [{ kind: isOpen(before) ? "updated" : "reopened", before, after }];
};
