/** Callbacks that could not be verified, as lists show them. */
import type { Millis } from "../../core/callback.ts";
import { type RecordKey, splitKey } from "../../core/record.ts";
import type { OpenProgress } from "../ledger/open-progress.ts";
import { allShards, quarantineDay } from "../table.ts";
import type { Records } from "./records.ts";

/** The quarantined callbacks that are still undecided, newest first, of all sources or one. */
export async function* listQuarantined(
  { records, open }: { readonly records: Pick<Records, "timeline">; readonly open: Pick<OpenProgress, "of"> },
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

const pageKeys = 200;
/** Of one shard. With more, a flood has filled the quarantine, which has a condition of its own. */
const mostPages = 10;

/** Those of some sources that nobody has decided about, the oldest first. */
export const countUndecided = async (
  { records, open }: { readonly records: Pick<Records, "timeline">; readonly open: Pick<OpenProgress, "of"> },
  isWanted: (source: string) => boolean,
): Promise<readonly Undecided[]> => {
  const found = new Map<string, Undecided>();
  const ofShard = async (shard: number): Promise<void> => {
    const period = { day: quarantineDay, shard, from: 0, to: Number.MAX_SAFE_INTEGER, limit: pageKeys };
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
      }
      if (!page.next || pages === mostPages) return;
      page = await records.timeline({ ...period, after: page.next });
    }
  };
  await Promise.all(allShards.map(ofShard));
  return [...found.values()];
};
