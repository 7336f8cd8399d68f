/** What becomes of a doorbell, and where it came from. */
import type { Doorbell } from "../../../core/lifecycle/doorbell.ts";

export type Answer =
  /** It can go. `next` has been waiting behind this record and may be answered at once. */
  | { readonly kind: "done"; readonly next?: Doorbell }
  /** It is to come again after that time. */
  | { readonly kind: "again"; readonly delayMs: number };

/** A message in the queue, which can come again, or the line, whose follower has no message any more. */
export type Ring = "queue" | "line";
