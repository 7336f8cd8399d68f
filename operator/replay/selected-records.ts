/** The records a replay means, as a stream in stored order that can begin anywhere. */
import { type Filter, filterWords } from "../../core/filter.ts";
import { lineOrder, type RecordKey, storedAtOf } from "../../core/record.ts";
import type { ReplayJob } from "../../io/ledger/replay-jobs.ts";
import type { Connection } from "../connect/connect.ts";
import { resolveKey } from "../query/resolve.ts";
import { type Found, matches, select } from "../query/select.ts";
import type { ReplayRun } from "./run.ts";

export type Meant = ReplayJob["meant"];

export interface Chosen {
  /** With records and moments instead of what was typed: the same today and when it is continued. */
  readonly meant: Meant;
  /** In stored order; once a plan is made, within its stretch of time, and after the last one dealt with. */
  records(within?: Partial<Pick<ReplayJob, "oldest" | "newest" | "cursor">>): AsyncIterable<Found>;
  readonly isMeant: ReplayRun["isMeant"];
}

export const choose = async (at: Connection, meant: Meant): Promise<Chosen> => {
  if ("keys" in meant) {
    const found = await named(at, meant.keys);
    return {
      meant: { keys: found.map(({ key }) => key) },
      records: ({ cursor } = {}) => after(cursor, found),
      isMeant: () => true,
    };
  }
  // What is stored from now on was not in the plan.
  const filter: Filter = { ...meant.filter, until: Math.min(meant.filter.until ?? Number.POSITIVE_INFINITY, at.clock()) };
  return {
    meant: { filter },
    records: ({ oldest, newest, cursor } = {}) => {
      const since = cursor?.storedAt ?? oldest;
      const stretch = { ...filter, ...(since !== undefined && { since }), ...(newest !== undefined && { until: newest }) };
      return after(cursor, select(at, stretch, "oldest first"));
    },
    isMeant: (key, progress) => progress === undefined || matches(filter, { key, storedAt: storedAtOf(progress), progress }),
  };
};

async function* after(cursor: ReplayJob["cursor"], records: Iterable<Found> | AsyncIterable<Found>): AsyncGenerator<Found> {
  for await (const found of records) if (cursor === undefined || lineOrder(found) > lineOrder(cursor)) yield found;
}

const named = async (at: Connection, typed: readonly string[]): Promise<readonly Found[]> => {
  const keys = [...new Set(await Promise.all(typed.map((one) => resolveKey(at, one))))];
  const known = await at.open.of(keys);
  const found = await Promise.all(keys.map((key) => foundOf(at, key, known.get(key)?.progress)));
  return found.sort((one, other) => (lineOrder(one) < lineOrder(other) ? -1 : 1));
};

const foundOf = async (at: Connection, key: RecordKey, progress: Found["progress"]): Promise<Found> =>
  progress ? { key, storedAt: storedAtOf(progress), progress } : { key, storedAt: (await at.records.load(key))?.storedAt ?? 0 };

const mostSaid = 5;

/** For the audit trail and lists. */
export const meantWords = (meant: Meant, count: number): string => {
  const of = "keys" in meant ? meant.keys.slice(0, mostSaid).join(", ") + (count > mostSaid ? " ..." : "") : filterWords(meant.filter);
  return `${count} ${count === 1 ? "record" : "records"}: ${of}`;
};
