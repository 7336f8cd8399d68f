/** What happens when a delivery did not succeed: once more later, or a dead letter that tells a person what to do. */
import { shellCommand } from "../../../core/formats/shell-word.ts";
import type { Progress } from "../../../core/lifecycle/progress.ts";
import { type Delivery, nextAttempt } from "../../../core/lifecycle/retry.ts";
import type { StepDependencies } from "./dependencies.ts";
import type { Answer, Ring } from "./outcome.ts";

/** How long after its next attempt should have come the sweep believes that the queue has lost it. */
const sweepAfterMs = 5 * 60_000;

export const retryLater = async (
  steps: StepDependencies,
  progress: Progress,
  { delivery, verdict, ring }: { readonly delivery: Delivery; readonly verdict: "again" | "give up"; readonly ring: Ring },
): Promise<Answer> => {
  const attempts = progress.attempts + 1;
  const now = steps.clock();
  const failed: Progress = { ...progress, attempts, failingSince: progress.failingSince ?? now, ...wordsOf(delivery) };
  if (verdict === "give up") return buryRecord(steps, failed, progress, { reason: `the application refused it: ${failed.reason}` });
  const next = nextAttempt({
    attempts,
    failingSince: failed.failingSince ?? now,
    now,
    random: steps.random(),
    retry: steps.config.retry,
    retryAfterMs: delivery.kind === "answered" ? delivery.retryAfterMs : undefined,
  });
  if (next.kind === "exhausted")
    return buryRecord(steps, failed, progress, { reason: `given up after ${attempts} attempts: ${failed.reason}` });
  const state = ring === "line" ? "scheduled" : next.kind;
  const dueAt = now + next.delayMs + (state === "retrying" ? sweepAfterMs : 0);
  // In line from the first failure on: nothing may overtake it, whatever becomes of the queue's message.
  const saved = await steps.ledger.save({ ...failed, state, at: now, inLine: progress.contracts.length > 0, dueAt }, progress);
  if (saved.kind === "overtaken") return { kind: "done" };
  steps.count("Retried", progress.source);
  return state === "retrying" ? { kind: "again", delayMs: next.delayMs } : { kind: "done" };
};

/** Marks the record dead and keeps its contracts' lines, then tells the dead-letter queue. The mark is the truth; the letter can be sent again. */
export const buryRecord = async (
  steps: StepDependencies,
  progress: Progress,
  known: Progress | undefined,
  { reason }: { readonly reason: string },
): Promise<Answer> => {
  const { dueAt: _, ...rest } = progress;
  const dead: Progress = { ...rest, state: "dead", at: steps.clock(), inLine: progress.contracts.length > 0, reason };
  const saved = await steps.ledger.save(dead, known);
  if (saved.kind === "overtaken") return { kind: "done" };
  steps.count("DeadLettered", progress.source);
  await sendDeadLetter(steps, dead);
  return { kind: "done" };
};

export const sendDeadLetter = async (steps: Pick<StepDependencies, "deadLetters">, dead: Progress): Promise<void> => {
  const { key, source, group, epoch, attempts, reason = "" } = dead;
  await steps.deadLetters.bury({ key, source, group, epoch, attempts, reason, next: shellCommand(["npx", "holdfast", "show", key]) });
};

const wordsOf = (delivery: Delivery): Pick<Progress, "reason" | "answer"> =>
  delivery.kind === "unanswered" ? { reason: delivery.reason } : { reason: `answered ${delivery.answer}`, answer: delivery.answer };
