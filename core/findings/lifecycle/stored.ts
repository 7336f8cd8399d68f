/** A finding as it is kept: what was found last, and what operators have decided about it. */
import type { Millis } from "../../callback.ts";
import type { Finding } from "../finding.ts";

export const findingStates = ["open", "acknowledged", "handled", "dismissed", "closed"] as const;
export type FindingState = (typeof findingStates)[number];

export type Standing =
  | { readonly state: "open" }
  /** Somebody works on it. */
  | { readonly state: "acknowledged"; readonly owner: string; readonly at: Millis }
  /** Done, by somebody, for a reason. When it happens once more it is open again; a notice is not. */
  | { readonly state: "handled"; readonly by: string; readonly at: Millis; readonly why: string }
  /** Stays silent, whatever happens. */
  | { readonly state: "dismissed"; readonly by: string; readonly at: Millis; readonly why: string }
  /** By itself: its cause was gone. When the cause comes back it is open again. */
  | { readonly state: "closed"; readonly at: Millis };

export interface Note {
  readonly by: string;
  readonly at: Millis;
  readonly text: string;
}

export interface StoredFinding {
  /** As it was found last. Of one that is closed, as it was before. */
  readonly finding: Finding;
  readonly standing: Standing;
  readonly raisedAt: Millis;
  /** When its state last changed. */
  readonly changedAt: Millis;
  readonly notes: readonly Note[];
  /** Raised by every save; 0: not saved yet. */
  readonly revision: number;
}

/** Waits for an operator. */
export const isOpen = ({ standing }: Pick<StoredFinding, "standing">): boolean =>
  standing.state === "open" || standing.state === "acknowledged";
