import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { CallbackRecord, RecordKey } from "../../../core/record.ts";
import { packBody } from "../../../io/records/body-encoding.ts";
import { toItem } from "../../../io/records/record-item.ts";
import { allShards } from "../../../io/table.ts";
import { createStores, watchCalls } from "../../support/aws/stores.ts";
import { callbackRecord, keptUntil, noon } from "../../support/samples.ts";

const setup = async () => {
  const stores = await createStores();
  const put = (record: CallbackRecord) => stores.record(toItem(record, packBody(record.raw.body), keptUntil(noon + 86_400_000)));
  return { ...stores, put };
};

describe("loading", () => {
  test("gives the record as it was stored, and nothing for an unknown key", async () => {
    const { put, records } = await setup();
    await put(callbackRecord("evt_1", { body: Buffer.from("bytes") }));
    const loaded = await records.load("sandbox/evt_1");
    expect(loaded).toMatchObject({ key: "sandbox/evt_1", gateway: "sandbox", storedAt: noon, verification: "verified" });
    expect(Buffer.from(loaded?.raw.body ?? []).toString()).toBe("bytes");
    expect(await records.load("sandbox/evt_2")).toBeUndefined();
    expect(await records.loadWithConflicts("sandbox/evt_2")).toEqual({ record: undefined, conflicts: [], furtherConflicts: 0 });
  });

  test("reads consistently: the doorbell may have rung a moment after the record was stored", async () => {
    const { client, records } = await setup();
    const calls = watchCalls(client);
    await Promise.all([records.load("sandbox/evt_1"), records.loadWithConflicts("sandbox/evt_1")]);
    expect(calls.map(({ name }) => name).toSorted()).toEqual(["GetItem", "Query"]);
    for (const { input } of calls) expect(input).toMatchObject({ ConsistentRead: true });
  });

  test("of many takes a call for each hundred, or for as much as DynamoDB gives at once", async () => {
    const { client, put, records } = await setup();
    const large = Array.from({ length: 5 }, (_, at) => callbackRecord(`evt_${at}`, { body: randomBytes(350_000) }));
    for (const record of large) await put(record);
    const calls = watchCalls(client);
    const read = await records.readAll([
      ...large.map(({ key }) => key),
      ...Array.from({ length: 140 }, (_, at): RecordKey => `sandbox/no_${at}`),
    ]);
    expect(new Set(calls.map(({ name }) => name))).toEqual(new Set(["BatchGetItem"]));
    for (const record of large)
      expect(await read(record.key)).toMatchObject({ kind: "record", record: { key: record.key, sha256: record.sha256 } });
    expect(await read("sandbox/no_139")).toEqual({ kind: "none" });
  });

  test("finds the record behind more conflicts than DynamoDB gives in one page", async () => {
    const { put, records } = await setup();
    const first = callbackRecord("evt_1", { body: Buffer.from("first") });
    await put(first);
    for (let at = 0; at < 6; at++) await put(callbackRecord("evt_1", { body: randomBytes(250_000) }));
    const { record, conflicts } = await records.loadWithConflicts("sandbox/evt_1");
    expect(record?.sha256).toBe(first.sha256);
    expect(conflicts).toHaveLength(6);
  });
});

describe("the timeline", () => {
  const day = "2026-11-20";
  const whole = { day, from: noon - 3_600_000, to: noon + 3_600_000 };

  test("lists each record once, in one of its shards, with when it was stored", async () => {
    const { put, records } = await setup();
    const stored = Array.from({ length: 40 }, (_, at) => callbackRecord(`evt_${at}`, {}, noon + at));
    await Promise.all(stored.map(put));
    const pages = await Promise.all(allShards.map((shard) => records.timeline({ ...whole, shard })));
    expect(pages.flatMap(({ keys }) => keys).toSorted((one, other) => one.storedAt - other.storedAt)).toEqual(
      stored.map(({ key, storedAt }) => ({ key, storedAt })),
    );
    expect(pages.filter(({ keys }) => keys.length > 0).length).toBeGreaterThan(4);
  });

  test("is read page by page, oldest or newest first, within its bounds, both included", async () => {
    const { put, records } = await setup();
    await Promise.all(Array.from({ length: 60 }, (_, at) => put(callbackRecord(`evt_${at}`, {}, noon + at))));
    await put(callbackRecord("the day before", {}, noon - 86_400_000));
    const read = async (bounds: { from: number; to: number; newestFirst?: boolean }, shard: number) => {
      const keys: { readonly key: RecordKey; readonly storedAt: number }[] = [];
      let page = await records.timeline({ day, shard, limit: 2, ...bounds });
      for (;;) {
        expect(page.keys.length).toBeLessThanOrEqual(2);
        keys.push(...page.keys);
        if (!page.next) return keys.map(({ storedAt }) => storedAt);
        page = await records.timeline({ day, shard, limit: 2, ...bounds, after: page.next });
      }
    };
    const bounds = { from: noon + 10, to: noon + 49 };
    const oldestFirst = await Promise.all(allShards.map((shard) => read(bounds, shard)));
    const newestFirst = await Promise.all(allShards.map((shard) => read({ ...bounds, newestFirst: true }, shard)));
    expect(oldestFirst.flat().toSorted()).toEqual(Array.from({ length: 40 }, (_, at) => noon + 10 + at));
    for (const [shard, times] of oldestFirst.entries()) {
      expect(times).toEqual(times.toSorted());
      expect(newestFirst[shard]).toEqual(times.toReversed());
    }
  });

  test("does not show a conflict: it is not a separate record", async () => {
    const { put, records } = await setup();
    await put(callbackRecord("evt_1", { body: Buffer.from("first") }));
    await put(callbackRecord("evt_1", { body: Buffer.from("other") }));
    const pages = await Promise.all(allShards.map((shard) => records.timeline({ ...whole, shard })));
    expect(pages.flatMap(({ keys }) => keys)).toEqual([{ key: "sandbox/evt_1", storedAt: noon }]);
  });
});
