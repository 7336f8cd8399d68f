import { describe, expect, test } from "vitest";
import type { Progress } from "../../../core/lifecycle/progress.ts";
import { createOpenKeys } from "../../../io/ledger/open-keys.ts";
import { openPartitionOf } from "../../../io/table.ts";
import { noon, progressOf } from "../../support/samples.ts";
import { createStores } from "../../support/stores.ts";

const setup = async (saved: readonly Progress[]) => {
  const { client, aws, ledger } = await createStores();
  for (let at = 0; at < saved.length; at += 50)
    await Promise.all(saved.slice(at, at + 50).map((progress) => ledger.save(progress, undefined)));
  return createOpenKeys({ client, table: aws.ledgerTable });
};

const all = { from: 0, to: Number.MAX_SAFE_INTEGER, newestFirst: false };

describe("what is open", () => {
  test("is listed by when it was stored, over all shards and pages, in either direction", async () => {
    const ids = Array.from({ length: 6_000 }, (_, at) => `evt_${at}`);
    // One shard with more than two pages, and some of all others.
    const some = ids.filter((id, at) => at < 100 || openPartitionOf("dead", `sandbox/${id}`) === "dead#3").slice(0, 520);
    const dead = some.map((id, at) => progressOf(`sandbox/${id}`, { state: "dead", storedAt: noon + Math.floor(at / 3) }));
    const keys = await setup(dead);
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
    const keys = await setup([
      ...[1, 2, 3, 4].map((at) => progressOf(`sandbox/dead_${at}`, { state: "dead", storedAt: noon + at })),
      progressOf("sandbox/waiting", { state: "waiting", storedAt: noon + 2 }),
      progressOf("sandbox/held", { state: "waiting", held: "app", storedAt: noon + 2 }),
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
