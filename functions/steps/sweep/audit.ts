/**
 * Finds what was stored and never taken further: looks at every record once it has reached a certain age, and puts those that
 * are neither settled nor in the open index there. Each record is looked at twice, after the grace time and after a day, so that
 * an index that lagged at the first look loses nothing. A backlog of any length is gone through page by page, over as many sweeps as it
 * takes. What came under a record's id with another content is in the same index; it is made an open conflict, which waits for an operator.
 */
import type { Millis } from "../../../core/callback.ts";
import { dayMs, hourMs, minuteMs } from "../../../core/durations.ts";
import { dayOf } from "../../../core/formats/iso-time.ts";
import { can } from "../../../core/lifecycle/events.ts";
import { type Progress, untouched } from "../../../core/lifecycle/progress.ts";
import { find } from "../../../core/lifecycle/transitions/sweep.ts";
import type { RecordKey } from "../../../core/record.ts";
import { inGroups } from "../../../core/sequences.ts";
import { conflictsAtATime } from "../../../io/ledger/conflicts.ts";
import type { StoredConflict } from "../../../io/stored.ts";
import { shardsFrom0 } from "../../../io/table.ts";
import { type OneByOne, oneByOne } from "../one-by-one.ts";
import type { SweepDependencies } from "./dependencies.ts";
import type { Seen } from "./seen.ts";
import { noteTimelineShards } from "./timeline-shards.ts";

/** Looked at again each time: an index that lags by less than this loses nothing even between two looks. */
const overlapMs = 2 * minuteMs;
/** With a backlog longer than this nothing is looked at twice: where much arrives, that alone could take all of the time. */
const longestOverlappedMs = 10 * minuteMs;
/** Keys of one shard that are looked at before the checkpoint moves. */
const pageKeys = 250;
/** Of those, the number that is put into the index at a time. */
const together = 25;

/** Each look's name and the age at which it looks. */
const looks = (graceMs: number) => [
  { name: "first look", ageMs: graceMs },
  { name: "second look", ageMs: dayMs },
];

/** After a record that could not be put into the index, its period is looked through again for so long; the others go on. */
const againMs = hourMs;

interface Look {
  readonly name: string;
  readonly checkpoint: Millis;
  readonly until: Millis;
  /** How far this sweep has come. */
  at: Millis;
  /** From when on it is looked through again. */
  again?: Millis;
  readonly seen: ReturnType<Seen["by"]>;
}

export const audit = async (sweep: SweepDependencies): Promise<void> => {
  const each = oneByOne(sweep, "audit");
  const planned = looks(sweep.config.graceSeconds * 1000);
  const shardsOf = await noteTimelineShards(
    sweep,
    planned.map(({ name }) => name),
  );
  let unfinished = await Promise.all(planned.map((look) => begin(sweep, look)));
  do {
    // A page of each in turn: one that has far to go does not keep the other from coming forward.
    for (const look of unfinished) await lookOn(sweep, each, look, shardsOf);
    unfinished = unfinished.filter(({ at, until }) => at < until);
  } while (unfinished.length > 0 && sweep.hasTime());
  each.end();
};

const begin = async (sweep: SweepDependencies, { name, ageMs }: { readonly name: string; readonly ageMs: number }): Promise<Look> => {
  const until = sweep.clock() - ageMs;
  // Without a checkpoint this is the first sweep of all; a day covers whatever came before it.
  const known = (await sweep.checkpoints.read(name)) ?? until - dayMs;
  // The sweep that wrote it had a clock that was ahead, so records stored until then would be skipped. It ran minutes ago as a rule; what
  // was stored during a longer pause is found by the second look.
  const checkpoint = known > until ? until - longestOverlappedMs : known;
  if (checkpoint !== known) await sweep.checkpoints.write(name, checkpoint);
  const at = until - checkpoint > longestOverlappedMs ? checkpoint : checkpoint - overlapMs;
  return { name, checkpoint, until, at, seen: sweep.seen.by(name, at) };
};

const lookOn = async (sweep: SweepDependencies, each: OneByOne, look: Look, shardsOf: (day: string) => number): Promise<void> => {
  const day = dayOf(look.at);
  const dayEnds = (Math.floor(look.at / dayMs) + 1) * dayMs;
  const to = Math.min(look.until, dayEnds - 1);
  const before = each.failed.size;
  const pages = await Promise.all(shardsFrom0(shardsOf(day)).map((shard) => pageOf(sweep, { day, shard, from: look.at, to })));
  // Every shard has been read up to there; what one has read beyond is read again.
  const end = Math.min(to, ...pages.map((page) => page.end));
  await Promise.all(
    pages.map(({ keys }) =>
      findLost(
        sweep,
        each,
        keys.filter(({ key, storedAt }) => storedAt <= end && !look.seen.has(key)),
        look.seen,
      ),
    ),
  );
  await each.all(
    inGroups(
      pages.flatMap(({ conflicts }) => conflicts),
      conflictsAtATime,
    ),
    ([first]) => `conflicts of ${first?.key}`,
    (some) => sweep.conflicts.note(some),
  );
  if (each.failed.size > before) look.again ??= Math.max(look.at, look.checkpoint);
  const reached = look.again === undefined ? end : Math.max(look.again, end - againMs);
  if (reached > look.checkpoint) await sweep.checkpoints.write(look.name, reached);
  look.at = end === dayEnds - 1 ? dayEnds : end;
};

interface Stored {
  readonly key: RecordKey;
  readonly storedAt: Millis;
}

/** `end`: what was stored until then in that shard is in the page. */
const pageOf = async (
  sweep: SweepDependencies,
  period: { readonly day: string; readonly shard: number; readonly from: Millis; readonly to: Millis },
): Promise<{ readonly keys: readonly Stored[]; readonly conflicts: readonly StoredConflict[]; readonly end: Millis }> => {
  let page = await sweep.records.timeline({ ...period, limit: pageKeys });
  const [keys, conflicts] = [[...page.keys], [...page.conflicts]];
  // What was stored at one moment belongs together, however much it is: the checkpoint is a time.
  while (page.next && (keys.at(-1)?.storedAt ?? period.from) <= period.from) {
    page = await sweep.records.timeline({ ...period, limit: pageKeys, after: page.next });
    keys.push(...page.keys);
    conflicts.push(...page.conflicts);
  }
  return { keys, conflicts, end: page.next ? (keys.at(-1)?.storedAt ?? period.to) : period.to };
};

const findLost = async (sweep: SweepDependencies, each: OneByOne, keys: readonly Stored[], seen: Look["seen"]): Promise<void> => {
  if (keys.length === 0) return;
  const known = await sweep.open.of(
    keys.map(({ key }) => key),
    { consistent: false },
  );
  const isLost = ({ key }: Stored): boolean => known.get(key)?.hidden ?? true;
  const lost = keys.filter(isLost);
  for (const one of keys) if (!isLost(one)) seen.add(one.key, one.storedAt);
  for (let at = 0; at < lost.length; at += together)
    await each.all(
      lost.slice(at, at + together),
      ({ key }) => key,
      (stored) => findOne(sweep, stored, known.get(stored.key)?.progress),
    );
};

const findOne = async (sweep: SweepDependencies, stored: Stored, known: Progress | undefined): Promise<void> => {
  const now = sweep.clock();
  // Its contracts are determined when its doorbell rings.
  if (!known) await sweep.ledger.save(find(untouched(stored, now), now), undefined);
  // Where it is not due, its doorbell finds it.
  else if (can("find", known)) await sweep.ledger.save(find(known, now), known);
};
