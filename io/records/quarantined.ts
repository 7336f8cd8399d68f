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
