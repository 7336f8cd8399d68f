/** The end of a record's path, and the beginning of its followers'. */
import type { MetricName } from "../../../core/conditions/metric-names.ts";
import type { EnteredFromExport, NoEventWanted, RecordedBefore, SignatureTooOld } from "../../../core/lifecycle/cause.ts";
import { type Doorbell, doorbellOf } from "../../../core/lifecycle/doorbell.ts";
import type { Before } from "../../../core/lifecycle/events.ts";
import { type Discarded, heldBy, type Progress, type Settled } from "../../../core/lifecycle/progress.ts";
import { acceptAfterAll } from "../../../core/lifecycle/transitions/sending.ts";
import {
  deliver,
  deliverAfterAll,
  followersWoken,
  ignore,
  leaveOut,
  recognize,
  stayDelivered,
} from "../../../core/lifecycle/transitions/settling.ts";
import { wake } from "../../../core/lifecycle/transitions/waiting.ts";
import type { Mode } from "../../../core/mode.ts";
import { inGroups } from "../../../core/sequences.ts";
import type { StepDependencies } from "./dependencies.ts";
import type { Answer } from "./outcome.ts";
import { saveTurn } from "./save-turn.ts";
import { linesTogether } from "./wait.ts";

export const settleDelivered = async (steps: StepDependencies, progress: Before<"deliver">, answer: string): Promise<Answer> => {
  const settled = await settle(steps, progress, (from) => deliver(from, answer, steps.clock()));
  if (settled !== "overtaken") return settled;
  await noteDelivery(steps, progress, answer);
  return { kind: "done" };
};

/** How often another change is waited out, of which there are few: the sweep's ring for followers, and their wake. */
const looks = 3;

/** The application has it, although it was discarded meanwhile: what is shown must not be that it was never delivered. */
const noteDelivery = (steps: StepDependencies, progress: Before<"deliver">, answer: string): Promise<void> =>
  changeDiscarded(steps, progress, (now) => deliverAfterAll(now, answer, steps.clock()));

/** The same for one of its events. */
export const noteAcceptance = (steps: StepDependencies, progress: Before<"deliver">, event: string): Promise<void> =>
  changeDiscarded(steps, progress, (now) => acceptAfterAll(now, event));

const changeDiscarded = async (
  steps: StepDependencies,
  { key, epoch }: Before<"deliver">,
  change: (now: Discarded) => Settled,
): Promise<void> => {
  for (let look = 0; look < looks; look++) {
    const now = await steps.ledger.progress(key);
    if (now?.state !== "discarded" || (now.cause.kind !== "discarded by" && now.cause.kind !== "erased")) return;
    // It was replayed and discarded again since: this attempt was of an earlier run, and counts anyway.
    if (now.epoch < epoch) return;
    if ((await steps.ledger.save(change(now), now)).kind === "saved") return;
  }
};

/** For a replay of what was delivered. */
export const settleStillDelivered = (
  steps: StepDependencies,
  progress: Before<"stayDelivered">,
  refusal: SignatureTooOld,
): Promise<Answer> => settleOrLeave(steps, progress, (from) => stayDelivered(from, refusal, steps.clock()));

export const settleIgnored = (
  steps: StepDependencies,
  progress: Before<"ignore">,
  cause: NoEventWanted | EnteredFromExport = { kind: "no event wanted" },
): Promise<Answer> => settleOrLeave(steps, progress, (from) => ignore(from, cause, steps.clock()));

/** @param known as it was before its turn, which nothing has saved yet */
export const settleLeftOut = async (
  steps: StepDependencies,
  progress: Before<"leaveOut">,
  { known, says }: { readonly known: Progress | undefined; readonly says: Mode },
): Promise<Answer> =>
  settleUnentered(steps, leaveOut(progress, says, steps.clock()), { known, metric: says === "test" ? "TestsLeftOut" : "RealLeftOut" });

/** @param known as it was before its turn, which nothing has saved yet */
export const settleRecognized = async (
  steps: StepDependencies,
  progress: Before<"recognize">,
  { known, cause }: { readonly known: Progress | undefined; readonly cause: RecordedBefore },
): Promise<Answer> =>
  settleUnentered(steps, recognize(progress, cause, steps.clock()), { known, metric: cause.hasOtherContent ? "Conflicts" : "Duplicates" });

const settleUnentered = async (
  steps: StepDependencies,
  settled: Settled,
  { known, metric }: { readonly known: Progress | undefined; readonly metric: MetricName },
): Promise<Answer> => {
  const saved = await steps.ledger.save(settled, known);
  if (saved.kind === "overtaken") return { kind: "done" };
  steps.count(metric, settled.source);
  if (saved.progress.releasing) return wakeFollowers(steps, saved.progress);
  await forgetPages(steps, saved.progress);
  return { kind: "done" };
};

type Settle = (from: Before<"deliver">) => Settled;

const settleOrLeave = async (steps: StepDependencies, progress: Before<"deliver">, change: Settle): Promise<Answer> => {
  const answer = await settle(steps, progress, change);
  return answer === "overtaken" ? { kind: "done" } : answer;
};

const settle = async (steps: StepDependencies, progress: Before<"deliver">, change: Settle): Promise<Answer | "overtaken"> => {
  const saved = await saveTurn(steps, progress, change);
  if (saved.kind === "overtaken") return saved.kind;
  const settled = saved.progress;
  steps.count(settled.state === "delivered" ? "Delivered" : "Ignored", progress.source);
  if (settled.releasing) return wakeFollowers(steps, settled);
  await forgetPages(steps, settled);
  return { kind: "done" };
};

/** A record that has ended needs nothing that was kept for its turns. */
export const wakeFollowers = async (steps: StepDependencies, settled: Settled): Promise<Answer> => {
  await forgetPages(steps, settled);
  return releaseFollowers(steps, settled);
};

const forgetPages = async ({ ledger }: StepDependencies, { key, readSoFar }: Settled): Promise<void> => {
  if (readSoFar) await ledger.pages.forget(key, readSoFar);
};

/**
 * Wakes what is now first in each of the record's lines. The sweep rings for those woken; the first of a single
 * contract's line is also returned, to be answered at once while this group's turn lasts.
 */
export const releaseFollowers = async (
  steps: Pick<StepDependencies, "ledger" | "clock">,
  settled: Settled,
): Promise<Extract<Answer, { kind: "done" }>> => {
  let next: Doorbell | undefined;
  for (const contracts of inGroups(settled.contracts, linesTogether)) {
    const firsts = await Promise.all(contracts.map((contract) => steps.ledger.firstInLine({ source: settled.source, contract })));
    for (const first of firsts) {
      if (!first || first.key === "hold") continue;
      const follower = await steps.ledger.progress(first.key);
      // One that waits for a hold is released with it, at its rate.
      if (follower?.state !== "waiting" || heldBy(follower) !== undefined) continue;
      const isAnsweredHere = follower.group === settled.group;
      const saved = await steps.ledger.save(wake(follower, isAnsweredHere, steps.clock()), follower);
      if (saved.kind === "saved" && isAnsweredHere) next = doorbellOf(saved.progress);
    }
  }
  await steps.ledger.save(followersWoken(settled), settled);
  return next ? { kind: "done", next } : { kind: "done" };
};
