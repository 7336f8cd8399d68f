/** Tests among real payments, and the reverse, through the whole path. */
import { describe, expect, onTestFinished, test } from "vitest";
import type { SourceConfig } from "../../../core/config/config.ts";
import { planReplay } from "../../../core/lifecycle/replay.ts";
import type { Mode } from "../../../core/mode.ts";
import { createWorld } from "../../support/world/world.ts";

const source = (mode?: Mode): SourceConfig => ({ gateway: "sandbox", target: "app", ...(mode && { mode }) });

const setup = async (mode?: Mode) => {
  const world = await createWorld({ sources: { sandbox: source(mode) } });
  onTestFinished(() => world.close());
  const receive = (id: string, livemode?: boolean) =>
    world.receive(
      world.signed({
        id,
        contract: "sub_1",
        charge: `ch_${id}`,
        amount: 1980,
        currency: "jpy",
        ...(livemode !== undefined && { livemode }),
      }),
    );
  return { world, receive };
};

describe("a callback that says it is a test, at a source for real payments,", () => {
  test("is acknowledged and kept, ends as ignored with the reason, and is neither in the ledger nor delivered", async () => {
    const { world, receive } = await setup();
    expect(await receive("evt_1", false)).toMatchObject({ status: 200, body: "OK" });
    await world.settle();
    expect(await world.progress("evt_1")).toMatchObject({ state: "ignored", cause: { kind: "other mode", says: "test" }, applied: false });
    expect(await world.ledger.contract("sandbox", "sub_1")).toBeUndefined();
    expect(world.delivered()).toEqual([]);
    expect((await world.records.loadWithConflicts("sandbox/evt_1")).record).toBeDefined();
    expect([world.counts.get("TestsLeftOut"), world.counts.get("RealLeftOut")]).toEqual([1, undefined]);
  });

  test("lets nothing of its contract wait behind it", async () => {
    const { world, receive } = await setup();
    await receive("evt_1", false);
    await receive("evt_2", true);
    await receive("evt_3");
    await world.settle();
    expect(world.delivered()).toEqual(["evt_2", "evt_3"]);
    const contract = await world.ledger.contract("sandbox", "sub_1");
    expect(contract?.charges.map(({ id }) => id)).toEqual(["ch_evt_2", "ch_evt_3"]);
  });

  test("is delivered by a replay, once the source is for tests", async () => {
    const { world, receive } = await setup();
    await receive("evt_1", false);
    await world.settle();
    Object.assign(world.config.sources, { sandbox: source("test") });
    const { record } = await world.records.loadWithConflicts("sandbox/evt_1");
    const known = await world.progress("evt_1");
    if (!record) throw new Error("it was not kept");
    const next = planReplay(record, known, { contracts: ["sub_1"], now: world.time.now });
    if (next.kind !== "ring") throw new Error(`it is ${next.kind}`);
    await world.ledger.save(next.progress, known);
    world.time.now += 10 * 60_000;
    await world.sweep();
    await world.settle();
    expect(world.delivered()).toEqual(["evt_1"]);
    expect((await world.ledger.contract("sandbox", "sub_1"))?.charges).toHaveLength(1);
  });
});

describe("a callback that says it is real, at a source for tests,", () => {
  test("ends as ignored, and is counted apart, as its payment is known to nobody else", async () => {
    const { world, receive } = await setup("test");
    await receive("evt_1", true);
    await receive("evt_2", false);
    await world.settle();
    expect(await world.progress("evt_1")).toMatchObject({ state: "ignored", cause: { kind: "other mode", says: "live" } });
    expect(world.delivered()).toEqual(["evt_2"]);
    expect([world.counts.get("TestsLeftOut"), world.counts.get("RealLeftOut")]).toEqual([undefined, 1]);
  });
});
