/** Application events: entered into the ledger, in no line, delivered nowhere. */
import { applicationEntriesOf } from "../../../../core/application/entry.ts";
import type { ApplicationEvent } from "../../../../core/application/event.ts";
import type { Before } from "../../../../core/lifecycle/events.ts";
import type { Progress } from "../../../../core/lifecycle/progress.ts";
import { ignore } from "../../../../core/lifecycle/transitions/settling.ts";
import { apply } from "../../../../core/lifecycle/transitions/turn.ts";
import type { StepDependencies } from "../dependencies.ts";
import type { Answer } from "../outcome.ts";
import { wakeFollowers } from "../settle.ts";
import { lookForFindingsOf } from "./look-for-findings.ts";

/** @param known as it was before its turn, which nothing has saved yet */
export const enterApplicationEvents = async (
  steps: StepDependencies,
  progress: Before<"begin">,
  known: Progress | undefined,
  applicationEvents: readonly ApplicationEvent[],
): Promise<Answer> => {
  // Before the progress says so: a turn that is interrupted enters the same set again.
  const entries = applicationEntriesOf(progress.key, applicationEvents);
  await steps.ledger.enterApplicationEvents(entries);
  await lookForFindingsOf(steps, entries);
  const now = steps.clock();
  const applied = progress.state === "applied" ? progress : apply(progress, now);
  const saved = await steps.ledger.save(ignore(applied, { kind: "entered only" }, now), known);
  if (saved.kind === "overtaken") return { kind: "done" };
  steps.count("Entered", progress.source);
  // An earlier configuration may have had it in a line.
  return saved.progress.releasing ? wakeFollowers(steps, saved.progress) : { kind: "done" };
};
