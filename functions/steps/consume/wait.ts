/** Standing in line: behind another record of the contract (promise P6), or behind a hold. */
import { groupOf } from "../../../core/lifecycle/doorbell.ts";
import { type Hold, mayPass } from "../../../core/lifecycle/hold.ts";
import type { Progress } from "../../../core/lifecycle/progress.ts";
import type { Blocker } from "../../../io/ledger/ledger.ts";
import type { StepDependencies } from "./dependencies.ts";
import type { Answer } from "./outcome.ts";

/** What a record that has to wait becomes; undefined when it may go on. `known` is what it was when its bell rang. */
export const waitIfHeld = async (steps: StepDependencies, progress: Progress, known: Progress | undefined): Promise<Answer | undefined> => {
  const target = steps.config.sources[progress.source]?.target ?? "";
  const hold = await steps.holds.recent(target);
  return hold && !mayPass(hold, known ?? progress) ? waitForHold(steps, progress, hold) : undefined;
};

export const waitForHold = async (steps: StepDependencies, progress: Progress, hold: Hold): Promise<Answer> => {
  const reason = `the target ${hold.target} is held by ${hold.by}: ${hold.why}`;
  const { dueAt: _, ...rest } = progress;
  const held: Progress = { ...rest, state: "waiting", held: hold.target, inLine: progress.contracts.length > 0, at: steps.clock(), reason };
  const saved = await steps.ledger.save(held, progress);
  if (saved.kind === "saved" && progress.state !== "retrying") steps.count("Waited", progress.source);
  return { kind: "done" };
};

/** How long a record stands in several lines before the sweep looks whether it is still under way. */
const underWayMs = 5 * 60_000;

/**
 * A record that concerns several contracts travels in a group of its own, beside theirs. It stands in all of their lines before it
 * is delivered, so that none of them goes on meanwhile. Of two such records the one stored first goes first: no two can wait for each other.
 */
export const enterLines = async (steps: StepDependencies, progress: Progress): Promise<Progress | "overtaken"> => {
  if (progress.inLine || isGuardedByGroup(progress)) return progress;
  const saved = await steps.ledger.save({ ...progress, inLine: true, dueAt: steps.clock() + underWayMs }, progress);
  return saved.kind === "saved" ? saved.progress : saved.kind;
};

/** Whether no other record of its contracts can be under way: there is none, or the queue hands out that contract's records one at a time. */
const isGuardedByGroup = ({ source, key, group, contracts }: Progress): boolean =>
  contracts.length === 0 || (contracts.length === 1 && group === groupOf(source, key, contracts));

/** Looks that find the one before just settled, before the doorbell has to come again. */
const looks = 3;

export const waitIfBehind = async (steps: StepDependencies, progress: Progress): Promise<Answer | undefined> => {
  for (let look = 0; look < looks; look++) {
    const blocker = await blockerOf(steps, progress);
    if (!blocker) return undefined;
    const reason =
      blocker.why === undefined ? `behind ${blocker.key} of the same contract` : `the contract ${blocker.contract} is held: ${blocker.why}`;
    // What waits is woken by those before it, not by the clock.
    const { dueAt: _, held: __, ...rest } = progress;
    const waiting: Progress = { ...rest, state: "waiting", inLine: true, at: steps.clock(), reason };
    const saved = await steps.ledger.save(waiting, progress, blocker);
    if (saved.kind === "overtaken") continue;
    if (progress.state !== "waiting") steps.count("Waited", progress.source);
    return { kind: "done" };
  }
  return { kind: "again", delayMs: 1_000 };
};

/** Records of a relaxed target stand in no line, where the end of a hold would find them: they look again themselves. */
const lookAgainMs = 5 * 60_000;

export const waitIfContractHeld = async (
  steps: StepDependencies,
  progress: Progress,
  contracts: readonly string[],
): Promise<Answer | undefined> => {
  for (const contract of contracts) {
    const first = await steps.ledger.firstInLine(progress.source, contract);
    if (first?.why === undefined) continue;
    const reason = `the contract ${contract} is held: ${first.why}`;
    await steps.ledger.save({ ...progress, state: "scheduled", at: steps.clock(), dueAt: steps.clock() + lookAgainMs, reason }, progress);
    return { kind: "done" };
  }
  return undefined;
};

/** Who stands before a record in the first of its contracts' lines that somebody does. */
const blockerOf = async (steps: StepDependencies, { source, contracts, order }: Progress): Promise<Blocker | undefined> => {
  for (const contract of contracts) {
    const first = await steps.ledger.firstInLine(source, contract);
    if (first && first.order < order) return first;
  }
  return undefined;
};
