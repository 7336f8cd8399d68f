import { describe, expect, test } from "vitest";
import { packBody, toItem } from "../../../io/records/record-item.ts";
import { timeline } from "../../../io/records/timeline.ts";
import { timelinePartitionOf } from "../../../io/table.ts";
import { callbackRecord, noon } from "../../support/samples.ts";
import { createStores } from "../../support/stores.ts";

const day = 86_400_000;

const setup = async (storedAt: readonly number[], idOf = (index: number) => `evt_${index}`) => {
  const { record, records } = await createStores();
  const all = storedAt.map((at, index) => callbackRecord(idOf(index), {}, at));
  for (let at = 0; at < all.length; at += 50)
    await Promise.all(all.slice(at, at + 50).map((one) => record(toItem(one, packBody(one.raw.body), noon + day))));
  return records;
};

describe("the records of a period", () => {
  test("are listed in the order stored, over all days and shards, in either direction, both bounds included", async () => {
    const moments = [noon - 30 * day, noon - day, noon - 1, noon, noon, noon + 1, noon + day, noon + 9 * day, noon + 40 * day];
    const records = await setup(moments);
    const listed = async (from: number, to: number, newestFirst = false) =>
      (await Array.fromAsync(timeline(records, { from, to, newestFirst }))).map(({ storedAt }) => storedAt);
    expect(await listed(noon - 30 * day, noon + 40 * day)).toEqual(moments);
    expect(await listed(noon - 30 * day, noon + 40 * day, true)).toEqual(moments.toReversed());
    expect(await listed(noon, noon + 1)).toEqual([noon, noon, noon + 1]);
    expect(await listed(noon + 2, noon + day - 1)).toEqual([]);
    expect(await listed(noon, noon - 1)).toEqual([]);
  });

  test("come in the same order each time, also those stored at the same moment", async () => {
    const records = await setup(Array.from({ length: 40 }, () => noon));
    const period = { from: noon, to: noon, newestFirst: false };
    const keys = (await Array.fromAsync(timeline(records, period))).map(({ key }) => key);
    expect(keys).toHaveLength(40);
    expect(keys).toEqual(keys.toSorted());
    expect((await Array.fromAsync(timeline(records, { ...period, newestFirst: true }))).map(({ key }) => key)).toEqual(keys.toReversed());
  });

  test("are all there when a shard's day has more of them than a page", async () => {
    const ofOneShard: string[] = [];
    for (let at = 0; ofOneShard.length < 450; at++)
      if (timelinePartitionOf(`sandbox/${at}`, noon).endsWith("#3")) ofOneShard.push(String(at));
    const moments = ofOneShard.map((_, at) => noon + at);
    const records = await setup(moments, (index) => ofOneShard[index] ?? "");
    const listed = await Array.fromAsync(timeline(records, { from: noon, to: noon + day, newestFirst: false }));
    expect(listed.map(({ storedAt }) => storedAt)).toEqual(moments);
  });
});
