/** While the circuit breaker holds: tries one record, another each time, to see whether the application answers again. */
import type { Hold } from "../../../core/lifecycle/holds/hold.ts";
import { isProbeDue, probing, rankProbes } from "../../../core/lifecycle/holds/probe.ts";
import type { Progress } from "../../../core/lifecycle/progress.ts";
import { type RecordKey, storedAtOf } from "../../../core/record.ts";
import type { OneByOne } from "../one-by-one.ts";
import { heldKeys, heldOf } from "./backlog.ts";
import type { ReleaseDependencies } from "./dependencies.ts";
import { releaseRecords } from "./release-records.ts";

/** The number among which the next is chosen. */
const choice = 100;
/** Of the best, those whose lines are looked at. */
const looks = 10;

/** False: nothing waits for this hold. */
export const tryOne = async (steps: ReleaseDependencies, each: OneByOne, hold: Hold): Promise<boolean> => {
  const { ledger, open, holds, config } = steps;
  const tried = hold.probe && (await ledger.progress(hold.probe));
  const now = steps.clock();
  if (!isProbeDue(hold, tried, now)) return true;
  const keys = await choiceFrom(steps, hold, each.failed);
  const held = await heldOf(open, hold.target, keys);
  const ranked = rankProbes(held, tried, { retry: config.retry, now, probedAt: hold.probedAt });
  const first = await firstOfItsLine(steps, ranked.slice(0, looks));
  if (first) {
    const saved = await holds.save(probing(hold, first.key, { probeFrom: storedAtOf(first) + 1 }, now), hold);
    if (saved) await releaseRecords(steps, each, [first]);
  } else if (ranked.length > 0 && keys.length === choice) {
    // All of these wait behind others of their contracts: the next round looks at those stored after them.
    const last = held.at(-1) as Progress;
    await holds.save({ ...hold, probeFrom: storedAtOf(last) + 1 }, hold);
  }
  return held.length > 0;
};

/** In stored order from where the last round ended, and at the end from the beginning again. */
const choiceFrom = async ({ open }: ReleaseDependencies, hold: Hold, without: ReadonlySet<string>): Promise<readonly RecordKey[]> => {
  const keys = new Set<RecordKey>();
  for (const from of hold.probeFrom === undefined ? [0] : [hold.probeFrom, 0])
    for await (const { key } of heldKeys(open, hold.target, from)) {
      if (keys.size === choice) break;
      if (!without.has(key)) keys.add(key);
    }
  return [...keys];
};

/** The others would only learn that they have to wait behind another record, and not whether the application answers. */
const firstOfItsLine = async ({ ledger }: ReleaseDependencies, some: readonly Progress[]): Promise<Progress | undefined> => {
  for (const progress of some) {
    const { source, contracts, order } = progress;
    const firsts = await Promise.all(contracts.map((contract) => ledger.firstInLine({ source, contract })));
    if (firsts.every((first) => !first || first.order >= order)) return progress;
  }
  return undefined;
};
