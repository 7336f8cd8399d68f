/** What a doorbell asks for: the one place that knows which rings are stale. */

import type { Millis } from "../callback.ts";
import type { Doorbell } from "./doorbell.ts";
import { type Before, can } from "./events.ts";
import type { Dead, Progress, Settled } from "./progress.ts";

export type DoorbellCheck =
  | { readonly kind: "answer"; readonly known: Before<"begin"> | undefined }
  /** Its next attempt is not due yet. */
  | { readonly kind: "early"; readonly delayMs: number }
  /** Nothing to do, the message can go. */
  | { readonly kind: "stale"; readonly why: string }
  /** Settled, but those behind it have not been woken yet. */
  | { readonly kind: "wake followers"; readonly settled: Settled }
  /** Given up, but the dead letter may not have been sent yet. */
  | { readonly kind: "send dead letter"; readonly dead: Dead };

export const checkDoorbell = (doorbell: Doorbell, progress: Progress | undefined, now: Millis): DoorbellCheck => {
  if (!progress) return { kind: "answer", known: undefined };
  if (doorbell.epoch < progress.epoch) return { kind: "stale", why: `epoch ${doorbell.epoch} has been followed by ${progress.epoch}` };
  const { notBefore = now } = doorbell;
  if (progress.state === "retrying" && notBefore > now) return { kind: "early", delayMs: notBefore - now };
  if (can("begin", progress)) return { kind: "answer", known: progress };
  if (progress.state === "dead") return { kind: "send dead letter", dead: progress };
  if (progress.state === "scheduled") return { kind: "stale", why: "scheduled for later" };
  return progress.releasing ? { kind: "wake followers", settled: progress } : { kind: "stale", why: `already ${progress.state}` };
};
