import { randomBytes } from "node:crypto";
import { describe, expect, inject, test } from "vitest";
import type { CallbackRecord } from "../../../core/record.ts";
import { lastResort, patient } from "../../../io/clients.ts";
import { createSpill } from "../../../io/fallback-store/spill.ts";
import { createSpilled, type Spilled } from "../../../io/fallback-store/spilled.ts";
import { type Item, itemFromText } from "../../../io/item.ts";
import { createQueue } from "../../../io/queues/queue.ts";
import { packBody } from "../../../io/records/body-encoding.ts";
import { fromItem, toItem } from "../../../io/records/record-item.ts";
import { createAws } from "../../support/aws/aws.ts";
import { callbackRecord, keptUntil, noon } from "../../support/samples.ts";

const setup = async () => {
  const { spillQueueUrl: queueUrl, bucket } = await createAws(inject("endpoints"));
  return {
    spill: createSpill({ queueUrl, bucket, limits: lastResort }),
    spilled: createSpilled({ queueUrl, bucket, limits: patient }),
    another: createSpilled({ queueUrl, bucket, limits: patient }),
    async inQueue(): Promise<readonly Item[]> {
      const messages = await createQueue({ url: queueUrl, limits: patient }).take(60);
      return messages.map(({ body }) => itemFromText(body));
    },
  };
};

const inTime = () => AbortSignal.timeout(5_000);

const itemOf = (record: CallbackRecord): Item => toItem(record, packBody(record.raw.body), keptUntil(noon));

const recordsOf = async (all: readonly Pick<Spilled, "item">[]) => {
  const records = await Promise.all(all.map(({ item }) => fromItem(item, () => Promise.reject(new Error("not in the bucket")))));
  return records
    .map(({ key, sha256, raw }) => ({ key, sha256, headers: raw.headers, body: Buffer.from(raw.body).toString("hex") }))
    .toSorted((one, other) => (one.key + one.sha256 < other.key + other.sha256 ? -1 : 1));
};

const spellings = ["evt_1", "a/b", "../../etc", "50%25", "a b", "円", "#?&=+", "x".repeat(200)];
const records = spellings.map((id, at) =>
  callbackRecord(id, { body: Buffer.from([0, 255, 10, 13, at]), headers: { "x-shop": "表\u0000\uFFFF" } }),
);

describe("the spill queue", () => {
  test("returns every byte of what was put into it, whatever its name", async () => {
    const { spill, inQueue } = await setup();
    for (const record of records) await spill.toQueue(itemOf(record), inTime());
    const all: Item[] = [];
    for (let some = await inQueue(); some.length > 0; some = await inQueue()) all.push(...some);
    expect(await recordsOf(all.map((item) => ({ item })))).toEqual(await recordsOf(records.map((record) => ({ item: itemOf(record) }))));
  });

  test("accepts the largest callback that is not too large for an item, and rejects larger ones", async () => {
    const { spill, inQueue } = await setup();
    const largest = callbackRecord("evt_1", { body: randomBytes(300_000) });
    await spill.toQueue(itemOf(largest), inTime());
    expect((await recordsOf((await inQueue()).map((item) => ({ item }))))[0]?.sha256).toBe(largest.sha256);
    await expect(spill.toQueue(itemOf(callbackRecord("evt_2", { body: randomBytes(1_000_000) })), inTime())).rejects.toThrow();
  });
});

describe("the bucket", () => {
  test("returns every byte of what was put into it, whatever its name, until it is removed", async () => {
    const { spill, spilled, another } = await setup();
    for (const record of records) await spill.toBucket(itemOf(record), inTime());
    const all = await spilled.inBucket(50);
    expect(await recordsOf(all)).toEqual(await recordsOf(records.map((record) => ({ item: itemOf(record) }))));
    expect(await another.inBucket(50)).toHaveLength(records.length);
    for (const { remove } of all) await remove();
    expect(await another.inBucket(50)).toEqual([]);
  });

  test("holds the same callback once and two that differ under one id as two", async () => {
    const { spill, spilled } = await setup();
    for (const body of ["same", "same", "other"])
      await spill.toBucket(itemOf(callbackRecord("evt_1", { body: Buffer.from(body) })), inTime());
    expect(await spilled.inBucket(50)).toHaveLength(2);
  });

  test("gives no more than was asked for at a time", async () => {
    const { spill, spilled } = await setup();
    for (let at = 0; at < 5; at++) await spill.toBucket(itemOf(callbackRecord(`evt_${at}`)), inTime());
    expect(await spilled.inBucket(3)).toHaveLength(3);
  });

  test("accepts what is too large for a queue", async () => {
    const { spill, spilled } = await setup();
    const large = callbackRecord("evt_1", { body: randomBytes(4_000_000) });
    await spill.toBucket(itemOf(large), inTime());
    expect((await recordsOf(await spilled.inBucket(50)))[0]?.sha256).toBe(large.sha256);
  });
});

test("neither accepts anything once its time is up", async () => {
  const { spill, spilled, inQueue } = await setup();
  const item = itemOf(callbackRecord("evt_1"));
  await expect(spill.toQueue(item, AbortSignal.abort())).rejects.toThrow();
  await expect(spill.toBucket(item, AbortSignal.abort())).rejects.toThrow();
  expect([await inQueue(), await spilled.inBucket(50)]).toEqual([[], []]);
});
