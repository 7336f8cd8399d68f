/**
 * What still waits does not expire: a dead letter nobody has looked at, what is behind it or behind a hold, a conflict that is undecided. Once a
 * day, those whose retention time ends within a week are kept for two more. Settled, they go with the next end of that time.
 */
import type { Millis } from "../../../core/callback.ts";
import { dayMs } from "../../../core/durations.ts";
import { recordAt } from "../../../core/receive/conflict.ts";
import type { RecordKey } from "../../../core/record.ts";
import { inBatches } from "../../../core/sequences.ts";
import { type OpenClass, recordItemKey } from "../../../io/table.ts";
import { type OneByOne, oneByOne } from "../one-by-one.ts";
import type { SweepDependencies } from "./dependencies.ts";

const checkpoint = "keep waiting";
/** The shortest retention time there can be is twice this. */
const aheadMs = 7 * dayMs;
const longerMs = 14 * dayMs;
/** Read at a time. */
const sideBySide = 50;

export const keepWaiting = async (sweep: SweepDependencies): Promise<void> => {
  const { reminders, clock } = sweep;
  const now = clock();
  const last = await reminders.read(checkpoint);
  if (last !== undefined && now - last < dayMs && now >= last) return;
  const each = oneByOne(sweep, "keepWaiting");
  const targets = await sweep.holds.targets(sweep.config.targets);
  const held = targets.map((target) => `held ${target}` as const);
  // All but `due` are sorted by when they were stored, and what is young has its time before it.
  const classes: readonly (readonly [OpenClass, Millis])[] = [
    ...(["dead", "waiting", ...held, "unverified", "conflict"] as const).map((kind) => [kind, now - aheadMs] as const),
    ["due", Number.MAX_SAFE_INTEGER],
  ];
  for (const [kind, to] of classes) if (!(await keepClass(sweep, each, { kind, to, now }))) return each.end();
  // Each goes on where it was only within one round.
  for (const [kind] of classes) await reminders.write(placeOf(kind), 0);
  // What failed is tried again tomorrow: it has a week.
  await reminders.write(checkpoint, now);
  each.end();
};

const placeOf = (kind: OpenClass): string => `${checkpoint} ${kind}`;

/** Whether all of it was looked at; otherwise the next run goes on. */
const keepClass = async (
  sweep: SweepDependencies,
  each: OneByOne,
  { kind, to, now }: { readonly kind: OpenClass; readonly to: Millis; readonly now: Millis },
): Promise<boolean> => {
  const { reminders, open, hasTime } = sweep;
  const from = (await reminders.read(placeOf(kind))) ?? 0;
  const isFirst = kind === "conflict" ? firstOfEach() : () => true;
  for await (const batch of inBatches(open.keys(kind, { from, to, newestFirst: false }), sideBySide)) {
    if (!hasTime()) {
      await reminders.write(placeOf(kind), batch[0]?.storedAt ?? from);
      return false;
    }
    await each.all(
      batch.filter(({ key }) => isFirst(key)),
      ({ key }) => key,
      ({ key }) => keepOne(sweep, each, { kind, key, now }),
    );
  }
  if (from <= to) await reminders.write(placeOf(kind), Number.MAX_SAFE_INTEGER);
  return true;
};

/** The index has a record once for each of its conflicts, and all of them are kept together. */
const firstOfEach = () => {
  const seen = new Set<RecordKey>();
  return (key: RecordKey): boolean => seen.size < seen.add(key).size;
};

const keepOne = async (
  { prolong, conflicts }: SweepDependencies,
  each: OneByOne,
  { kind, key, now }: { readonly kind: OpenClass; readonly key: RecordKey; readonly now: Millis },
): Promise<void> => {
  const others = kind === "conflict" ? await conflicts.of(key) : [];
  const undecided = others.filter(({ isDone }) => !isDone).map(({ place }) => place);
  const items = [recordItemKey(key), ...undecided.map((place) => itemKeyOf(key, place))];
  for (const item of items)
    await each.all(
      [item],
      () => key,
      () => prolong(item, { ifBefore: now + aheadMs, until: now + longerMs }),
    );
};

const itemKeyOf = (key: RecordKey, place: string) => {
  const record = recordAt(place);
  return record === undefined ? { pk: key, sk: place } : recordItemKey(record);
};
