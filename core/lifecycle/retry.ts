/** What is retried, and when. Decided here and nowhere else. */

import type { Millis } from "../callback.ts";
import type { RetryConfig } from "../config/config.ts";
import type {
  Cause,
  DeathCause,
  DeferCause,
  FailureCause,
  NoAnswer,
  Part,
  RefusedEarly,
  SecretUnreadable,
  Undeliverable,
} from "./cause.ts";
import { meaningOf, type ServiceError, serviceErrorText } from "./service-error.ts";

/** The result of one delivery. */
export type Delivery =
  | { readonly kind: "delivered"; readonly answer: string }
  /** Of several messages some were accepted, and the others were left for later. */
  | { readonly kind: "partly" }
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly answer: string;
      /** What the application asked for in Retry-After. */
      readonly retryAfterMs?: number;
      /** Of the gateway's signature that was passed through as it came: how old it was, and what the gateway's own library accepts. */
      readonly signature?: { readonly ageSeconds: number; readonly toleranceSeconds: number };
    }
  /** With a good status, but in the gateway's own word for "send it again", as an endpoint does that stood behind the gateway before. */
  | { readonly kind: "rejected"; readonly status: number; readonly answer: string }
  /** AWS did not take it for the target that is in it, whose ARN is `place`. */
  | { readonly kind: "not taken"; readonly place: string; readonly error: ServiceError }
  /** A function of an application threw, or asked to be called later. */
  | { readonly kind: "function failed"; readonly answer: string; readonly retryAfterMs?: number }
  /** A function of an application returned a refusal. */
  | { readonly kind: "function refused"; readonly answer: string }
  /** No answer; the next attempt may do better. */
  | { readonly kind: "unanswered"; readonly cause: NoAnswer }
  /** Nothing was sent: it could not be signed. */
  | { readonly kind: "unsigned"; readonly cause: SecretUnreadable }
  /** Nothing was sent, and sending it again cannot help. */
  | { readonly kind: "undeliverable"; readonly cause: Undeliverable };

export type Verdict =
  | { readonly kind: "done"; readonly answer: string }
  /** Not a failed attempt: the rest is sent soon. */
  | { readonly kind: "go on" }
  | { readonly kind: "again"; readonly cause: FailureCause; readonly retryAfterMs?: number | undefined }
  /** A failed attempt, of an application that is well: the next comes within that time. */
  | { readonly kind: "early"; readonly cause: RefusedEarly; readonly withinMs: number }
  /** No attempt until something is changed could succeed, but one then will: it waits, uncounted, and says what to change. */
  | { readonly kind: "defer"; readonly cause: DeferCause }
  | { readonly kind: "give up"; readonly cause: DeathCause };

/** 408 and 425 explicitly ask for a retry, 429 for a later one; every 5xx means "not now". */
const transientStatuses = new Set([408, 425, 429]);

/** What applications answer to a signature that they do not accept. */
export const proofStatuses: ReadonlySet<number> = new Set([400, 401, 403]);

/** The application's clock may be a second ahead of ours. */
const isTooOld = ({ ageSeconds, toleranceSeconds }: { readonly ageSeconds: number; readonly toleranceSeconds: number }): boolean =>
  ageSeconds + 1 > toleranceSeconds;

export const classifyAnswer = (delivery: Delivery): Verdict => {
  switch (delivery.kind) {
    case "delivered":
      return { kind: "done", answer: delivery.answer };
    case "partly":
      return { kind: "go on" };
    case "answered": {
      const { status, answer, retryAfterMs, signature } = delivery;
      if (signature && isTooOld(signature) && proofStatuses.has(status))
        return { kind: "defer", cause: { kind: "signature too old", status, answer, ...signature } };
      return transientStatuses.has(status) || status >= 500
        ? { kind: "again", cause: { kind: "answered", status, answer }, retryAfterMs }
        : { kind: "give up", cause: { kind: "refused", status, answer } };
    }
    case "rejected":
      return { kind: "again", cause: { kind: "answered", status: delivery.status, answer: delivery.answer } };
    case "not taken":
      return classifyServiceError(delivery.place, delivery.error);
    case "function failed": {
      const { retryAfterMs, ...cause } = delivery;
      return { kind: "again", cause, retryAfterMs };
    }
    case "function refused":
      return { kind: "give up", cause: delivery };
    case "unsigned":
      return { kind: "defer", cause: delivery.cause };
    case "unanswered":
      return { kind: "again", cause: delivery.cause };
    case "undeliverable":
      return { kind: "give up", cause: delivery.cause };
    default:
      return delivery satisfies never;
  }
};

