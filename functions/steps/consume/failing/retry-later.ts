/** What follows a failed attempt: another, or, out of attempts, a dead letter. */
import type { FailureCause } from "../../../../core/lifecycle/cause.ts";
import { ringApart } from "../../../../core/lifecycle/doorbell.ts";
import type { Before } from "../../../../core/lifecycle/events.ts";
import type { Hold } from "../../../../core/lifecycle/holds/hold.ts";
import { failingSinceOf } from "../../../../core/lifecycle/progress.ts";
import { nextAttempt } from "../../../../core/lifecycle/retry.ts";
import { retry, schedule } from "../../../../core/lifecycle/transitions/failing.ts";
import { failUnderHold } from "../../../../core/lifecycle/transitions/waiting.ts";
import type { StepDependencies } from "../dependencies.ts";
import type { Answer, Ring } from "../outcome.ts";
import { saveTurn } from "../save-turn.ts";
import { deadLetter } from "./dead-letter.ts";

interface Failure {
  readonly cause: FailureCause;
  /** What the application asked for in Retry-After. */
  readonly retryAfterMs?: number | undefined;
  /** The next attempt comes no later. */
  readonly withinMs?: number | undefined;
  readonly ring: Ring;
}

/** An attempt failed, and another may succeed. Out of attempts: a dead letter. */
export const retryLater = async (
  steps: StepDependencies,
  progress: Before<"retry">,
  { cause, retryAfterMs, withinMs, ring }: Failure,
): Promise<Answer> => {
  const attempts = progress.attempts + 1;
  const now = steps.clock();
  const next = nextAttempt({
    attempts,
    failingSince: failingSinceOf(progress) ?? now,
    now,
    random: steps.random(),
    retry: steps.config.retry,
    retryAfterMs,
    withinMs,
  });
  if (next.kind === "exhausted")
    return deadLetter(steps, progress, progress, { cause: { kind: "given up", attempts, last: cause }, attempts });
  const { delayMs } = next;
  const isSoon = next.kind === "retrying";
  const isApart = ring === "apart";
  const saved = await saveTurn(steps, progress, (from) =>
    isSoon ? retry(from, { cause, delayMs }, !isApart, now) : schedule(from, { cause, delayMs }, now),
  );
  if (saved.kind === "overtaken") return { kind: "done" };
  steps.count("Retried", progress.source);
  if (isSoon && isApart) return { kind: "again", delayMs };
  // Should this ring be lost, the sweep rings.
  if (isSoon) await steps.doorbells.ring([ringApart(saved.progress, now + delayMs)]);
  return { kind: "done" };
};

/** An attempt failed under a hold of its target. It counts; the next comes when the hold ends, or when it is tried again under it. */
export const waitAfterFailure = async (
  steps: StepDependencies,
  progress: Before<"failUnderHold">,
  { cause, hold }: { readonly cause: FailureCause; readonly hold: Hold },
): Promise<Answer> => {
  const attempts = progress.attempts + 1;
  if (attempts >= steps.config.retry.attempts)
    return deadLetter(steps, progress, progress, { cause: { kind: "given up", attempts, last: cause }, attempts });
  const saved = await saveTurn(steps, progress, (from) => failUnderHold(from, cause, hold, steps.clock()));
  if (saved.kind === "saved") steps.count("Waited", progress.source);
  return { kind: "done" };
};
