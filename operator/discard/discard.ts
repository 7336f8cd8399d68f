/** An operator's decision that a record is not delivered. */
import type { Millis } from "../../core/callback.ts";
import { can } from "../../core/lifecycle/events.ts";
import { isIn, isSettled, type Progress } from "../../core/lifecycle/progress.ts";
import { discard } from "../../core/lifecycle/transitions/operator.ts";
import type { RecordKey } from "../../core/record.ts";
import type { Audit } from "../../io/ledger/audit.ts";
import type { Ledger } from "../../io/ledger/ledger.ts";
import type { Reason } from "../hold/hold.ts";

interface DiscardDependencies {
  readonly ledger: Ledger;
  readonly audit: Audit;
  readonly clock: () => Millis;
}

type Discarded =
  /** `mayBeInFlight`: its turn had come, and an attempt may succeed yet, which then counts. */
  | { readonly kind: "discarded"; readonly followersWait: boolean; readonly mayBeInFlight: boolean }
  | { readonly kind: "settled before"; readonly state: Progress["state"] }
  /** Being processed, perhaps not in the ledger yet, or changed meanwhile. Nothing was done. */
  | { readonly kind: "busy" }
  /** Nothing is written about it yet: it has just been stored, and its first attempt may be in flight. Nothing was done. */
  | { readonly kind: "not found" };

/**
 * Decides that a record is never delivered: an unneeded dead letter, or one that waits. The ledger keeps its events. Those that
 * wait behind it are released by the sweep within a minute, in stored order.
 */
export const discardRecord = async (
  { ledger, audit, clock }: DiscardDependencies,
  key: RecordKey,
  { by, why }: Reason,
): Promise<Discarded> => {
  const known = await ledger.progress(key);
  if (!known) return { kind: "not found" };
  if (isSettled(known.state)) return { kind: "settled before", state: known.state };
  // The ledger has to learn of it first: money moved, whether or not it is delivered.
  if (!can("discard", known) || (!known.applied && known.state !== "dead")) return { kind: "busy" };
  await audit.note({ at: clock(), by, what: "discard", to: key, why });
  const saved = await ledger.save(discard(known, { by, why }, clock()), known);
  return saved.kind === "overtaken"
    ? { kind: "busy" }
    : { kind: "discarded", followersWait: known.inLine, mayBeInFlight: isIn(known, ["applied", "ready", "retrying"]) };
};
