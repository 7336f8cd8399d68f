import { describe, expect, test } from "vitest";
import { createTimelineShards } from "../../../io/ledger/timeline-shards.ts";
import { packBody } from "../../../io/records/body-encoding.ts";
import { toItem } from "../../../io/records/record-item.ts";
import { timeline } from "../../../io/records/timeline.ts";
import { timelinePartitionOf } from "../../../io/table.ts";
import { createStores } from "../../support/aws/stores.ts";
import { callbackRecord, keptUntil, noon } from "../../support/samples.ts";

const day = 86_400_000;

const setup = async (storedAt: readonly number[], idOf = (index: number) => `evt_${index}`) => {
  const { aws, client, record, records } = await createStores();
  const timelineShards = createTimelineShards({ client, table: aws.ledgerTable, configured: 8 });
  const all = storedAt.map((at, index) => callbackRecord(idOf(index), {}, at));
  for (let at = 0; at < all.length; at += 50)
    await Promise.all(all.slice(at, at + 50).map((one) => record(toItem(one, packBody(one.raw.body), keptUntil(noon + day)))));
  return { records, timelineShards, record };
};

describe("the records of a period", () => {
  test("are listed in the order stored, over all days and shards, in either direction, both bounds included", async () => {
    const moments = [noon - 30 * day, noon - day, noon - 1, noon, noon, noon + 1, noon + day, noon + 9 * day, noon + 40 * day];
    const stores = await setup(moments);
    const listed = async (from: number, to: number, newestFirst = false) =>
      (await Array.fromAsync(timeline(stores, { from, to, newestFirst }))).map(({ storedAt }) => storedAt);
    expect(await listed(noon - 30 * day, noon + 40 * day)).toEqual(moments);
    expect(await listed(noon - 30 * day, noon + 40 * day, true)).toEqual(moments.toReversed());
    expect(await listed(noon, noon + 1)).toEqual([noon, noon, noon + 1]);
    expect(await listed(noon + 2, noon + day - 1)).toEqual([]);
    expect(await listed(noon, noon - 1)).toEqual([]);
  });

  test("come in the same order each time, also those stored at the same moment", async () => {
    const stores = await setup(Array.from({ length: 40 }, () => noon));
    const period = { from: noon, to: noon, newestFirst: false };
    const keys = (await Array.fromAsync(timeline(stores, period))).map(({ key }) => key);
    expect(keys).toHaveLength(40);
    expect(keys).toEqual(keys.toSorted());
    expect((await Array.fromAsync(timeline(stores, { ...period, newestFirst: true }))).map(({ key }) => key)).toEqual(keys.toReversed());
  });

  test("are all there when a shard's day has more of them than a page", async () => {
    const ofOneShard: string[] = [];
    for (let at = 0; ofOneShard.length < 450; at++)
      if (timelinePartitionOf(`sandbox/${at}`, noon, 8).endsWith("#3")) ofOneShard.push(String(at));
    const moments = ofOneShard.map((_, at) => noon + at);
    const stores = await setup(moments, (index) => ofOneShard[index] ?? "");
    const listed = await Array.fromAsync(timeline(stores, { from: noon, to: noon + day, newestFirst: false }));
    expect(listed.map(({ storedAt }) => storedAt)).toEqual(moments);
  });

  test("are all there on a day whose number of shards was raised or lowered in its middle, and on the days before and after", async () => {
    const stores = await setup([]);
    const written = async (shards: number, from: number) => {
      const all = Array.from({ length: 100 }, (_, at) => callbackRecord(`${shards}_${from}_${at}`, {}, from + at));
      await Promise.all(
        all.map((one) => stores.record(toItem(one, packBody(one.raw.body), { expiresAt: noon + day, timelineShards: shards }))),
      );
      return all.map(({ key }) => key);
    };
    const keys = [
      ...(await written(8, noon - 3 * day)),
      ...(await written(8, noon - 3_600_000)),
      ...(await written(64, noon)),
      // A function that was replaced late.
      ...(await written(8, noon + 60_000)),
      ...(await written(64, noon + 5 * day)),
      ...(await written(12, noon + 5 * day + 3_600_000)),
    ];
    const history = [
      { shards: 64, from: noon + 120_000, to: noon + 5 * day + 3_600_000 },
      { shards: 12, from: noon + 5 * day + 3_600_000 },
    ];
    await stores.timelineShards.write(history, []);
    const listed = await Array.fromAsync(timeline(stores, { from: noon - 4 * day, to: noon + 6 * day, newestFirst: false }));
    expect(new Set(listed.map(({ key }) => key))).toEqual(new Set(keys));
  });
});
