/** Releases held records: saved side by side, then rung for, each contract's in stored order. */
import { type Doorbell, doorbellOf } from "../../../core/lifecycle/doorbell.ts";
import { inLanes } from "../../../core/lifecycle/lanes.ts";
import { heldBy, type Progress } from "../../../core/lifecycle/progress.ts";
import { release } from "../../../core/lifecycle/transitions/sweep.ts";
import type { OneByOne } from "../one-by-one.ts";
import type { ReleaseDependencies } from "./dependencies.ts";

/** Saved at a time: twice as many as there are connections to the table. */
const sideBySide = 100;

/** Those that were released, as they were saved. */
export const releaseRecords = async (
  steps: ReleaseDependencies,
  each: OneByOne,
  some: readonly Progress[],
): Promise<readonly Progress[]> => {
  const released: Progress[] = [];
  for (let at = 0; at < some.length; at += sideBySide) {
    const outcomes = await each.all(
      some.slice(at, at + sideBySide),
      ({ key }) => key,
      (known) => releaseOne(steps, known),
    );
    const saved = outcomes.filter((progress) => progress !== undefined);
    await ring(steps, saved.map(doorbellOf));
    released.push(...saved);
  }
  return released;
};

/** Undefined: it was replayed, discarded or released by another meanwhile. */
const releaseOne = async ({ ledger, clock }: ReleaseDependencies, known: Progress): Promise<Progress | undefined> => {
  const target = heldBy(known);
  if (known.state !== "waiting" || target === undefined) return undefined;
  const saved = await ledger.save(release(known, target, clock()), known);
  return saved.kind === "saved" ? saved.progress : undefined;
};

/** What the queue does not take, the sweep rings for again. */
const ring = async ({ doorbells }: ReleaseDependencies, bells: readonly Doorbell[]): Promise<void> => {
  const rung = await Promise.allSettled(inLanes(bells).map((lane) => doorbells.ring(lane)));
  const failed = rung.find((one) => one.status === "rejected");
  if (failed) throw failed.reason;
};
