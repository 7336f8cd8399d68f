/** What happens when a delivery fails: a retry, or a dead letter that says what an operator can do. */
import { shellCommand } from "../../../core/formats/shell-word.ts";
import type { DeathCause, FailureCause } from "../../../core/lifecycle/cause.ts";
import { sentenceOf } from "../../../core/lifecycle/cause-text.ts";
import type { Before } from "../../../core/lifecycle/events.ts";
import type { Hold } from "../../../core/lifecycle/hold.ts";
import { type Dead, failingSinceOf, type Progress } from "../../../core/lifecycle/progress.ts";
import { nextAttempt } from "../../../core/lifecycle/retry.ts";
import { failUnderHold, giveUp, retry, schedule } from "../../../core/lifecycle/transitions/turn.ts";
import type { StepDependencies } from "./dependencies.ts";
import type { Answer, Ring } from "./outcome.ts";

interface Failure {
  readonly cause: FailureCause;
  /** What the application asked for in Retry-After. */
  readonly retryAfterMs?: number | undefined;
  readonly ring: Ring;
}

/** An attempt failed, and another may succeed. Out of attempts: a dead letter. */
export const retryLater = async (
  steps: StepDependencies,
  progress: Before<"retry">,
  { cause, retryAfterMs, ring }: Failure,
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
  });
  if (next.kind === "exhausted")
    return deadLetter(steps, progress, progress, { cause: { kind: "given up", attempts, last: cause }, attempts });
  const { delayMs } = next;
  const isSoon = next.kind === "retrying" && ring === "queue";
  const failed = isSoon ? retry(progress, { cause, delayMs }, now) : schedule(progress, { cause, delayMs }, now);
  const saved = await steps.ledger.save(failed, progress);
  if (saved.kind === "overtaken") return { kind: "done" };
  steps.count("Retried", progress.source);
  return isSoon ? { kind: "again", delayMs } : { kind: "done" };
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
  const saved = await steps.ledger.save(failUnderHold(progress, cause, hold, steps.clock()), progress);
  if (saved.kind === "saved") steps.count("Waited", progress.source);
  return { kind: "done" };
};

/** Marks the record dead and keeps its contracts' lines, then sends the dead letter. The mark is the truth; the letter can be sent again. */
export const deadLetter = async (
  steps: StepDependencies,
  progress: Before<"giveUp">,
  known: Progress | undefined,
  end: { readonly cause: DeathCause; readonly attempts: number },
): Promise<Answer> => {
  const dead = giveUp(progress, end, steps.clock());
  const saved = await steps.ledger.save(dead, known);
  if (saved.kind === "overtaken") return { kind: "done" };
  steps.count("DeadLettered", progress.source);
  await sendDeadLetter(steps, dead);
  return { kind: "done" };
};

export const sendDeadLetter = async (
  steps: Pick<StepDependencies, "deadLetters">,
  { key, source, group, epoch, attempts, cause }: Dead,
): Promise<void> => {
  const next = shellCommand(["npx", "holdfast", "show", key]);
  await steps.deadLetters.deadLetter({ key, source, group, epoch, attempts, reason: sentenceOf(cause), cause, next });
};
