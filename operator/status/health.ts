/** The health of the stack: counts, ages, queues, the sweep, holds. The data of `holdfast status`. */
import type { Millis } from "../../core/callback.ts";
import type { Hold } from "../../core/lifecycle/hold.ts";
import type { Progress, RecordState } from "../../core/lifecycle/progress.ts";
import { type RecordKey, splitKey, storedAtOf } from "../../core/record.ts";
import type { QueueDepth } from "../../io/queues/queue-depth.ts";
import { timeline } from "../../io/records/timeline.ts";
import type { Connection } from "../connect/connect.ts";

export interface Health {
  readonly at: Millis;
  /** Unsettled records by state, without the newest ones on the happy path. */
  readonly unsettled: ReadonlyMap<RecordState, number>;
  /** True when there are more than were read; the states are then those of the ones due first. */
  readonly isSampled: boolean;
  readonly due: number;
  readonly waiting: number;
  readonly held: ReadonlyMap<string, number>;
  readonly dead: number;
  readonly oldest: { readonly unsettled?: Oldest; readonly waiting?: Oldest; readonly dead?: Oldest };
  readonly queues: { readonly doorbells: QueueDepth; readonly deadLetters: QueueDepth; readonly spill: QueueDepth };
  /** Undefined: it has never run. */
  readonly sweptAt: Millis | undefined;
  readonly holds: readonly Hold[];
  readonly sources: readonly { readonly source: string; readonly lastAt?: Millis }[];
  /** Everything since this time was searched for the sources' latest callbacks. */
  readonly latestSince: Millis | undefined;
}

export interface Oldest {
  readonly key: RecordKey;
  readonly storedAt: Millis;
}

/** The number of records due first that are read; the sweep measures the same number. */
const sample = 1_000;
/** Records searched for each source's latest callback. */
const latest = 300;
const latestMs = 7 * 86_400_000;

export const healthOf = async (connection: Connection): Promise<Health> => {
  const now = connection.clock();
  const anyTime = Number.MAX_SAFE_INTEGER;
  const targets = Object.keys(connection.config.targets);
  const queues = await connection.queues();
  const [due, dueCount, waiting, dead, held, oldestWaiting, oldestDead, swept, holds, seen, doorbells, deadLetters, spill] =
    await Promise.all([
      connection.open.due("due", anyTime, sample),
      connection.open.count("due"),
      connection.open.count("waiting"),
      connection.open.count("dead"),
      Promise.all(targets.map(async (target) => [target, await connection.open.count(`held ${target}`)] as const)),
      connection.open.due("waiting", anyTime, 1),
      connection.open.due("dead", anyTime, 1),
      connection.checkpoints.read("first look"),
      Promise.all(targets.map((target) => connection.holds.current(target))),
      latestCallbacks(connection, now),
      queues.depth("doorbells"),
      queues.depth("deadLetters"),
      queues.depth("spill"),
    ]);
  return {
    at: now,
    unsettled: Map.groupBy(due, ({ state }) => state)
      .entries()
      .reduce((counts, [state, some]) => counts.set(state, some.length), new Map<RecordState, number>()),
    isSampled: dueCount > sample,
    due: dueCount,
    waiting,
    held: new Map(held.filter(([, count]) => count > 0)),
    dead,
    oldest: { ...oldest("unsettled", due), ...oldest("waiting", oldestWaiting), ...oldest("dead", oldestDead) },
    queues: { doorbells, deadLetters, spill },
    sweptAt: swept === undefined ? undefined : swept + connection.config.graceSeconds * 1000,
    holds: holds.filter((hold) => hold !== undefined),
    ...seen,
  };
};

const oldest = (name: keyof Health["oldest"], some: readonly Progress[]): Health["oldest"] => {
  const first = some.reduce<Progress | undefined>((one, other) => (one && one.order <= other.order ? one : other), undefined);
  return first ? { [name]: { key: first.key, storedAt: storedAtOf(first) } } : {};
};

/** The latest callback of each source, if it is among the last few hundred: reading further is not worth its cost. */
const latestCallbacks = async (connection: Connection, now: Millis): Promise<Pick<Health, "sources" | "latestSince">> => {
  const lastAt = new Map<string, Millis>();
  const missing = new Set(Object.keys(connection.config.sources));
  let [looked, since]: [number, Millis] = [0, now - latestMs];
  for await (const { key, storedAt } of timeline(connection.records, { from: now - latestMs, to: now + latestMs, newestFirst: true })) {
    const { source } = splitKey(key);
    if (missing.delete(source)) lastAt.set(source, storedAt);
    if (missing.size > 0 && ++looked < latest) continue;
    since = storedAt;
    break;
  }
  const sources = Object.keys(connection.config.sources).map((source) => {
    const moment = lastAt.get(source);
    return { source, ...(moment !== undefined && { lastAt: moment }) };
  });
  return { sources, latestSince: since };
};
