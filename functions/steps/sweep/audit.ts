/**
 * Finds what was stored and never taken further: looks at every record once it has reached a certain age, and puts those that
 * are neither settled nor in the open index there. Each record is looked at twice, after the grace time and after a day, so that
 * an index that lagged at the first look loses nothing. What came under a record's id with another content is in the same index; it
 * is made an open conflict, which waits for an operator.
 */
import type { Millis } from "../../../core/callback.ts";
import { dayOf } from "../../../core/formats/iso-time.ts";
import { can } from "../../../core/lifecycle/events.ts";
import { type Progress, untouched } from "../../../core/lifecycle/progress.ts";
import { find } from "../../../core/lifecycle/transitions/sweep.ts";
import type { RecordKey } from "../../../core/record.ts";
import { conflictsAtATime } from "../../../io/ledger/conflicts.ts";
import { allShards } from "../../../io/table.ts";
import type { SweepDependencies } from "./dependencies.ts";
import { type OneByOne, oneByOne } from "./one-by-one.ts";

const dayMs = 86_400_000;
/** Looked at again each time: an index that lags by less than this loses nothing even between two looks. */
const overlapMs = 2 * 60_000;
/** The period of one round. A long backlog takes several. */
const periodMs = 60 * 60_000;

/** Each look's name and the age at which it looks. */
const looks = (graceMs: number) => [
  { name: "first look", ageMs: graceMs },
  { name: "second look", ageMs: dayMs },
];

/** After a record that could not be put into the index, its period is looked through again for so long; the others go on. */
const againMs = 60 * 60_000;

export const audit = async (sweep: SweepDependencies): Promise<void> => {
  const each = oneByOne(sweep, "audit");
  for (const { name, ageMs } of looks(sweep.config.graceSeconds * 1000)) {
    const now = sweep.clock();
    const until = now - ageMs;
    // Without a checkpoint this is the first sweep of all; a day covers whatever came before it.
    let from = (await sweep.checkpoints.read(name)) ?? until - dayMs;
    let again: number | undefined;
    while (from < until && sweep.hasTime()) {
      const to = Math.min(until, from + periodMs);
      const before = each.failed.size;
      await auditStretch(sweep, each, from - overlapMs, to);
      if (each.failed.size > before) again ??= from;
      await sweep.checkpoints.write(name, again === undefined ? to : Math.max(again, to - againMs));
      from = to;
    }
  }
  each.end();
};

const auditStretch = async (sweep: SweepDependencies, each: OneByOne, from: number, to: number): Promise<void> => {
  for (const day of new Set([dayOf(from), dayOf(to)]))
    await Promise.all(allShards.map((shard) => auditShard(sweep, each, { day, shard, from, to })));
};

const auditShard = async (
  sweep: SweepDependencies,
  each: OneByOne,
  period: { day: string; shard: number; from: number; to: number },
): Promise<void> => {
  let page = await sweep.records.timeline(period);
  for (;;) {
    const known = await sweep.open.of(
      page.keys.map(({ key }) => key),
      "it stood a moment ago",
    );
    for (const stored of page.keys)
      await each.all(
        [stored],
        ({ key }) => key,
        () => auditOne(sweep, stored, known.get(stored.key)),
      );
    await each.all(
      inGroups(page.conflicts, conflictsAtATime),
      ([first]) => `conflicts of ${first?.key}`,
      (some) => sweep.conflicts.note(some),
    );
    if (!page.next) return;
    page = await sweep.records.timeline({ ...period, after: page.next });
  }
};

const inGroups = <One>(all: readonly One[], size: number): readonly (readonly One[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));

const auditOne = async (
  sweep: SweepDependencies,
  stored: { readonly key: RecordKey; readonly storedAt: Millis },
  found: { readonly progress: Progress; readonly hidden: boolean } | undefined,
): Promise<void> => {
  const now = sweep.clock();
  // Its contracts are determined when its doorbell rings.
  if (!found) await sweep.ledger.save(find(untouched(stored, now), now), undefined);
  else if (found.hidden && can("find", found.progress)) await sweep.ledger.save(find(found.progress, now), found.progress);
};
