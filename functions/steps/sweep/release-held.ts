/**
 * Releases what waits for a hold: in stored order, at the requested rate, or one at a time to probe while the breaker holds.
 * What waits for a hold that is gone is released too. The table is the truth: this can stop anywhere and go on a minute later.
 */

import { type Doorbell, doorbellOf } from "../../../core/lifecycle/doorbell.ts";
import { breaker, breakerRatePerSecond, type Hold } from "../../../core/lifecycle/hold.ts";
import { heldBy, type Progress } from "../../../core/lifecycle/progress.ts";
import { release } from "../../../core/lifecycle/transitions/sweep.ts";
import type { SweepDependencies } from "./dependencies.ts";

/** The number checked at a time, and so the highest rate. */
const page = 500;
const secondMs = 1_000;

export const releaseHeld = async (sweep: SweepDependencies): Promise<void> => {
  for (const target of Object.keys(sweep.config.targets)) await releaseTarget(sweep, target);
};

const releaseTarget = async (sweep: SweepDependencies, target: string): Promise<void> => {
  let credit = 0;
  for (;;) {
    const hold = await sweep.holds.current(target);
    if (hold && hold.ratePerSecond === undefined) return hold.by === breaker ? probe(sweep, hold) : undefined;
    credit += hold?.ratePerSecond ?? breakerRatePerSecond;
    const waiting = await sweep.open.due(`held ${target}`, Number.MAX_SAFE_INTEGER, page);
    if (waiting.length === 0) {
      if (hold) await sweep.holds.lift(hold);
      return;
    }
    const some = waiting.slice(0, Math.floor(credit));
    credit -= some.length;
    await letGo(sweep, some);
    if (!sweep.hasTime()) return;
    await sweep.pause(secondMs);
  }
};

/** Tries the record that has waited longest. It is the same one until the application answers, and its attempts are not counted. */
const probe = async (sweep: SweepDependencies, hold: Hold): Promise<void> => {
  const [oldest] = await sweep.open.due(`held ${hold.target}`, Number.MAX_SAFE_INTEGER, 1);
  if (!oldest) {
    await sweep.holds.lift(hold);
    return;
  }
  if (await sweep.holds.save({ ...hold, probe: oldest.key }, hold)) await letGo(sweep, [oldest]);
};

const letGo = async (sweep: SweepDependencies, some: readonly Progress[]): Promise<void> => {
  const bells: Doorbell[] = [];
  for (const known of some) {
    const target = heldBy(known);
    // The index follows the table; by now it may have been replayed or discarded.
    if (known.state !== "waiting" || target === undefined) continue;
    const saved = await sweep.ledger.save(release(known, target, sweep.clock()), known);
    if (saved.kind === "saved") bells.push(doorbellOf(saved.progress));
  }
  await sweep.doorbells.ring(bells);
};
