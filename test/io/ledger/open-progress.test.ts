import { describe, expect, test } from "vitest";
import { type Progress, type RecordState, recordStates, type Settled } from "../../../core/lifecycle/progress.ts";
import { followersWoken } from "../../../core/lifecycle/transitions/settling.ts";
import type { RecordKey } from "../../../core/record.ts";
import { openPartitionOf } from "../../../io/table.ts";
import { createStores } from "../../support/aws/stores.ts";
import { heldByAnn, noon, progressOf } from "../../support/samples.ts";

const setup = async () => {
  const stores = await createStores();
  const save = async (progress: Progress): Promise<Progress> => {
    const saved = await stores.ledger.save(progress, await stores.ledger.progress(progress.key));
    if (saved.kind !== "saved") throw new Error("somebody else was at work");
    return saved.progress;
  };
  return { ...stores, save };
};

const scheduled = (id: string, dueAt: number): Progress => progressOf(`sandbox/${id}`, { state: "scheduled", dueAt });

describe("what is due", () => {
  test("is found when its time has come, not a moment before, those due for longest first", async () => {
    const { open, save } = await setup();
    for (const [id, dueAt] of [
      ["c", noon + 3],
      ["a", noon + 1],
      ["d", noon + 4],
      ["b", noon + 2],
    ] as const)
      await save(scheduled(id, dueAt));
    const ids = async (before: number, limit = 10) => (await open.due("due", before, limit)).map(({ key }) => key.at(-1)).join("");
    expect(await ids(noon)).toBe("");
    expect(await ids(noon + 1)).toBe("a");
    expect(await ids(noon + 3)).toBe("abc");
    expect(await ids(noon + 100)).toBe("abcd");
    expect(await ids(noon + 100, 2)).toBe("ab");
  });

  test("is read as it is, all of it and in order, over every shard and more than one batch", async () => {
    const { open, save } = await setup();
    const all = await Promise.all(Array.from({ length: 230 }, (_, at) => save(scheduled(`evt_${at}`, noon + at))));
    expect(await open.due("due", noon + 1_000, 1_000)).toEqual(all);
    expect(await open.due("due", noon + 1_000, 150)).toEqual(all.slice(0, 150));
  });

  test("is not what is settled, waiting or dead, nor what is on the happy path and will be settled in a moment", async () => {
    const { open, save } = await setup();
    for (const state of recordStates) await save(progressOf(`sandbox/${state}`, { state }));
    const due = async () => (await open.due("due", Number.MAX_SAFE_INTEGER, 100)).map(({ state }) => state).toSorted();
    expect(await due()).toEqual(["ready", "retrying", "scheduled"] satisfies RecordState[]);
    for (const state of ["stored", "applied"] as const) await save(progressOf(`sandbox/${state}`, { state, dueAt: noon }));
    expect(await due()).toEqual(["applied", "ready", "retrying", "scheduled", "stored"] satisfies RecordState[]);
  });

  test("is what was settled and still has to wake its followers, until it has", async () => {
    const { open, save } = await setup();
    for (const state of ["delivered", "ignored", "discarded"] as const) {
      const releasing = await save(progressOf(`sandbox/${state}`, { state, releasing: true, dueAt: noon }));
      expect(await open.due("due", noon, 10)).toEqual([releasing]);
      await save(followersWoken(releasing as Settled));
      expect(await open.due("due", noon, 10)).toEqual([]);
    }
  });
});

describe("what waits", () => {
  test("is distinguished by what it waits for: an operator, another record, or a target's hold", async () => {
    const { open, save } = await setup();
    await save(progressOf("sandbox/dead", { state: "dead" }));
    await save(progressOf("sandbox/behind", { state: "waiting" }));
    await save(progressOf("sandbox/held", { state: "waiting", cause: heldByAnn("app") }));
    const keys = async (kind: Parameters<typeof open.due>[0]) => (await open.due(kind, Number.MAX_SAFE_INTEGER, 10)).map(({ key }) => key);
    expect(await keys("dead")).toEqual(["sandbox/dead"]);
    expect(await keys("waiting")).toEqual(["sandbox/behind"]);
    expect(await keys("held app")).toEqual(["sandbox/held"]);
    expect(await keys("held other")).toEqual([]);
  });

  test("is in the order of storage, whenever it began to wait", async () => {
    const { open, save } = await setup();
    for (const [id, storedAt, at] of [
      ["b", noon + 2, noon + 50],
      ["c", noon + 3, noon + 40],
      ["a", noon + 1, noon + 60],
    ] as const)
      await save(progressOf(`sandbox/${id}`, { state: "waiting", cause: heldByAnn("app"), storedAt, at }));
    expect((await open.due("held app", Number.MAX_SAFE_INTEGER, 2)).map(({ key }) => key)).toEqual(["sandbox/a", "sandbox/b"]);
  });
});

