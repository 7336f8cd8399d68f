/**
 * An application that refuses a callback may only not be ready for it: a gateway's notice is often there before the order that it is about
 * has been written. Such a refusal gets a short grace before it makes a dead letter.
 */
import type { Millis } from "../callback.ts";
import type { Part } from "./cause.ts";
import { causeOf, type Progress } from "./progress.ts";
import type { Delivery, Verdict } from "./retry.ts";

/** What applications answer about an order that they do not know, or not in the state that the notice speaks of. */
const earlyStatuses = new Set([400, 404, 409]);

/**
 * The verdict, or, while the grace lasts, another attempt within it. It begins with the first refusal of this kind in a row: of a record that
 * waited for hours, the application may have been behind for as long.
 */
export const withGrace = (
  verdict: Verdict,
  delivery: Delivery,
  { before, graceSeconds, now }: { readonly before: Progress; readonly graceSeconds: number; readonly now: Millis },
): Verdict => {
  if (verdict.kind !== "give up" || verdict.cause.kind !== "refused") return verdict;
  if (delivery.kind !== "answered" || !earlyStatuses.has(delivery.status)) return verdict;
  const since = refusedSince(before, verdict.cause.part) ?? now;
  const leftMs = since + graceSeconds * 1000 - now;
  return leftMs > 0 ? { kind: "early", cause: { ...verdict.cause, kind: "refused early", since }, withinMs: leftMs } : verdict;
};

const refusedSince = (before: Progress, part: Part | undefined): Millis | undefined => {
  const cause = causeOf(before);
  return cause?.kind === "refused early" && cause.part?.event === part?.event ? cause.since : undefined;
};
