/** Callbacks of a person that no pointer leads to, because nothing of them is in the ledger: in quarantine, unverified, dead, or left out by rule. */

import type { Millis } from "../../core/callback.ts";
import { dayMs } from "../../core/durations.ts";
import { mentions } from "../../core/erasure/mentions.ts";
import type { Progress } from "../../core/lifecycle/progress.ts";
import { type RecordKey, storedAtOf } from "../../core/record.ts";
import { inBatches } from "../../core/sequences.ts";
import type { Gateway } from "../../gateways/index.ts";
import { timeline } from "../../io/records/timeline.ts";
import type { Stored } from "../../io/stored.ts";
import { allShards, type OpenClass, quarantineDay } from "../../io/table.ts";
import type { Stores } from "../connect/stores.ts";
import { timelineEnds } from "../query/select.ts";

export interface Looked {
  readonly found: readonly RecordKey[];
  /** Callbacks that were read for it. */
  readonly read: number;
}

/** Read in one call; DynamoDB's limit. */
const together = 100;

/** Dead letters that entered nothing, what is still to be verified, and what the sweep is to look at. */
const openClasses: readonly OpenClass[] = ["dead", "unverified", "due"];

/**
 * @param everywhere reads every record there is that has entered nothing into the ledger, also those that ended as ignored or were
 * discarded; without it only what is open or in quarantine
 */
export const lookForLoose = async (
  stores: Stores,
  findGateway: (name: string) => Gateway | undefined,
  { ids, everywhere }: { readonly ids: ReadonlySet<string>; readonly everywhere: boolean },
): Promise<Looked> => {
  const found: RecordKey[] = [];
  let read = 0;
  for await (const keys of inBatches(candidates(stores, everywhere), together)) {
    const readOne = await stores.records.readAll(keys);
    for (const key of keys) {
      const one = await readOne(key);
      read++;
      if (one.kind === "record" && mentions(one.record, ids, findGateway(one.record.gateway), stores.config)) found.push(key);
    }
  }
  return { found: [...new Set(found)], read };
};

async function* candidates(stores: Stores, everywhere: boolean): AsyncGenerator<RecordKey> {
  yield* quarantined(stores);
  const begins = everywhere ? await recordsBegin(stores) : Infinity;
  if (everywhere) yield* notEntered(stores, timeline(stores, { from: begins, to: timelineEnds(stores), newestFirst: true }));
  // What is open can be older than all that is searched: it was recorded under what the configuration said then.
  const anyTime = { from: 0, to: Number.MAX_SAFE_INTEGER, newestFirst: true };
  for (const kind of openClasses) yield* notEntered(stores, stores.open.keys(kind, anyTime), begins);
}

/**
 * Where the oldest record can be, open or not: what waited is kept, however long that took, and is still there for a while after it is settled. None is
 * older than the first sweep by more than a retention time, unless it was recorded before that under a longer one.
 */
const recordsBegin = async ({ timelineShards, config, clock }: Stores): Promise<Millis> => {
  const [first] = await timelineShards.read();
  return Math.min(first?.from ?? Infinity, clock()) - (config.retentionDays + 1) * dayMs;
};

/** @param searched those stored from then on, with progress, are left out: they were read */
async function* notEntered(stores: Stores, stream: AsyncIterable<Stored>, searched: Millis = Infinity): AsyncGenerator<RecordKey> {
  for await (const some of inBatches(stream, together)) {
    const known = await stores.open.of(some.map(({ key }) => key));
    for (const { key } of some) {
      const progress = known.get(key)?.progress;
      const isRead = progress !== undefined && storedAtOf(progress) >= searched;
      if (!isEntered(progress) && !isRead) yield key;
    }
  }
}

/** Then its entries lead to it. One whose progress alone was erased, because that was interrupted, is looked at again. */
const isEntered = (progress: Progress | undefined): boolean => progress?.applied === true;

/** Decided ones too: their bytes are kept for thirty days. */
async function* quarantined({ records }: Stores): AsyncGenerator<RecordKey> {
  for (const shard of allShards) {
    const period = { day: quarantineDay, shard, from: 0, to: Number.MAX_SAFE_INTEGER };
    for (let page = await records.timeline(period); ; page = await records.timeline({ ...period, after: page.next })) {
      for (const { key } of page.keys) yield key;
      if (!page.next) break;
    }
  }
}
