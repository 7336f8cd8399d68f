/**
 * Releases what waits for a hold: in stored order, at the requested rate, or one at a time to probe while the breaker holds.
 * What waits for a hold that is gone is released too. The table is the truth: this can stop anywhere and go on a minute later.
 */

import { type Doorbell, doorbellOf } from "../../../core/lifecycle/doorbell.ts";
import { breaker, breakerRatePerSecond, type Hold } from "../../../core/lifecycle/hold.ts";
import { heldBy, type Progress } from "../../../core/lifecycle/progress.ts";
import { release } from "../../../core/lifecycle/transitions/sweep.ts";
import type { SweepDependencies } from "./dependencies.ts";
import { type OneByOne, oneByOne } from "./one-by-one.ts";

/** The number checked at a time, and so the highest rate. */
const page = 500;
const secondMs = 1_000;

export const releaseHeld = async (sweep: SweepDependencies): Promise<void> => {
  const each = oneByOne(sweep, "releaseHeld");
  for (const target of Object.keys(sweep.config.targets))
    await each.all(
      [target],
      () => `target ${target}`,
      () => releaseTarget(sweep, each, target),
    );
  each.end();
};

const releaseTarget = async (sweep: SweepDependencies, each: OneByOne, target: string): Promise<void> => {
  let credit = 0;
  for (;;) {
    const hold = await sweep.holds.current(target);
    if (hold && hold.ratePerSecond === undefined) return hold.by === breaker ? probe(sweep, each, hold) : undefined;
    credit += hold?.ratePerSecond ?? breakerRatePerSecond;
    const held = await sweep.open.due(`held ${target}`, Number.MAX_SAFE_INTEGER, page + each.failed.size);
    if (held.length === 0 && hold) await sweep.holds.lift(hold);
    const waiting = held.filter(({ key }) => !each.failed.has(key));
    if (waiting.length === 0) return;
    const some = waiting.slice(0, Math.floor(credit));
    credit -= some.length;
    await letGo(sweep, each, some);
    if (!sweep.hasTime()) return;
    await sweep.pause(secondMs);
  }
};

/** Tries the record that has waited longest. It is the same one until the application answers, and its attempts are not counted. */
const probe = async (sweep: SweepDependencies, each: OneByOne, hold: Hold): Promise<void> => {
  const [oldest] = await sweep.open.due(`held ${hold.target}`, Number.MAX_SAFE_INTEGER, 1);
  if (!oldest) {
    await sweep.holds.lift(hold);
    return;
  }
  if (await sweep.holds.save({ ...hold, probe: oldest.key }, hold)) await letGo(sweep, each, [oldest]);
};

/** One after the other, and what was saved is rung for. */
const letGo = async (sweep: SweepDependencies, each: OneByOne, some: readonly Progress[]): Promise<void> => {
  const bells: Doorbell[] = [];
  for (const known of some) {
    const [bell] = await each.all(
      [known],
      ({ key }) => key,
      () => releaseOne(sweep, known),
    );
    if (bell) bells.push(bell);
  }
  await sweep.doorbells.ring(bells);
};

const releaseOne = async (sweep: SweepDependencies, known: Progress): Promise<Doorbell | undefined> => {
  const target = heldBy(known);
  // The index follows the table; by now it may have been replayed or discarded.
  if (known.state !== "waiting" || target === undefined) return undefined;
  const saved = await sweep.ledger.save(release(known, target, sweep.clock()), known);
  return saved.kind === "saved" ? doorbellOf(saved.progress) : undefined;
};
