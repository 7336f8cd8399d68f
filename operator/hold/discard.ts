/** Deciding that a record is never to be delivered: a dead letter nobody needs, or one that waits. The ledger keeps its events. */
import type { Millis } from "../../core/callback.ts";
import { isSettled, type Progress } from "../../core/lifecycle/progress.ts";
import type { RecordKey } from "../../core/record.ts";
import type { Audit } from "../../io/ledger/audit.ts";
import type { Ledger } from "../../io/ledger/ledger.ts";
import type { Reason } from "./hold.ts";

export type Discarded =
  | { readonly kind: "discarded"; readonly followersWait: boolean }
  | { readonly kind: "settled before"; readonly state: Progress["state"] }
  /** Under way at this moment, perhaps before the ledger has heard of it, or changed by somebody else. Nothing was done. */
  | { readonly kind: "busy" }
  | { readonly kind: "not found" };

/** Those that wait behind it are released by the sweep within a minute, in stored order. */
export const discardRecord = async (
  { ledger, audit, clock }: { readonly ledger: Ledger; readonly audit: Audit; readonly clock: () => Millis },
  key: RecordKey,
  { by, why }: Reason,
): Promise<Discarded> => {
  const known = await ledger.progress(key);
  if (!known) return { kind: "not found" };
  if (isSettled(known.state)) return { kind: "settled before", state: known.state };
  // The ledger has to learn of it first: money moved, whoever is told of it.
  if (!known.applied && known.state !== "dead") return { kind: "busy" };
  await audit.note({ at: clock(), by, what: "discard", to: key, why });
  const { dueAt: _, held: __, ...rest } = known;
  const discarded: Progress = { ...rest, state: "discarded", at: clock(), inLine: false, reason: `${why} (${by})` };
  const saved = await ledger.save(known.inLine ? { ...discarded, releasing: true, dueAt: clock() } : discarded, known);
  return saved.kind === "overtaken" ? { kind: "busy" } : { kind: "discarded", followersWait: known.inLine };
};
