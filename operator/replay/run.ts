/**
 * Sends records through the normal path again: each is marked due in the table first and its doorbell rung then, in the order
 * stored. It can end anywhere and be run again: the sweep rings for what is marked, and what is replayed twice is the same record twice.
 */
import type { Millis } from "../../core/callback.ts";
import { messageOf } from "../../core/failure.ts";
import { sentenceOf } from "../../core/lifecycle/cause-text.ts";
import { linesOf } from "../../core/lifecycle/contract-lines.ts";
import { type Doorbell, doorbellOf } from "../../core/lifecycle/doorbell.ts";
import type { Progress } from "../../core/lifecycle/progress.ts";
import { planReplay } from "../../core/lifecycle/replay.ts";
import { inBatches } from "../../core/merge.ts";
import type { RecordKey } from "../../core/record.ts";
import { understand } from "../../core/understand.ts";
import type { Gateway } from "../../gateways/index.ts";
import type { Queues, Stores } from "../connect/stores.ts";

export type Outcome =
  /** On its way. */
  | { readonly kind: "rung"; readonly key: RecordKey }
  /** Marked, but the queue did not take it: the sweep rings within a minute or two. */
  | { readonly kind: "due"; readonly key: RecordKey; readonly why: string }
  /** Not verified yet: the sweep verifies it. */
  | { readonly kind: "to be verified"; readonly key: RecordKey }
  /** Its first pass has not begun, and it does not need us: its doorbell rings in order. */
  | { readonly kind: "under way"; readonly key: RecordKey }
  /** It was changed meanwhile. */
  | { readonly kind: "overtaken"; readonly key: RecordKey }
  /** Cannot be sent again. */
  | { readonly kind: "left"; readonly key: RecordKey; readonly why: string; readonly error?: unknown };

export interface ReplayRun {
  readonly stores: Pick<Stores, "config" | "records" | "ledger" | "open" | "clock">;
  readonly doorbells: Queues["doorbells"];
  readonly findGateway: (name: string) => Gateway | undefined;
  /** Whether the record is still one of those that were selected, as it stands now. */
  readonly isSelected: (key: RecordKey, progress: Progress | undefined) => boolean;
  readonly ratePerSecond?: number | undefined;
  readonly pause: (ms: number) => Promise<void>;
  /** Asked between batches. */
  readonly isStopped: () => boolean;
}

/** Records in flight at a time: their bytes are read to learn their contracts. */
const batchSize = 10;

/** This many failures in a row are the table's, not the records': it throws, and can be continued later. */
const mostInARow = 20;

/** @param keys in stored order: that is the order in which the records of a contract ring. */
export async function* runReplay(run: ReplayRun, keys: AsyncIterable<RecordKey>): AsyncGenerator<Outcome> {
  const size = Math.max(1, Math.min(batchSize, Math.floor(run.ratePerSecond ?? batchSize)));
  const startedAt = run.stores.clock();
  let [done, inARow] = [0, 0];
  for await (const batch of inBatches(keys, size)) {
    await keepPace(run, startedAt, done);
    if (run.isStopped()) return;
    const outcomes = await replayBatch(run, batch);
    yield* outcomes;
    done += batch.length;
    for (const outcome of outcomes) {
      const error = "error" in outcome ? outcome.error : undefined;
      inARow = error === undefined ? 0 : inARow + 1;
      if (inARow >= mostInARow) throw error;
    }
  }
}

const keepPace = async ({ ratePerSecond, stores, pause }: ReplayRun, startedAt: Millis, done: number): Promise<void> => {
  if (ratePerSecond === undefined) return;
  const earlyMs = startedAt + (done / ratePerSecond) * 1000 - stores.clock();
  if (earlyMs > 0) await pause(earlyMs);
};

const replayBatch = async (run: ReplayRun, keys: readonly RecordKey[]): Promise<readonly Outcome[]> => {
  const known = await run.stores.open.of(keys);
  const marked = await Promise.all(keys.map((key) => markOrLeave(run, key, known.get(key)?.progress)));
  const silent = await ringOrLeave(
    run,
    marked.flatMap((one) => (one.kind === "marked" ? [doorbellOf(one.progress)] : [])),
  );
  return marked.map((one): Outcome => {
    if (one.kind !== "marked") return one;
    const { key } = one.progress;
    return silent.keys.has(key) ? { kind: "due", key, why: silent.why } : { kind: "rung", key };
  });
};

/** Those that could not be rung. Nothing is lost: what was marked is due, and the sweep rings. */
const ringOrLeave = async (run: ReplayRun, bells: readonly Doorbell[]): Promise<{ keys: ReadonlySet<RecordKey>; why: string }> => {
  const keysOf = (some: readonly Doorbell[]) => new Set(some.map(({ key }) => key));
  if (bells.length === 0) return { keys: new Set(), why: "" };
  try {
    return { keys: keysOf(await run.doorbells.ring(bells)), why: "the queue did not take it" };
  } catch (error) {
    return {
      keys: keysOf(bells),
      why: `the queue cannot be reached: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`,
    };
  }
};

type Marked = Exclude<Outcome, { kind: "rung" | "due" }> | { readonly kind: "marked"; readonly progress: Progress };

/** One that cannot be read or written is one outcome among the others. */
const markOrLeave = async (run: ReplayRun, key: RecordKey, known: Progress | undefined): Promise<Marked> => {
  try {
    return await mark(run, key, known);
  } catch (error) {
    return { kind: "left", key, why: `it cannot be read or written: ${messageOf(error)}`, error };
  }
};

const mark = async (run: ReplayRun, key: RecordKey, known: Progress | undefined): Promise<Marked> => {
  if (!run.isSelected(key, known)) return { kind: "overtaken", key };
  const { records, ledger, clock } = run.stores;
  const read = await records.read(key);
  if (read.kind === "none") return { kind: "left", key, why: "its bytes are gone: the retention time is over" };
  if (read.kind === "unreadable") return { kind: "left", key, why: sentenceOf(read.cause) };
  const { record } = read;
  const understood = understand(record, run.findGateway(record.gateway), run.stores.config);
  const contracts = understood.kind === "understood" ? linesOf(run.stores.config, record.raw.source, understood.events) : [];
  const next = planReplay(record, known, { contracts, now: clock() });
  if (next.kind === "left" || next.kind === "under way") return { ...next, key };
  const saved = await ledger.save(next.progress, known);
  if (saved.kind === "overtaken") return { kind: "overtaken", key };
  return next.kind === "ring" ? { kind: "marked", progress: saved.progress } : { kind: "to be verified", key };
};
