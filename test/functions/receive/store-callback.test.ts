import { randomBytes } from "node:crypto";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createStoreCallback, type StoreOutcome } from "../../../functions/steps/receive/store-callback.ts";
import type { Item } from "../../../io/item.ts";
import type { Bodies } from "../../../io/records/bodies.ts";
import { fromItem } from "../../../io/records/record-item.ts";
import { callbackRecord, keepingFor, noon } from "../../support/samples.ts";

type Store = (item: Item, signal?: AbortSignal) => Promise<void>;

const takes: Store = async () => {};
const refuses =
  (name: string): Store =>
  async () => {
    throw Object.assign(new Error("the message may quote what was sent: sk_live_123"), { name });
  };
/** Answers nobody, and lets go only of whoever gives up waiting. */
const hangs: Store = (_, signal) =>
  new Promise((_, reject) => {
    if (signal?.aborted) reject(signal.reason);
    signal?.addEventListener("abort", () => reject(signal.reason));
  });

/** Three stores that behave as told; `order` is who was asked for which item, in turn. */
const setup = (behaviour: { table: Store; queue: Store; bucket: Store; body?: Store }) => {
  const order: { readonly store: string; readonly item: Item }[] = [];
  const asked =
    (store: string, answer: Store): Store =>
    (item, signal) => {
      order.push({ store, item });
      return answer(item, signal);
    };
  const table = asked("table", behaviour.table);
  const bodies: Bodies = {
    put: async (sha256, _body, signal) => {
      await asked("body", behaviour.body ?? takes)({}, signal);
      return { bucket: "bodies", object: sha256 };
    },
    get: () => Promise.reject(new Error("nobody reads here")),
  };
  const store = createStoreCallback({
    record: async (item, signal) => {
      await table(item, signal);
      return { kind: "new" };
    },
    bodies,
    spill: { toQueue: asked("queue", behaviour.queue), toBucket: asked("bucket", behaviour.bucket) },
    keeping: keepingFor(400),
  });
  return { store, order, stores: () => order.map(({ store }) => store) };
};

const record = callbackRecord("evt_1");
const large = callbackRecord("evt_1", { body: randomBytes(300_001) });
const refused = { table: refuses("A"), queue: refuses("B"), bucket: refuses("C") };

test("bytes that the table rejects go to no fallback store, and are not acknowledged", async () => {
  const lifeboat = async () => expect.fail("a lifeboat was asked");
  const store = createStoreCallback({
    record: async () => ({ kind: "crowded" }),
    bodies: { put: lifeboat, get: lifeboat },
    spill: { toQueue: lifeboat, toBucket: lifeboat },
    keeping: keepingFor(400),
  });
  expect(await store(callbackRecord("evt_1"))).toEqual({ kind: "not stored", reason: "too many other bytes under its id" });
});

describe("a callback", () => {
  test("is stored in the table, and no other store is used", async () => {
    const { store, stores } = setup({ ...refused, table: takes });
    expect(await store(record)).toEqual({ kind: "recorded", recorded: "new" });
    expect(stores()).toEqual(["table"]);
  });

  test("that was stored before is reported as the table has it", async () => {
    for (const kind of ["duplicate", "conflict"] as const) {
      const store = createStoreCallback({
        record: async () => ({ kind }),
        bodies: { put: () => Promise.reject(new Error()), get: () => Promise.reject(new Error()) },
        spill: { toQueue: () => Promise.reject(new Error()), toBucket: () => Promise.reject(new Error()) },
        keeping: keepingFor(400),
      });
      expect(await store(record)).toEqual({ kind: "recorded", recorded: kind });
    }
  });

  test.each<[behaviour: Parameters<typeof setup>[0], kept: StoreOutcome, stores: string[]]>([
    [{ ...refused, queue: takes }, { kind: "spilled", to: "queue", reason: "table: A" }, ["table", "queue"]],
    [{ ...refused, bucket: takes }, { kind: "spilled", to: "bucket", reason: "table: A; queue: B" }, ["table", "queue", "bucket"]],
    [refused, { kind: "not stored", reason: "table: A; queue: B; bucket: C" }, ["table", "queue", "bucket"]],
  ])("goes from store to store until one takes it, and says who did and why the others did not (%#)", async (behaviour, kept, stores) => {
    const world = setup(behaviour);
    expect(await world.store(record)).toEqual(kept);
    expect(world.stores()).toEqual(stores);
  });

  test("is spilled with all of its bytes, also those meant for the bucket", async () => {
    for (const one of [record, large]) {
      const { store, order } = setup({ ...refused, bucket: takes });
      await store(one);
      for (const { item } of order.filter(({ store }) => store !== "table" && store !== "body")) {
        const spilled = await fromItem(item, () => Promise.reject(new Error("not in the item")));
        expect(Buffer.from(spilled.raw.body).equals(one.raw.body)).toBe(true);
        expect(item.expiresAt).toEqual({ N: String(noon / 1000 + 400 * 86_400) });
      }
    }
  });

  test("whose bytes cannot be put into the bucket is spilled, and its item is not written without them", async () => {
    const { store, stores } = setup({ ...refused, queue: takes, body: refuses("S3") });
    expect(await store(large)).toEqual({ kind: "spilled", to: "queue", reason: "table: S3" });
    expect(stores()).toEqual(["body", "queue"]);
  });

  test.each([
    ["small", record, { table: hangs, queue: hangs, bucket: hangs }],
    ["large, when its bytes already get no answer", large, { table: takes, queue: hangs, bucket: hangs, body: hangs }],
    ["large, when its bytes are in the bucket", large, { table: hangs, queue: hangs, bucket: hangs, body: takes }],
  ])("is given up on within three seconds when no store answers: one that is %s", async (_, one, behaviour) => {
    const limitsMs: number[] = [];
    const atOnce = vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => {
      limitsMs.push(ms);
      return AbortSignal.abort(new DOMException("too late", "TimeoutError"));
    });
    onTestFinished(() => atOnce.mockRestore());
    expect(await setup(behaviour).store(one)).toEqual({
      kind: "not stored",
      reason: "table: TimeoutError; queue: TimeoutError; bucket: TimeoutError",
    });
    expect(limitsMs.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(3_000);
  });
});
