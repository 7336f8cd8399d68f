/** Callbacks that could not be verified, as lists show them. */
import type { Millis } from "../../core/callback.ts";
import { minuteMs } from "../../core/durations.ts";
import { type RecordKey, splitKey } from "../../core/record.ts";
import type { OpenProgress } from "../ledger/open-progress.ts";
import { allShards, quarantineDay } from "../table.ts";
import type { Records } from "./records.ts";

interface Stores {
  readonly records: Pick<Records, "timeline">;
  readonly open: Pick<OpenProgress, "of">;
}

/** The quarantined callbacks that are still undecided, newest first, of all sources or one. */
export async function* listQuarantined(
  { records, open }: Stores,
  source?: string,
): AsyncGenerator<{ readonly key: RecordKey; readonly storedAt: Millis }> {
  const shards = await Promise.all(
    allShards.map(async (shard) => {
      const keys: { key: RecordKey; storedAt: Millis }[] = [];
      const period = { day: quarantineDay, shard, from: 0, to: Number.MAX_SAFE_INTEGER, newestFirst: true };
      for (let page = await records.timeline(period); ; page = await records.timeline({ ...period, after: page.next })) {
        keys.push(...page.keys);
        if (!page.next) return keys;
      }
    }),
  );
  const found = shards.flat().sort((one, other) => other.storedAt - one.storedAt);
  const decided = await open.of(found.map(({ key }) => key));
  for (const one of found) if (!decided.has(one.key) && (source === undefined || splitKey(one.key).source === source)) yield one;
}

export interface Undecided {
  readonly source: string;
  readonly count: number;
  /** When the first of them was stored. */
  readonly first: Millis;
}

export interface Counted {
  readonly undecided: readonly Undecided[];
  /** What was stored before is decided, or nobody's concern: there is no need to read it again. */
  readonly settledBefore: Millis;
}

const pageKeys = 200;
/** One that is stored at this moment may say that it came a little earlier. */
const marginMs = 10 * minuteMs;

/**
 * Those of some sources that nobody has decided about. Reads at most so many pages of each shard, from a moment on: a flood fills the quarantine with
 * thousands an hour, and what is decided stays there for 30 days.
 */
export const countUndecided = async (
  { records, open, clock }: Stores & { readonly clock: () => Millis },
  { isWanted, from, mostPages }: { readonly isWanted: (source: string) => boolean; readonly from: Millis; readonly mostPages: number },
): Promise<Counted> => {
  const now = clock();
  const found = new Map<string, Undecided>();
  let [last, settledBefore] = [from, Number.POSITIVE_INFINITY];
  const settleBefore = (at: Millis) => {
    settledBefore = Math.min(settledBefore, at);
  };
  const ofShard = async (shard: number): Promise<void> => {
    const period = { day: quarantineDay, shard, from, to: Number.MAX_SAFE_INTEGER, limit: pageKeys };
    let page = await records.timeline(period);
    for (let pages = 1; ; pages++) {
      const wanted = page.keys.filter(({ key }) => isWanted(splitKey(key).source));
      const decided = await open.of(
        wanted.map(({ key }) => key),
        { consistent: false },
      );
      for (const { key, storedAt } of wanted) {
        if (decided.has(key)) continue;
        const { source } = splitKey(key);
        const { count = 0, first = storedAt } = found.get(source) ?? {};
        found.set(source, { source, count: count + 1, first: Math.min(first, storedAt) });
        settleBefore(storedAt);
      }
      const end = page.keys.at(-1)?.storedAt ?? from;
      last = Math.max(last, end);
      if (!page.next) return;
      if (pages === mostPages) return settleBefore(end);
      page = await records.timeline({ ...period, after: page.next });
    }
  };
  await Promise.all(allShards.map(ofShard));
  return { undecided: [...found.values()], settledBefore: Math.max(from, Math.min(settledBefore, last, now - marginMs)) };
};
