/** What is worth trying again, and when. Decided here and nowhere else. */

import type { Millis } from "../callback.ts";
import type { RetryConfig } from "../config/config.ts";

/** What came of one delivery. */
export type Delivery =
  | { readonly kind: "delivered"; readonly answer: string }
  /** `retryAfterMs`: what the application asked for in Retry-After. */
  | { readonly kind: "answered"; readonly status: number; readonly answer: string; readonly retryAfterMs?: number }
  /** No answer: connection refused or reset, DNS, time-out. `permanent` when sending it again cannot help (a forbidden address). */
  | { readonly kind: "unanswered"; readonly reason: string; readonly permanent?: boolean };

export type Verdict = { readonly kind: "done" } | { readonly kind: "again" } | { readonly kind: "give up" };

/** 408 and 425 ask for another try in so many words, 429 for a later one; every 5xx says "not now". */
const transientStatuses = new Set([408, 425, 429]);

export const judge = (delivery: Delivery): Verdict["kind"] => {
  switch (delivery.kind) {
    case "delivered":
      return "done";
    case "answered":
      return transientStatuses.has(delivery.status) || delivery.status >= 500 ? "again" : "give up";
    case "unanswered":
      return delivery.permanent ? "give up" : "again";
    default:
      return delivery satisfies never;
  }
};

/** FIFO queues look at their first 120,000 messages only, so what fails for longer than this leaves the queue for the table. */
export const queuePatienceMs = 15 * 60_000;

/** What to do after a failed attempt. `random` is in [0, 1). */
export const nextAttempt = (failure: {
  readonly attempts: number;
  readonly failingSince: Millis;
  readonly now: Millis;
  readonly retryAfterMs?: number | undefined;
  readonly retry: RetryConfig;
  readonly random: number;
}): { kind: "exhausted" } | { kind: "retrying" | "scheduled"; delayMs: number } => {
  const { attempts, retry, failingSince, now } = failure;
  if (attempts >= retry.attempts) return { kind: "exhausted" };
  const capMs = retry.capSeconds * 1000;
  const ceilingMs = Math.min(capMs, retry.baseSeconds * 1000 * 2 ** Math.min(attempts - 1, 30));
  const jitteredMs = Math.max(1_000, Math.ceil(failure.random * ceilingMs));
  const delayMs = Math.max(jitteredMs, Math.min(failure.retryAfterMs ?? 0, capMs));
  return { kind: now + delayMs - failingSince < queuePatienceMs ? "retrying" : "scheduled", delayMs };
};
