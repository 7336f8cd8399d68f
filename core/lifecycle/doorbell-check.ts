/** Whether a doorbell that rang is to be answered: the one place that knows which rings are stale. */
import type { Doorbell } from "./doorbell.ts";
import { isSettled, type Progress } from "./progress.ts";

export type Turn =
  | { readonly kind: "proceed" }
  /** Nothing to do, the message can go. */
  | { readonly kind: "stale"; readonly why: string }
  /** Settled, but those behind it have not been woken yet. */
  | { readonly kind: "release" }
  /** Given up, but the dead letter may not have been sent yet. */
  | { readonly kind: "bury" };

export const takeTurn = (doorbell: Doorbell, progress: Progress | undefined): Turn => {
  if (!progress) return { kind: "proceed" };
  if (doorbell.epoch < progress.epoch) return { kind: "stale", why: `epoch ${doorbell.epoch} has been followed by ${progress.epoch}` };
  if (progress.releasing) return { kind: "release" };
  if (isSettled(progress.state)) return { kind: "stale", why: `already ${progress.state}` };
  if (progress.state === "dead") return { kind: "bury" };
  if (progress.state === "scheduled") return { kind: "stale", why: "scheduled for later" };
  return { kind: "proceed" };
};