describe("a count", () => {
  test("is of one kind, over every shard, and falls when a record leaves it", async () => {
    const { open, save } = await setup();
    const dead = await Promise.all(Array.from({ length: 40 }, (_, at) => save(progressOf(`sandbox/evt_${at}`, { state: "dead" }))));
    await save(progressOf("sandbox/waiting", { state: "waiting" }));
    expect([await open.count("dead"), await open.count("waiting"), await open.count("due")]).toEqual([40, 1, 0]);
    await Promise.all(
      dead.slice(0, 15).map((progress) => save(progressOf(progress.key, { state: "delivered", revision: progress.revision }))),
    );
    expect(await open.count("dead")).toBe(25);
  });
});

describe("the progress of some records", () => {
  test("is read in as many batches as it takes; a record without any is not in it", async () => {
    const { open, save } = await setup();
    const keys = Array.from({ length: 230 }, (_, at): RecordKey => `sandbox/evt_${at}`);
    const known = await Promise.all(keys.filter((_, at) => at % 2 === 0).map((key) => save(progressOf(key, { state: "delivered" }))));
    const found = await open.of(keys);
    expect([...found.keys()].toSorted()).toEqual(known.map(({ key }) => key).toSorted());
    for (const progress of known) expect(found.get(progress.key)).toEqual({ progress, hidden: false });
    expect(await open.of([])).toEqual(new Map());
  });

  test("says of each whether it is unsettled and in no index, where it would never be found", async () => {
    const { open, save } = await setup();
    for (const state of recordStates) await save(progressOf(`sandbox/${state}`, { state }));
    const found = await open.of(recordStates.map((state): RecordKey => `sandbox/${state}`));
    expect(recordStates.filter((state) => found.get(`sandbox/${state}`)?.hidden)).toEqual(["stored", "applied"]);
    await save(progressOf("sandbox/applied", { state: "applied", dueAt: noon }));
    expect((await open.of(["sandbox/applied"])).get("sandbox/applied")?.hidden).toBe(false);
  });
});

const saved = async (some: readonly Progress[]) => {
  const { ledger, open } = await createStores();
  for (let at = 0; at < some.length; at += 50)
    await Promise.all(some.slice(at, at + 50).map((progress) => ledger.save(progress, undefined)));
  return open.keys;
};

const all = { from: 0, to: Number.MAX_SAFE_INTEGER, newestFirst: false };

describe("what is open, as a stream", () => {
  test("is listed by when it was stored, over all shards and pages, in either direction", async () => {
    const ids = Array.from({ length: 6_000 }, (_, at) => `evt_${at}`);
    // One shard with more than two pages, and some of all others.
    const some = ids.filter((id, at) => at < 100 || openPartitionOf("dead", `sandbox/${id}`) === "dead#3").slice(0, 520);
    const dead = some.map((id, at) => progressOf(`sandbox/${id}`, { state: "dead", storedAt: noon + Math.floor(at / 3) }));
    const keys = await saved(dead);
    const listed = await Array.fromAsync(keys("dead", all));
    const expected = dead
      .map(({ key }, at) => ({ key, storedAt: noon + Math.floor(at / 3) }))
      .toSorted((one, other) => one.storedAt - other.storedAt || (one.key < other.key ? -1 : 1));
    expect(listed.map(({ storedAt }) => storedAt)).toEqual(expected.map(({ storedAt }) => storedAt));
    expect(new Set(listed.map(({ key }) => key))).toEqual(new Set(expected.map(({ key }) => key)));
    expect((await Array.fromAsync(keys("dead", { ...all, newestFirst: true }))).map(({ storedAt }) => storedAt)).toEqual(
      expected.map(({ storedAt }) => storedAt).toReversed(),
    );
  });

  test("is of the kind asked for, within the bounds asked for, both included", async () => {
    const keys = await saved([
      ...[1, 2, 3, 4].map((at) => progressOf(`sandbox/dead_${at}`, { state: "dead", storedAt: noon + at })),
      progressOf("sandbox/waiting", { state: "waiting", storedAt: noon + 2 }),
      progressOf("sandbox/held", { state: "waiting", cause: heldByAnn("app"), storedAt: noon + 2 }),
      progressOf("sandbox/due", { state: "scheduled", dueAt: noon + 3 }),
    ]);
    const listed = async (...asked: Parameters<typeof keys>) => (await Array.fromAsync(keys(...asked))).map(({ key }) => key);
    expect(await listed("dead", { ...all, from: noon + 2, to: noon + 3 })).toEqual(["sandbox/dead_2", "sandbox/dead_3"]);
    expect(await listed("dead", { ...all, from: noon + 3, to: noon + 2 })).toEqual([]);
    expect(await listed("waiting", all)).toEqual(["sandbox/waiting"]);
    expect(await listed("held app", all)).toEqual(["sandbox/held"]);
    expect(await Array.fromAsync(keys("due", all))).toEqual([{ key: "sandbox/due", storedAt: noon + 3 }]);
  });
});
