import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { CallbackRecord } from "../../../core/record.ts";
import { findGateway } from "../../../gateways/index.ts";
import type { Item } from "../../../io/item.ts";
import type { Bodies } from "../../../io/records/bodies.ts";
import { packBody } from "../../../io/records/body-encoding.ts";
import { createRecord, prepareItem } from "../../../io/records/record.ts";
import { fromItem, toItem } from "../../../io/records/record-item.ts";
import { createSdkPut } from "../../../io/records/sdk-put.ts";
import { createStores } from "../../support/aws/stores.ts";
import { callbackRecord, keepingFor, keptUntil, noon } from "../../support/samples.ts";

const itemOf = (record: CallbackRecord): Item => toItem(record, packBody(record.raw.body), keptUntil(noon + 86_400_000));

const twin = (id: string, text: string, storedAt = noon): Item => itemOf(callbackRecord(id, { body: Buffer.from(text) }, storedAt));

const tally = (kinds: readonly { readonly kind: string }[]): Readonly<Record<string, number>> =>
  Object.fromEntries([...Map.groupBy(kinds, ({ kind }) => kind)].map(([kind, all]) => [kind, all.length]));

describe("recording", () => {
  test("distinguishes the first from its redeliveries, also a year later, and never changes what was recorded first", async () => {
    const { record, records } = await createStores();
    expect(await record(twin("evt_1", "first"))).toEqual({ kind: "new" });
    expect(await record(twin("evt_1", "first", noon + 365 * 86_400_000))).toEqual({ kind: "duplicate" });
    expect(await records.load("sandbox/evt_1")).toMatchObject({ storedAt: noon });
    expect(await record(twin("evt_2", "first"))).toEqual({ kind: "new" });
  });

  test("calls exactly one of fifty concurrent twins new", async () => {
    const { record, records } = await createStores();
    const kinds = await Promise.all(Array.from({ length: 50 }, (_, at) => record(twin("evt_1", "same bytes", noon + at))));
    expect(tally(kinds)).toEqual({ new: 1, duplicate: 49 });
    const winner = kinds.findIndex(({ kind }) => kind === "new");
    expect(await records.load("sandbox/evt_1")).toMatchObject({ storedAt: noon + winner });
  });

  test("calls exactly one of fifty new when each comes with other bytes, and keeps all of them", async () => {
    const { record, records } = await createStores();
    const kinds = await Promise.all(Array.from({ length: 50 }, (_, at) => record(twin("evt_1", `bytes ${at}`))));
    expect(tally(kinds)).toEqual({ new: 1, conflict: 49 });
    const { record: first, conflicts, furtherConflicts } = await records.loadWithConflicts("sandbox/evt_1");
    const bodies = [first, ...conflicts].map((one) => Buffer.from(one?.raw.body ?? []).toString());
    expect(new Set(bodies).size + furtherConflicts).toBe(50);
    expect(bodies[0]).toBe(`bytes ${kinds.findIndex(({ kind }) => kind === "new")}`);
  });

  test("reports a conflict once: its redelivery is a duplicate like any other", async () => {
    const { record, records } = await createStores();
    await record(twin("evt_1", "first"));
    expect(await record(twin("evt_1", "other"))).toEqual({ kind: "conflict" });
    expect(await record(twin("evt_1", "other"))).toEqual({ kind: "duplicate" });
    expect(await record(twin("evt_1", "third"))).toEqual({ kind: "conflict" });
    expect(await record(twin("evt_1", "first"))).toEqual({ kind: "duplicate" });
    expect((await records.loadWithConflicts("sandbox/evt_1")).conflicts).toHaveLength(2);
  });

  test("calls exactly one of fifty concurrent twins of a conflict a conflict", async () => {
    const { record } = await createStores();
    await record(twin("evt_1", "first"));
    const kinds = await Promise.all(Array.from({ length: 50 }, () => record(twin("evt_1", "other"))));
    expect(tally(kinds)).toEqual({ conflict: 1, duplicate: 49 });
  });

  test("rejects a flood of other bytes under one id once their places are taken, where nothing has been acknowledged", async () => {
    const { aws, client, record, records } = await createStores();
    const atTheFront = createRecord({ put: createSdkPut({ client, table: aws.recordsTable }), keepsAll: false, findGateway });
    await record(twin("evt_1", "first"));
    /** All of them have the same places, four of the 1,024 there are. */
    const other = (at: number): Item => ({
      ...twin("evt_1", `bytes ${at}`),
      sha256: { S: `00000001000000020000000300000004${String(at).padStart(32, "0")}` },
    });
    const kinds = [];
    for (let at = 0; at < 6; at++) kinds.push((await atTheFront(other(at))).kind);
    expect(kinds).toEqual(["conflict", "conflict", "conflict", "conflict", "crowded", "crowded"]);
    expect((await records.loadWithConflicts("sandbox/evt_1")).conflicts).toHaveLength(4);
    expect(await atTheFront(other(3))).toEqual({ kind: "duplicate" });
    expect(await record(other(4))).toEqual({ kind: "conflict" });
    expect(await record(other(4))).toEqual({ kind: "duplicate" });
  });

  describe("of a gateway that does not repeat every byte", () => {
    const notice = (id: string, text: string): Item => ({
      ...itemOf({ ...callbackRecord(id, { body: Buffer.from(text) }, noon), gateway: "sbps", verification: "verified" }),
    });
    const first = "order_id=o&res_tracking_id=t&amount=980";
    const reordered = "amount=980&res_tracking_id=t&order_id=o";

    test("R-CONFLICT 2: takes the same fields in another order for a redelivery, of the first and of a conflict", async () => {
      const { record, records } = await createStores();
      expect(await record(notice("n", first))).toEqual({ kind: "new" });
      expect(await record(notice("n", reordered))).toEqual({ kind: "duplicate" });
      expect(await record(notice("n", first.replace("980", "1980")))).toEqual({ kind: "conflict" });
      expect(await record(notice("n", reordered.replace("980", "1980")))).toEqual({ kind: "duplicate" });
      expect((await records.loadWithConflicts("sandbox/n")).conflicts).toHaveLength(1);
    });

    test("compares the bytes where they are in the bucket, and where it is not verified", async () => {
      const { record, bodies } = await createStores();
      const large = (order: readonly string[]): CallbackRecord => ({
        ...callbackRecord("large", { body: Buffer.from([...order, `free1=${randomBytes(400_000).toString("hex")}`].join("&")) }, noon),
        gateway: "sbps",
      });
      const [one, other] = [large(["order_id=o", "amount=1"]), large(["amount=1", "order_id=o"])];
      expect(await record(await prepareItem(one, bodies, keepingFor(400)))).toEqual({ kind: "new" });
      expect(await record(await prepareItem(other, bodies, keepingFor(400)))).toEqual({ kind: "conflict" });
      const unverified = (text: string): Item => ({ ...notice("u", text), verification: { S: "unverified" } });
      expect(await record(unverified(first))).toEqual({ kind: "new" });
      expect(await record(unverified(reordered))).toEqual({ kind: "conflict" });
    });
  });

  test("throws when its time is up, because nothing is known then", async () => {
    const { record } = await createStores();
    await expect(record(twin("evt_1", "first"), AbortSignal.abort())).rejects.toThrow();
  });

  test("throws when there is no such table", async () => {
    const { client } = await createStores();
    await expect(createRecord({ put: createSdkPut({ client, table: "nowhere" }), findGateway })(twin("evt_1", "first"))).rejects.toThrow();
  });
});

