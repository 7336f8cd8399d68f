/** The outcome of a doorbell, and where it came from. */
import type { Doorbell } from "../../../core/lifecycle/doorbell.ts";

export type Answer =
  /** It can be deleted. `next` was waiting behind this record and may be answered at once. */
  | { readonly kind: "done"; readonly next?: Doorbell }
  /** Its last turn did not end, or it is large: to be asked for again when nothing else is being answered. */
  | { readonly kind: "alone" }
  /** It is to be redelivered after that time. */
  | { readonly kind: "again"; readonly delayMs: number };

/**
 * A message in the queue, in its contract's group or in the record's own, which can be redelivered; or the line, whose follower no longer has a
 * message.
 */
export type Ring = "queue" | "apart" | "line";
