/** A dead letter: the mark on the record, and the message that says what an operator can do. */
import { shellCommand } from "../../../../core/formats/shell-word.ts";
import { type DeathCause, withoutEventId } from "../../../../core/lifecycle/cause.ts";
import { sentenceOf } from "../../../../core/lifecycle/cause-text.ts";
import type { Before } from "../../../../core/lifecycle/events.ts";
import type { Dead, Progress } from "../../../../core/lifecycle/progress.ts";
import { giveUp } from "../../../../core/lifecycle/transitions/failing.ts";
import type { StepDependencies } from "../dependencies.ts";
import type { Answer } from "../outcome.ts";
import { saveTurn } from "../save-turn.ts";

/** Marks the record dead and keeps its contracts' lines, then sends the dead letter. The mark is the truth; the letter can be sent again. */
export const deadLetter = async (
  steps: StepDependencies,
  progress: Before<"giveUp">,
  known: Progress | undefined,
  end: { readonly cause: DeathCause; readonly attempts: number },
): Promise<Answer> => {
  const dead = (from: Before<"giveUp">) => giveUp(from, end, steps.clock());
  const saved = known === progress ? await saveTurn(steps, progress, dead) : await steps.ledger.save(dead(progress), known);
  if (saved.kind === "overtaken") return { kind: "done" };
  steps.count("DeadLettered", progress.source);
  await sendDeadLetter(steps, saved.progress);
  return { kind: "done" };
};

export const sendDeadLetter = async (
  steps: Pick<StepDependencies, "deadLetters">,
  { key, source, group, epoch, attempts, cause: known }: Dead,
): Promise<void> => {
  const cause = withoutEventId(known);
  const next = shellCommand(["npx", "holdfast", "show", key]);
  await steps.deadLetters.deadLetter({ key, source, group, epoch, attempts, reason: sentenceOf(cause), cause, next });
};
