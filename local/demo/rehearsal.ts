/** The play itself, in its acts. It waits for what happens, never for a time; what it returns is evidence, not opinion. */
import { sentenceOf } from "../../core/lifecycle/cause-text.ts";
import { causeOf, isIn, type Progress, type RecordState, settledStates } from "../../core/lifecycle/progress.ts";
import type { RecordKey } from "../../core/record.ts";
import type { ProgressBar } from "../../operator/terminal/progress-bar.ts";
import { pause } from "../wait.ts";
import { type Evidence, recordsOf, type Snapshot, takenBy } from "./evidence.ts";
import type { Plan, Planned } from "./plan.ts";
import type { Stage } from "./stage.ts";

/** Where it reports: a line at the beginning of each act, and the progress of anything long. */
export interface Narrator {
  readonly say: (line: string) => void;
  readonly watch: (what: string, total: number) => Promise<ProgressBar>;
}

const steadyConcurrency = 8;
const burstConcurrency = 32;
/** How long it may take until everything is idle. Far more than it takes: a slow machine does not break a promise. */
const restMs = 40_000;
/** The longest outage. It ends when every callback of the burst has found the application down. */
const outageMs = 8_000;
/** The number of delivered records that are replayed anyway, each twice. */
const replayedAgain = 5;

export const rehearse = async (stage: Stage, plan: Plan, narrator: Narrator): Promise<Evidence> => {
  const { stack, application, stores, destinations, gateways, operator } = stage;
  const { say, watch } = narrator;
  const send = async (planned: readonly Planned[], concurrency: number) => {
    const bar = await watch("sending ", planned.length);
    await gateways.sendAll(planned, concurrency, bar.update);
    bar.stop();
  };
  const rest = () => untilAtRest(stores, watch);

  say(`${plan.steady.length} requests from five gateways, to an application that is slow at times or answers 500`);
  await send(plan.steady, steadyConcurrency);
  const first = await rest();

  say(`the application goes down; a burst of ${plan.burst.length} more, ${burstConcurrency} at a time`);
  await application.goDown();
  const from = performance.now();
  await send(plan.burst, burstConcurrency);
  await untilNoticed(stores, from + outageMs);
  const to = performance.now();
  await application.comeBack();

  say(`the application is back; ${plan.late.length} more, while what waited is released at a rate it can bear`);
  await send(plan.late, steadyConcurrency);
  const { snapshot: before, restless } = await rest();

  say("the application is fixed; the dead letters are replayed");
  const replayedFrom = performance.now();
  application.fix();
  await operator.replayDead();
  const replayed = await rest();

  say(`${replayedAgain} that had been delivered are replayed too, twice, as if by mistake`);
  const keys = deliveredOf(before, takenBy(application.log)).slice(0, replayedAgain);
  await operator.replay(keys);
  await rest();
  await operator.replay(keys);
  const last = await rest();

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
      [...destinations].flatMap(([source, { gateway }]) =>
        (stack.config.sources[source]?.unproven ?? gateway.onUnverified) === "accept" ? [source] : [],
      ),
    ),
    down: { from, to },
    replayedFrom,
    replayedAgain: keys,
  };
};

/** Three times as long as a look took: on a slow machine it is looking that keeps everything from coming to rest. */
const untilNextLook = (began: number, leastMs: number): number => Math.max(leastMs, 3 * (performance.now() - began));

/** Until the outage has hit every record that came meanwhile, or has lasted long enough. */
const untilNoticed = async (stores: Stage["stores"], deadline: number): Promise<void> => {
  for (let began = performance.now(); began < deadline; began = performance.now()) {
    const snapshot = await stores.snapshot();
    const underWay = recordsOf(snapshot).filter(({ record }) => isUnderWay(snapshot.progress.get(record.key)?.state ?? "stored"));
    if (underWay.length === 0) return;
    await pause(untilNextLook(began, 100));
  }
};

const isUnderWay = (state: RecordState): boolean => ["stored", "applied", "ready", "retrying"].includes(state);

const deliveredOf = (snapshot: Snapshot, taken: ReadonlySet<string>): readonly RecordKey[] =>
  recordsOf(snapshot)
    .map(({ record }) => record.key)
    .filter((key) => taken.has(key) && snapshot.progress.get(key)?.state === "delivered")
    .sort();

interface Rest {
  readonly snapshot: Snapshot;
  /** What is not idle yet, as sentences. Empty: nothing happens any more unless a person does something. */
  readonly restless: readonly string[];
}

/** The stores as they are at rest, or when the time is up. */
const untilAtRest = async (stores: Stage["stores"], watch: Narrator["watch"]): Promise<Rest> => {
  const deadline = performance.now() + restMs;
  let bar: ProgressBar | undefined;
  for (;;) {
    const began = performance.now();
    const snapshot = await stores.snapshot();
    const restless = restlessIn(snapshot);
    const total = recordsOf(snapshot).length;
    if (restless.length === 0 || performance.now() > deadline) {
      bar?.stop();
      return { snapshot, restless };
    }
    bar ??= await watch("settling", total);
    bar.update(total - restless.length);
    await pause(untilNextLook(began, 200));
  }
};

const restlessIn = (snapshot: Snapshot): readonly string[] => {
  const dead = new Set([...snapshot.progress.values()].flatMap((one) => (one.state === "dead" ? linesOf(one) : [])));
  const isAtRest = (progress: Progress) => {
    if (isIn(progress, settledStates)) return progress.releasing !== true;
    // Behind a dead letter; behind anything else it is about to be woken.
    return progress.state === "dead" || (progress.state === "waiting" && linesOf(progress).some((line) => dead.has(line)));
  };
  return recordsOf(snapshot).flatMap(({ record: { key } }) => {
    const progress = snapshot.progress.get(key);
    if (progress && isAtRest(progress)) return [];
    const cause = progress && causeOf(progress);
    const why = cause ? `: ${sentenceOf(cause)}` : "";
    return [`${key} was still ${progress?.state ?? "stored"} when the time was up${why}`];
  });
};

const linesOf = ({ source, contracts }: Progress): readonly string[] => contracts.map((contract) => `${source}/${contract}`);
