/** The end of a record's way, and the beginning of its followers'. */
import type { Doorbell } from "../../../core/lifecycle/doorbell.ts";
import type { Progress } from "../../../core/lifecycle/progress.ts";
import type { StepDependencies } from "./dependencies.ts";
import type { Answer } from "./outcome.ts";

/** How long after a settlement the sweep believes that the followers were not woken. */
const releaseWithinMs = 60_000;

/**
 * Settles a record and leaves its lines. One that had followers stays in the open index, `releasing`, until they are woken:
 * a crash in between must not leave them waiting for ever.
 */
export const settle = async (
  steps: StepDependencies,
  progress: Progress,
  end: { readonly state: "delivered" | "ignored"; readonly answer?: string; readonly reason?: string },
): Promise<Answer> => {
  const { dueAt: _, reason: __, failingSince: ___, held: ____, ...rest } = progress;
  const now = steps.clock();
  const attempts = end.state === "delivered" ? progress.attempts + 1 : progress.attempts;
  const settled: Progress = { ...rest, ...end, at: now, attempts, inLine: false };
  const releasing: Progress = progress.inLine ? { ...settled, releasing: true, dueAt: now + releaseWithinMs } : settled;
  const saved = await steps.ledger.save(releasing, progress);
  if (saved.kind === "overtaken") return { kind: "done" };
  steps.count(end.state === "delivered" ? "Delivered" : "Ignored", progress.source);
  return progress.inLine ? releaseFollowers(steps, saved.progress) : { kind: "done" };
};

/**
 * Wakes whoever now stands first in each of the record's lines. The sweep rings for those woken; the first of a single
 * contract's line is also handed back, to be answered at once while this group's turn lasts.
 */
export const releaseFollowers = async (steps: StepDependencies, settled: Progress): Promise<Answer> => {
  let next: Doorbell | undefined;
  for (const contract of settled.contracts) {
    const first = await steps.ledger.firstInLine(settled.source, contract);
    if (!first) continue;
    const follower = await steps.ledger.progress(first.key);
    // One that waits for a hold is let go with it, at its rate.
    if (follower?.state !== "waiting" || follower.held !== undefined) continue;
    const answeredHere = follower.group === settled.group;
    const dueAt = steps.clock() + (answeredHere ? releaseWithinMs : 0);
    const saved = await steps.ledger.save({ ...follower, state: "retrying", dueAt }, follower);
    if (saved.kind === "saved" && answeredHere) next = pick(saved.progress);
  }
  const { releasing: _, dueAt: __, ...finished } = settled;
  await steps.ledger.save(finished, settled);
  return next ? { kind: "done", next } : { kind: "done" };
};

const pick = ({ key, source, group, epoch }: Progress): Doorbell => ({ key, source, group, epoch });
