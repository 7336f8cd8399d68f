import { describe, expect, onTestFinished, test } from "vitest";
import type { Config } from "../../core/config/config.ts";
import { breaker } from "../../core/lifecycle/hold.ts";
import { createWorld } from "../support/world.ts";

const setup = async (changes: Partial<Config> = {}) => {
  const world = await createWorld(changes);
  onTestFinished(() => world.close());
  return world;
};

type World = Awaited<ReturnType<typeof setup>>;

const minute = 60_000;

const sendInOrder = async (world: World, sent: readonly (readonly [id: string, contract: string])[]) => {
  for (const [id, contract] of sent) {
    expect((await world.receive(world.signed({ id, contract, charge: `ch_${id}`, amount: 100, currency: "jpy" }))).body).toBe("OK");
    world.time.now += 10;
  }
};

const hold = (world: World, change: { ratePerSecond?: number } = {}) =>
  world.holds
    .current("app")
    .then((known) =>
      world.holds.save({ target: "app", by: "ann", why: "the site is being rebuilt", since: world.time.now, ...change }, known),
    );

describe("a target on hold", () => {
  test("acknowledges and stores everything, drains the queue, delivers nothing, and the ledger knows who was charged", async () => {
    const world = await setup();
    await hold(world);
    await sendInOrder(world, [
      ["a1", "a"],
      ["b1", "b"],
    ]);
    await world.settle();
    world.time.now += 30 * 24 * 60 * minute;
    await world.sweep();
    expect(world.delivered()).toEqual([]);
    expect(await world.progress("a1")).toMatchObject({
      state: "waiting",
      cause: { kind: "target held", target: "app", by: "ann", why: "the site is being rebuilt" },
    });
    expect(await world.open.count("held app")).toBe(2);
    expect((await world.ledger.contract("sandbox", "a"))?.charges).toHaveLength(1);
  });

  test("is released in stored order per contract, at the requested rate, and what arrives meanwhile queues behind", async () => {
    const world = await setup();
    await hold(world);
    await sendInOrder(world, [
      ["a1", "a"],
      ["b1", "b"],
      ["a2", "a"],
      ["a3", "a"],
      ["b2", "b"],
    ]);
    await world.settle();
    await hold(world, { ratePerSecond: 2 });
    // Two seconds' worth, then the sweep's time is over.
    world.time.sweepMs = 15_000 + 500;
    await world.sweep();
    await sendInOrder(world, [["a4", "a"]]);
    await world.settle();
    expect(world.delivered().sort()).toEqual(["a1", "a2", "a3", "b1"]);
    world.time.sweepMs = 600_000;
    await world.sweep();
    await world.settle();
    const delivered = world.delivered();
    expect(delivered.filter((id) => id.startsWith("a"))).toEqual(["a1", "a2", "a3", "a4"]);
    expect(delivered.filter((id) => id.startsWith("b"))).toEqual(["b1", "b2"]);
    await world.sweep();
    expect(await world.holds.current("app")).toBeUndefined();
  });

  test("can be put on hold again while it is being released", async () => {
    const world = await setup();
    await hold(world);
    await sendInOrder(world, [
      ["a1", "a"],
      ["a2", "a"],
    ]);
    await world.settle();
    await hold(world, { ratePerSecond: 1 });
    world.time.sweepMs = 15_000;
    await world.sweep();
    await hold(world);
    world.time.now += minute;
    await world.settle();
    await world.sweep();
    await world.settle();
    expect(world.delivered()).toEqual([]);
    expect(await world.open.count("held app")).toBe(2);
  });
});

describe("the circuit breaker", () => {
  const downFor = async (world: World, records: number) => {
    world.application.behave(() => ({ status: 503 }));
    await sendInOrder(
      world,
      Array.from({ length: records }, (_, n) => [`e${n}`, `c${n}`] as const),
    );
    await world.settle();
  };

  test("holds a target that does not answer, so that an outage costs no attempts and no dead letters", async () => {
    const world = await setup({ retry: { attempts: 3, baseSeconds: 2_000, capSeconds: 3_600 } });
    await downFor(world, 8);
    expect(await world.holds.current("app")).toMatchObject({ by: breaker, why: expect.stringContaining("answered 503") });
    for (let probes = 0; probes < 10; probes++) {
      world.time.now += 60 * minute;
      await world.sweep();
      await world.settle();
    }
    expect(await world.open.count("dead")).toBe(0);
    for (let n = 0; n < 8; n++) {
      const progress = await world.progress(`e${n}`);
      expect(progress).toMatchObject({ state: "waiting", cause: { kind: "target held", target: "app" } });
      // Those that were under way when the breaker tripped have one attempt behind them; the probes have added none.
      expect(progress?.attempts).toBeLessThanOrEqual(1);
    }
  });

  test("releases the backlog automatically once the application answers again", async () => {
    const world = await setup({ retry: { attempts: 3, baseSeconds: 2_000, capSeconds: 3_600 } });
    await downFor(world, 8);
    world.application.behave(() => ({ status: 200 }));
    world.application.received.length = 0;
    for (let minutes = 0; minutes < 4; minutes++) {
      world.time.now += 60 * minute;
      await world.sweep();
      await world.settle();
    }
    expect(new Set(world.delivered()).size).toBe(8);
    await world.sweep();
    expect(await world.holds.current("app")).toBeUndefined();
  });

  test("does not hold a target for one record that it can never accept", async () => {
    const world = await setup({ retry: { attempts: 9, baseSeconds: 2_000, capSeconds: 2_000 } });
    world.application.behave(() => ({ status: 500 }));
    await sendInOrder(world, [["poison", "a"]]);
    await world.settle();
    for (let attempts = 0; attempts < 9; attempts++) {
      world.time.now += 60 * minute;
      await world.sweep();
      await world.settle();
    }
    expect(await world.holds.current("app")).toBeUndefined();
    expect(await world.progress("poison")).toMatchObject({ state: "dead" });
  });
});
