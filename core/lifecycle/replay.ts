/** What a replay does to a record, whatever its state. */
import type { Millis } from "../callback.ts";
import type { CallbackRecord } from "../record.ts";
import { sentenceOf } from "./cause-text.ts";
import { can } from "./events.ts";
import { causeOf, type Progress, type Ready, type Stored, untouched } from "./progress.ts";
import { replay, verifyAgain } from "./transitions/operator.ts";

export type Replay =
  /** To be saved, and then rung. */
  | { readonly kind: "ring"; readonly progress: Ready }
  /** Acknowledged unverified: to be saved; the sweep verifies it before anything else may happen. */
  | { readonly kind: "verify"; readonly progress: Stored }
  /** On its first pass: relay or sweep rings for it in stored order, and our ring would let it overtake those before it. */
  | { readonly kind: "under way" }
  /** Nothing to replay. */
  | { readonly kind: "left"; readonly why: string };

/** @param contracts those its events concern as they are read today; none when they cannot be read. */
export const planReplay = (
  record: Pick<CallbackRecord, "key" | "storedAt" | "orderedAt" | "verification">,
  known: Progress | undefined,
  { contracts, now }: { readonly contracts: readonly string[]; readonly now: Millis },
): Replay => {
  if (record.verification === "refused") return { kind: "left", why: "it could not be verified, and is in quarantine" };
  const progress = known ?? untouched(record, now);
  if (progress.erasedAt !== undefined) return { kind: "left", why: sentenceOf({ kind: "erased", at: progress.erasedAt }) };
  if (record.verification === "unverified") {
    const isOver = progress.state === "ignored" && progress.cause.kind !== "not genuine";
    if (!isOver && can("verifyAgain", progress)) return { kind: "verify", progress: verifyAgain(progress, now) };
    const cause = causeOf(progress);
    return { kind: "left", why: cause ? sentenceOf(cause) : `it is not verified yet, and ${progress.state}` };
  }
  return can("replay", progress) ? { kind: "ring", progress: replay(progress, { contracts }, now) } : { kind: "under way" };
};