const classifyServiceError = (place: string, error: ServiceError): Verdict => {
  const [meaning, answer] = [meaningOf(error, place), serviceErrorText(error)];
  switch (meaning) {
    case "again":
      return { kind: "again", cause: { kind: "answered", status: error.status, answer } };
    case "unusable":
      return { kind: "defer", cause: { kind: "target unusable", place, detail: answer } };
    case "refused":
      return { kind: "give up", cause: { kind: "refused", status: error.status, answer } };
    default:
      return meaning satisfies never;
  }
};

/** The same, with the one of several events that it is about. */
export const inPart = (verdict: Verdict, part: Part | undefined): Verdict => {
  if (!part) return verdict;
  switch (verdict.kind) {
    case "again":
      return { ...verdict, cause: withPart(verdict.cause, part) };
    case "give up":
      return { ...verdict, cause: withPart(verdict.cause, part) };
    default:
      return verdict;
  }
};

const withPart = <One extends Cause>(cause: One, part: Part): One => (takesPart(cause) ? { ...cause, part } : cause);

type InPart = Extract<Cause, { readonly part?: Part }>;

/** Derived from the causes' types: a kind that is given a `part` does not compile until it is here. */
const kindsInPart: { readonly [Kind in InPart["kind"]]: true } = {
  answered: true,
  "refused early": true,
  "function failed": true,
  "no answer": true,
  refused: true,
  "function refused": true,
};

const takesPart = (cause: Cause): cause is InPart => Object.hasOwn(kindsInPart, cause.kind);

/**
 * Until a doorbell is redelivered when we do not know what happened: AWS unreachable, a bug. Doubles up to two minutes, after which its
 * group goes on once the cause is over. `receives` counts more than attempts, so it decides nothing else.
 */
export const afterUnknownErrorMs = (receives: number): number => Math.min(120_000, 10_000 * 2 ** Math.min(Math.max(0, receives - 1), 10));

/** FIFO queues look at their first 120,000 messages only, so what fails for longer than this leaves the queue for the table. */
export const queuePatienceMs = 15 * 60_000;

/** The longest time until the next attempt after so many that failed. */
export const ceilingMs = ({ baseSeconds, capSeconds }: RetryConfig, attempts: number): number =>
  Math.min(capSeconds * 1000, baseSeconds * 1000 * 2 ** Math.min(attempts - 1, 30));

/** What to do after a failed attempt. `random` is in [0, 1). */
export const nextAttempt = (failure: {
  readonly attempts: number;
  readonly failingSince: Millis;
  readonly now: Millis;
  readonly retryAfterMs?: number | undefined;
  /** The next attempt comes no later. */
  readonly withinMs?: number | undefined;
  readonly retry: RetryConfig;
  readonly random: number;
}): { kind: "exhausted" } | { kind: "retrying" | "scheduled"; delayMs: number } => {
  const { attempts, retry, failingSince, now } = failure;
  if (attempts >= retry.attempts) return { kind: "exhausted" };
  const jitteredMs = Math.max(1_000, Math.ceil(failure.random * ceilingMs(retry, attempts)));
  const { retryAfterMs = 0, withinMs = Number.POSITIVE_INFINITY } = failure;
  const delayMs = Math.min(Math.max(jitteredMs, Math.min(retryAfterMs, retry.capSeconds * 1000)), withinMs);
  return { kind: now + delayMs - failingSince < queuePatienceMs ? "retrying" : "scheduled", delayMs };
};