describe("preparing an item", () => {
  const unused: Bodies = {
    put: () => Promise.reject(new Error("the network was touched")),
    get: () => Promise.reject(new Error("the network was touched")),
  };

  test("touches no network for bytes that fit an item, as almost all do", async () => {
    for (const body of [new Uint8Array(), randomBytes(300_000), Buffer.alloc(4_000_000)]) {
      const record = callbackRecord("evt_1", { body });
      const item = await prepareItem(record, unused, keepingFor(400));
      expect(item.object).toBeUndefined();
      expect(Buffer.from((await fromItem(item, unused.get)).raw.body).equals(body)).toBe(true);
    }
  });

  test("puts bytes that do not fit into the bucket, and the record comes back whole", async () => {
    const { record, records, bodies } = await createStores();
    const body = randomBytes(300_001);
    const item = await prepareItem(callbackRecord("evt_1", { body }), bodies, keepingFor(400));
    expect(item.body).toBeUndefined();
    expect(await record(item)).toEqual({ kind: "new" });
    expect(Buffer.from((await records.load("sandbox/evt_1"))?.raw.body ?? []).equals(body)).toBe(true);
  });

  test("lets the record expire after its retention, counted from when it was stored", async () => {
    const item = await prepareItem(callbackRecord("evt_1"), unused, keepingFor(400));
    expect(item.expiresAt).toEqual({ N: String(noon / 1000 + 400 * 86_400) });
  });

  test("makes an item that the table takes with the largest body, headers and URL that can arrive", async () => {
    const { record, bodies } = await createStores();
    const headers = { "x-long": "あ".repeat(3_000) };
    const url = `https://callbacks.example.com/callbacks/sandbox?${"a".repeat(10_000)}`;
    const item = await prepareItem(callbackRecord("evt_1", { body: randomBytes(300_000), headers, url }), bodies, keepingFor(400));
    expect(await record(item)).toEqual({ kind: "new" });
  });
});
