import type { Millis } from "../../core/callback.ts";
import { dayMs } from "../../core/durations.ts";
import type { Filter } from "../../core/filter.ts";
import { sentenceOf } from "../../core/lifecycle/cause-text.ts";
import { causeOf, isSettled, type Progress, type RecordState } from "../../core/lifecycle/progress.ts";
import { type RecordKey, splitKey, storedAtOf } from "../../core/record.ts";
import { inBatches, merge } from "../../core/sequences.ts";
import { timeline } from "../../io/records/timeline.ts";
import { beforeIn, type Period, type Stored } from "../../io/stored.ts";
import type { OpenClass } from "../../io/table.ts";
import type { Stores } from "../connect/stores.ts";

export interface Found extends Stored {
  /** Absent: stored; nothing has happened to it yet. */
  readonly progress?: Progress;
}

export const stateOf = ({ progress }: Pick<Found, "progress">): RecordState => progress?.state ?? "stored";

export const matches = (filter: Filter, found: Found): boolean =>
  (filter.source === undefined || splitKey(found.key).source === filter.source) &&
  (filter.states === undefined || filter.states.includes(stateOf(found))) &&
  (filter.since === undefined || found.storedAt >= filter.since) &&
  (filter.until === undefined || found.storedAt <= filter.until) &&
  (filter.reason === undefined || hasReason(found, filter.reason));

/** Typed by an operator, from a sentence on the screen. */
const hasReason = ({ progress }: Found, text: string): boolean => {
  const cause = progress && causeOf(progress);
  return cause !== undefined && sentenceOf(cause).toLowerCase().includes(text.toLowerCase());
};

type Readers = Pick<Stores, "config" | "clock" | "records" | "timelineShards" | "ledger" | "open" | "holds" | "line" | "checkpoints">;

/** Records whose progress is read in one call; DynamoDB's limit. */
const batchSize = 100;

/** All that match, with their progress as it stands. Holds some hundred records, however many there are. */
export async function* select(stores: Readers, filter: Filter, order: "newest first" | "oldest first"): AsyncGenerator<Found> {
  const period = periodOf(stores, filter, order === "newest first");
  for await (const batch of inBatches(candidates(stores, filter, period), batchSize)) {
    const ofSource = batch.filter(({ key }) => filter.source === undefined || splitKey(key).source === filter.source);
    const known = await stores.open.of(ofSource.map(({ key }) => key));
    for (const { key, storedAt } of ofSource) {
      const progress = known.get(key)?.progress;
      const found: Found = { key, storedAt, ...(progress && { progress }) };
      if (matches(filter, found)) yield found;
    }
  }
}

/** For records stored by a clock ahead of this one. */
const aheadMs = 5 * 60_000;
/** An index that lags by less than this hides nothing. */
const overlapMs = 5 * 60_000;

/** Where the timeline is searched from. What is open can be older: it does not expire, and was recorded under what the configuration said then. */
export const timelineBegins = ({ config, clock }: Pick<Readers, "config" | "clock">): Millis =>
  clock() - (config.retentionDays + 1) * dayMs;

/** And until when: a little into the future. */
export const timelineEnds = ({ clock }: Pick<Readers, "clock">): Millis => clock() + aheadMs;

const periodOf = (stores: Pick<Readers, "config" | "clock">, filter: Filter, newestFirst: boolean): Period => {
  const oldest = readsTimeline(filter) ? timelineBegins(stores) : 0;
  return { from: Math.max(oldest, filter.since ?? oldest), to: Math.min(filter.until ?? Infinity, timelineEnds(stores)), newestFirst };
};

/** Records that may match, from the index that reads the fewest others. */
const candidates = (stores: Readers, filter: Filter, period: Period): AsyncIterable<Stored> => {
  if (filter.contract) return ofContract(stores, filter.contract, period);
  return readsTimeline(filter) ? timeline(stores, period) : ofOpenStates(stores, filter.states ?? [], period);
};

/** Whether it has to be searched day by day; open records, and those of one contract, are stored together. */
export const readsTimeline = ({ contract, states }: Filter): boolean => contract === undefined && (!states || states.some(isSettled));

/** Of one contract: those whose events are in its ledger, and those in its line that are not in the ledger yet. */
async function* ofContract(stores: Readers, name: { source: string; contract: string }, period: Period): AsyncGenerator<Stored> {
  const [contract, line] = await Promise.all([stores.ledger.contract(name.source, name.contract), stores.line(name, 1_000)]);
  const keys = new Set(
    [...(contract?.entries.map(({ record }) => record) ?? []), ...line.map(({ key }) => key)].filter((key) => key !== "hold"),
  );
  const known = await stores.open.of([...keys]);
  yield* [...known.values()].map(({ progress }) => storedOf(progress)).sort((one, other) => (beforeIn(period)(one, other) ? -1 : 1));
}

const storedOf = (progress: Progress): Stored => ({ key: progress.key, storedAt: storedAtOf(progress) });

const classesOf = (targets: readonly string[], state: RecordState): readonly OpenClass[] => {
  if (state === "dead") return ["dead"];
  if (state === "stored") return ["due", "unverified"];
  if (state === "waiting") return ["waiting", ...targets.map((target): OpenClass => `held ${target}`)];
  return ["due"];
};

async function* ofOpenStates(stores: Readers, states: readonly RecordState[], period: Period): AsyncGenerator<Stored> {
  const targets = states.includes("waiting") ? await stores.holds.targets(stores.config.targets) : [];
  const classes = new Set(states.flatMap((state) => classesOf(targets, state)));
  const streams: AsyncIterator<Stored>[] = [...classes].map((kind) =>
    kind === "due" ? dueInStoredOrder(stores, period) : stores.open.keys(kind, period),
  );
  if (states.includes("stored") || states.includes("applied")) streams.push(notYetAudited(stores, period));
  yield* withoutRepetition(merge(streams, beforeIn(period)));
}

/** The index sorts these by when they are due. They are few, other than what waits: keys are kept, nothing else. */
async function* dueInStoredOrder(stores: Readers, period: Period): AsyncGenerator<Stored> {
  const due: Stored[] = [];
  const anyTime = { from: 0, to: Number.MAX_SAFE_INTEGER, newestFirst: false };
  for await (const batch of inBatches(stores.open.keys("due", anyTime), batchSize)) {
    const known = await stores.open.of(batch.map(({ key }) => key));
    due.push(...[...known.values()].map(({ progress }) => storedOf(progress)));
  }
  yield* due.sort((one, other) => (beforeIn(period)(one, other) ? -1 : 1));
}

/** What the sweep has not looked at yet is in no index but the timeline; before that moment everything unsettled is open. */
async function* notYetAudited(stores: Readers, period: Period): AsyncGenerator<Stored> {
  const audited = (await stores.checkpoints.read("first look")) ?? 0;
  yield* timeline(stores, { ...period, from: Math.max(period.from, timelineBegins(stores), audited - overlapMs) });
}

/** One record can be in two indexes for a moment, while it moves from one to the other. */
async function* withoutRepetition(stream: AsyncIterable<Stored>): AsyncGenerator<Stored> {
  let last: RecordKey | undefined;
  for await (const stored of stream) {
    if (stored.key !== last) yield stored;
    last = stored.key;
  }
}
