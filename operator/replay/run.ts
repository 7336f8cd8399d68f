/**
 * Sends records through the normal path again: each is marked due in the table first and its doorbell rung then, in the order
 * stored. It can end anywhere and be run again: the sweep rings for what is marked, and what is replayed twice is the same record twice.
 */
import type { Millis } from "../../core/callback.ts";
import { errorMessage } from "../../core/failure.ts";
import { type Doorbell, doorbellOf } from "../../core/lifecycle/doorbell.ts";
import { inLanes } from "../../core/lifecycle/lanes.ts";
import type { RecordKey } from "../../core/record.ts";
import { inBatches } from "../../core/sequences.ts";
import { type Marked, markPage } from "./mark.ts";
import type { Outcome, ReplayRun } from "./outcome.ts";

/** Records read in one call, which is DynamoDB's limit. */
const pageSize = 100;
/** Where a rate is asked for, its pages are as small as a tenth of a second. */
const pagesPerSecond = 10;

/** This many failures in a row are the table's, not the records': it throws, and those are still to be replayed when it is continued. */
const mostInARow = 20;

/** @param keys in stored order: that is the order in which the records of a contract ring. Outcomes come in the same order. */
export async function* runReplay(run: ReplayRun, keys: AsyncIterable<RecordKey>): AsyncGenerator<Outcome> {
  const failed: Outcome[] = [];
  for await (const page of pagesOf(run, keys))
    for (const outcome of page) {
      const error = "error" in outcome ? outcome.error : undefined;
      if (error === undefined) yield* [...failed.splice(0), outcome];
      else if (failed.push(outcome) >= mostInARow) throw error;
    }
  yield* failed;
}

/** While one page rings, the next is marked; with a rate one follows the other. Each rings after the one before it. */
async function* pagesOf(run: ReplayRun, keys: AsyncIterable<RecordKey>): AsyncGenerator<readonly Outcome[]> {
  const { ratePerSecond } = run;
  const size = ratePerSecond === undefined ? pageSize : Math.max(1, Math.min(pageSize, Math.floor(ratePerSecond / pagesPerSecond)));
  const startedAt = run.stores.clock();
  let ringing: Promise<readonly Outcome[]> | undefined;
  let done = 0;
  for await (const page of inBatches(keys, size)) {
    await keepPace(run, startedAt, done);
    if (run.isStopped()) break;
    done += page.length;
    const marking = markPage(run, page);
    // It may fail while the outcomes of the page before are dealt with; it is awaited after those.
    marking.catch(() => {});
    if (ringing) yield await ringing;
    ringing = ringPage(run, await marking);
    if (ratePerSecond === undefined) continue;
    yield await ringing;
    ringing = undefined;
  }
  if (ringing) yield await ringing;
}

const keepPace = async ({ ratePerSecond, stores, pause }: ReplayRun, startedAt: Millis, done: number): Promise<void> => {
  if (ratePerSecond === undefined) return;
  const earlyMs = startedAt + (done / ratePerSecond) * 1000 - stores.clock();
  if (earlyMs > 0) await pause(earlyMs);
};

/** Never rejects. What could not be rung is not lost: what was marked is due, and the sweep rings. */
const ringPage = async (run: ReplayRun, marked: readonly Marked[]): Promise<readonly Outcome[]> => {
  const bells = marked.flatMap((one) => (one.kind === "marked" ? [doorbellOf(one.progress)] : []));
  const silent = new Map((await Promise.all(inLanes(bells).map((lane) => ringLane(run, lane)))).flat());
  return marked.map((one): Outcome => {
    if (one.kind !== "marked") return one;
    const { key } = one.progress;
    const why = silent.get(key);
    return why === undefined ? { kind: "rung", key } : { kind: "due", key, why };
  });
};

/** Those that could not be rung, each with the reason. */
const ringLane = async (run: ReplayRun, bells: readonly Doorbell[]): Promise<readonly (readonly [RecordKey, why: string])[]> => {
  try {
    return (await run.doorbells.ring(bells)).map(({ key }) => [key, "the queue did not take it"]);
  } catch (error) {
    const why = `the queue cannot be reached: ${errorMessage(error)}`;
    return bells.map(({ key }) => [key, why]);
  }
};
