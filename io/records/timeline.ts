import { dayMs } from "../../core/durations.ts";
import { dayOf } from "../../core/formats/iso-time.ts";
import { merge } from "../../core/sequences.ts";
import type { TimelineShards } from "../ledger/timeline-shards.ts";
import { beforeIn, type Period, type Stored } from "../stored.ts";
import { shardsFrom0 } from "../table.ts";
import type { Records, TimelinePage } from "./records.ts";

/** Keys per query: some 20 KB. */
const pageSize = 200;
/** The number of empty days searched at a time; a query for each of their shards. */
const mostDays = 8;

export interface TimelineStores {
  readonly records: Pick<Records, "timeline">;
  readonly timelineShards: Pick<TimelineShards, "counted">;
}

export async function* timeline({ records, timelineShards }: TimelineStores, period: Period): AsyncGenerator<Stored> {
  const days = daysOf(period);
  const shardsOf = days.length > 0 ? await timelineShards.counted() : undefined;
  let [at, step] = [0, 1];
  while (at < days.length) {
    const some = days.slice(at, at + step);
    const opened = await Promise.all(some.map((day) => openDay(records, period, day, shardsOf?.(day) ?? 0)));
    for (const shards of opened)
      yield* merge(
        shards.map((shard) => shard.keys()),
        beforeIn(period),
      );
    at += some.length;
    // A quiet year is searched in a second; a busy day is read no further than it is used.
    step = opened.flat().every(({ isEmpty }) => isEmpty) ? Math.min(mostDays, step * 2) : 1;
  }
}

/** None when the period ends before it begins, which DynamoDB rejects. */
const daysOf = ({ from, to, newestFirst }: Period): readonly string[] => {
  const days: string[] = [];
  if (from > to) return days;
  for (let moment = from - (from % dayMs); moment <= to; moment += dayMs) days.push(dayOf(moment));
  return newestFirst ? days.reverse() : days;
};

const openDay = (records: Pick<Records, "timeline">, period: Period, day: string, shards: number) =>
  Promise.all(
    shardsFrom0(shards).map(async (shard) => {
      const asked = { ...period, day, shard, limit: pageSize };
      const first = await records.timeline(asked);
      return { isEmpty: first.keys.length === 0 && !first.next, keys: () => pagesFrom(records, asked, first) };
    }),
  );

async function* pagesFrom(
  records: Pick<Records, "timeline">,
  asked: Parameters<Records["timeline"]>[0],
  first: TimelinePage,
): AsyncGenerator<Stored> {
  let page = first;
  for (;;) {
    yield* page.keys;
    if (!page.next) return;
    page = await records.timeline({ ...asked, after: page.next });
  }
}
