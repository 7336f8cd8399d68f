/** The play itself, in its acts. It waits for what happens, never for a time; what it returns is evidence, not opinion. */

import type { RecordState } from "../../core/lifecycle/progress.ts";
import type { RecordKey } from "../../core/record.ts";
import { pause } from "../wait.ts";
import { type Evidence, recordsOf, takenBy } from "./evidence.ts";
import type { Plan } from "./plan.ts";
import { untilQuiet } from "./quiet.ts";
import type { Stage } from "./stage.ts";

export type Tell = (line: string) => void;

const steadyConcurrency = 8;
const burstConcurrency = 32;
/** How long it may take until nothing moves any more. Far more than it takes: a slow machine is no broken promise. */
const restMs = 40_000;
/** The longest outage. It ends when every callback of the burst has found the application down. */
const outageMs = 8_000;
/** So many records that had been delivered are replayed all the same, each twice. */
const replayedAgain = 5;

export const rehearse = async (
  { stack, application, stores, sources, gateways, replays }: Stage,
  plan: Plan,
  tell: Tell,
): Promise<Evidence> => {
  tell(`${plan.steady.length} requests from five gateways, to an application that is slow at times, or says 500`);
  await gateways.sendAll(plan.steady, steadyConcurrency);
  const first = await untilQuiet(stores, restMs);

  tell(`the application goes down; a burst of ${plan.burst.length} more, ${burstConcurrency} at a time`);
  await application.goDown();
  const from = performance.now();
  await gateways.sendAll(plan.burst, burstConcurrency);
  await untilNoticed(stores, from + outageMs);
  const to = performance.now();
  await application.comeBack();

  tell(`the application is back; ${plan.late.length} more, and what waits is let go at a rate it can bear`);
  await gateways.sendAll(plan.late, steadyConcurrency);
  const { snapshot: before, restless } = await untilQuiet(stores, restMs);

  tell("the application is mended; the dead letters are replayed");
  const replayedFrom = performance.now();
  application.mend();
  await replays.dead();
  const replayed = await untilQuiet(stores, restMs);

  tell(`${replayedAgain} that had been delivered are replayed too, twice, as if by mistake`);
  const keys = deliveredOf(before, takenBy(application.log)).slice(0, replayedAgain);
  await replays.again(keys);
  await untilQuiet(stores, restMs);
  await replays.again(keys);
  const last = await untilQuiet(stores, restMs);

  return {
    exchanges: gateways.log,
    seen: application.log,
    before,
    after: last.snapshot,
    restless: [...first.restless, ...restless, ...replayed.restless, ...last.restless],
    spilled: stack
      .metrics()
      .filter(({ name, dimensions }) => name.startsWith("SpilledTo") && dimensions.source === undefined)
      .reduce((total, { sum }) => total + sum, 0),
    twins: plan.twins,
    accepting: new Set(
      [...sources].flatMap(([name, { gateway }]) =>
        (stack.config.sources[name]?.unproven ?? gateway.onUnverified) === "accept" ? [name] : [],
      ),
    ),
    down: { from, to },
    replayedFrom,
    replayedAgain: keys,
  };
};

/** Until the outage has reached every record that came meanwhile, or has lasted long enough. */
const untilNoticed = async (stores: Stage["stores"], deadline: number): Promise<void> => {
  while (performance.now() < deadline) {
    const snapshot = await stores.snapshot();
    const underWay = recordsOf(snapshot).filter(({ record }) => isUnderWay(snapshot.progress.get(record.key)?.state ?? "stored"));
    if (underWay.length === 0) return;
    await pause(100);
  }
};

const isUnderWay = (state: RecordState): boolean => state === "stored" || state === "applied" || state === "retrying";

const deliveredOf = (snapshot: Parameters<typeof recordsOf>[0], taken: ReadonlySet<string>): readonly RecordKey[] =>
  recordsOf(snapshot)
    .map(({ record }) => record.key)
    .filter((key) => taken.has(key) && snapshot.progress.get(key)?.state === "delivered")
    .sort();
