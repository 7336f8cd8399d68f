import { describe, expect, onTestFinished, test } from "vitest";
import type { Config } from "../../../core/config/config.ts";
import { breaker, type Hold } from "../../../core/lifecycle/holds/hold.ts";
import { resumed } from "../../../core/lifecycle/holds/release-pace.ts";
import { inGroups } from "../../../core/sequences.ts";
import { patient } from "../../../io/clients.ts";
import { createQueueDepth } from "../../../io/queues/queue-depth.ts";
import { createWorld } from "../../support/world/world.ts";

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

/** A few at a time: what a slow machine does not put within receive's time would be spilled. */
const arrive = async (world: World, count: number, callback: (n: number) => ReturnType<World["signed"]>) => {
  for (const some of inGroups(
    Array.from({ length: count }, (_, n) => callback(n)),
    5,
  ))
    await Promise.all(some.map((raw) => world.receive(raw)));
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
    await world.release();
    expect(world.delivered()).toEqual([]);
    expect(await world.progress("a1")).toMatchObject({
      state: "waiting",
      cause: { kind: "target held", target: "app", by: "ann", why: "the site is being rebuilt" },
    });
    expect(await world.open.count("held app")).toBe(2);
    expect((await world.ledger.contract("sandbox", "a"))?.charges).toHaveLength(1);
  });

  test("is released in stored order per contract, at the requested rate, and what arrives meanwhile queues behind its contract's", async () => {
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
    await hold(world, { ratePerSecond: 1 });
    // Three seconds' worth, then the run's time is over.
    await world.release(2_500);
    await sendInOrder(world, [
      ["b3", "b"],
      ["c1", "c"],
      ["a4", "a"],
    ]);
    await world.settle();
    expect(world.delivered().sort()).toEqual(["a1", "a2", "b1", "c1"]);
    await world.release();
    await world.settle();
    const delivered = world.delivered();
    expect(delivered.filter((id) => id.startsWith("a"))).toEqual(["a1", "a2", "a3", "a4"]);
    expect(delivered.filter((id) => id.startsWith("b"))).toEqual(["b1", "b2", "b3"]);
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
    await world.release(500);
    await hold(world);
    world.time.now += minute;
    await world.settle();
    await world.release();
    await world.settle();
    expect(world.delivered()).toEqual([]);
    expect(await world.open.count("held app")).toBe(2);
  });
});

test("targets are released side by side, each at its own rate", async () => {
  const slow = { kind: "http", url: "https://slow.example.com/", mode: "pass-through" } as const;
  const world = await setup({
    targets: { app: { kind: "http", url: "https://app.example.com/", mode: "pass-through" }, slow },
    sources: { sandbox: { gateway: "sandbox", target: "app" }, other: { gateway: "sandbox", target: "slow" } },
  });
  for (const target of ["app", "slow"]) await world.holds.save({ target, by: "ann", why: "a test", since: world.time.now }, undefined);
  for (const source of ["sandbox", "other"])
    await arrive(world, 60, (n) => ({ ...world.signed({ id: `${source}${n}`, contract: `c${n}` }), source }));
  for (let rounds = 0; rounds < 3; rounds++) await world.settle();
  for (const [target, ratePerSecond] of [
    ["app", 6],
    ["slow", 1],
  ] as const) {
    const known = (await world.holds.current(target)) as Hold;
    await world.holds.save(resumed(known, ratePerSecond, world.time.now), known);
  }
  const held = () => Promise.all(["held app", "held slow"].map((kind) => world.open.count(kind as `held ${string}`)));
  const [app = 0, other = 0] = await held();
  await world.release(4_000);
  const [appLeft = 0, otherLeft = 0] = await held();
  expect(app - appLeft).toBeGreaterThanOrEqual(Math.min(app, 6 * 2));
  expect(app - appLeft).toBeLessThanOrEqual(30);
  expect(other - otherLeft).toBeGreaterThanOrEqual(2);
  expect(other - otherLeft).toBeLessThanOrEqual(7);
});

describe("a release that is faster than consume", () => {
  const backlog = async (world: World, count: number) => {
    await hold(world);
    await arrive(world, count, (n) => world.signed({ id: `e${n}`, contract: `c${n}` }));
    for (let rounds = 0; rounds < 3; rounds++) await world.settle();
    expect(await world.open.count("held app")).toBe(count);
    await hold(world, { ratePerSecond: 200 });
  };
  const inQueue = async (world: World) => (await createQueueDepth(patient).depth(world.aws.queueUrl)).visible;

  test("leaves in the table what consume does not take, so that what arrives is next but some", async () => {
    const world = await setup();
    await backlog(world, 100);
    const lengths: number[] = [];
    await world.release(6_000, async () => {
      lengths.push(await inQueue(world));
      await world.consume();
    });
    expect(Math.max(...lengths)).toBeLessThanOrEqual(55);
    // It goes on all the time: ten a second were taken.
    expect(lengths.every((length) => length >= 10)).toBe(true);
    expect(await world.holds.current("app")).toMatchObject({ ratePerSecond: 200, takenPerSecond: expect.any(Number) });
    await world.release(60_000, () => world.settle());
    expect(new Set(world.delivered()).size).toBe(100);
    expect(await world.holds.current("app")).toBeUndefined();
  });
});

describe("the circuit breaker", () => {
  /** Side by side, it would be the machine that decides which of them meet the hold before their first attempt, or after it. */
  const settleOneByOne = async (world: World, sent: readonly (readonly [id: string, contract: string])[]) => {
    for (const one of sent) {
      await sendInOrder(world, [one]);
      await world.settle();
    }
  };

  const downFor = async (world: World, records: number) => {
    world.application.behave(() => ({ status: 503 }));
    await settleOneByOne(
      world,
      Array.from({ length: records }, (_, n) => [`e${n}`, `c${n}`] as const),
    );
  };

  /** A record that has failed is tried again when its own retry would be: not in the seconds of these tests. */
  const retry = { attempts: 4, baseSeconds: 2_000, capSeconds: 3_600 };

  test("holds a target that does not answer, tries another record each time, and counts every attempt", async () => {
    const world = await setup({ retry });
    await downFor(world, 8);
    expect(await world.holds.current("app")).toMatchObject({
      by: breaker,
      why: expect.stringContaining("records in a row could not be delivered, the last: "),
    });
    // Four had failed before the breaker tripped: they are scheduled. The fifth has failed too; the others met the hold.
    const held = (await world.open.due("held app", Number.MAX_SAFE_INTEGER, 10)).map((one) => one.key.slice("sandbox/".length)).toSorted();
    expect(held).toEqual(["e4", "e5", "e6", "e7"]);
    world.application.received.length = 0;
    for (let hours = 0; hours < 4; hours++) {
      world.time.now += 60 * minute;
      await world.release(2_000, () => world.settle());
    }
    expect(world.delivered()).toEqual(["e5", "e6", "e7", "e4"]);
    for (const id of held) {
      const cause = { kind: "target held", target: "app", last: { kind: expect.any(String) } };
      expect(await world.progress(id)).toMatchObject({ state: "waiting", attempts: id === "e4" ? 2 : 1, cause });
    }
    expect(await world.open.count("dead")).toBe(0);
  });

  test("tries no record more often because the release's clock is minutes behind consume's", async () => {
    const world = await setup({ retry });
    await downFor(world, 8);
    for (let rounds = 0; rounds < 8; rounds++) {
      world.time.now += 10_000 - 5 * minute;
      await world.release(2_000, async () => {
        world.time.now += 5 * minute;
        await world.settle();
        world.time.now -= 5 * minute;
      });
      world.time.now += 5 * minute;
    }
    for (const id of ["e4", "e5", "e6", "e7"]) expect(await world.progress(id)).toMatchObject({ state: "waiting", attempts: 1 });
  });

  test("gives each record up after the configured attempts, those under the hold among them", async () => {
    const world = await setup({ retry: { attempts: 2, baseSeconds: 2_000, capSeconds: 3_600 } });
    await downFor(world, 6);
    for (let hours = 0; hours < 3; hours++) {
      world.time.now += 60 * minute;
      await world.release(2_000, () => world.settle());
    }
    // The first of these tripped the breaker, the other had met the hold.
    for (const id of ["e4", "e5"]) expect(await world.progress(id)).toMatchObject({ state: "dead", attempts: 2 });
  });

  test("counts failures from the start after a refusal, which is an answer", async () => {
    const world = await setup({ retry });
    world.application.behave(({ record }) => ({ status: record.includes("refused") ? 422 : 500 }));
    for (const id of ["f0", "f1", "f2", "f3", "refused", "f4", "f5", "f6", "f7"]) {
      await sendInOrder(world, [[id, id]]);
      await world.settle();
    }
    expect(await world.holds.current("app")).toBeUndefined();
    await sendInOrder(world, [["f8", "f8"]]);
    await world.settle();
    expect(await world.holds.current("app")).toMatchObject({ by: breaker });
  });

  test("tries what arrives, so that the end of an outage is seen with the next callback", async () => {
    const world = await setup({ retry });
    await downFor(world, 8);
    world.application.behave(() => ({ status: 200 }));
    world.application.received.length = 0;
    world.time.now += 1_000;
    await sendInOrder(world, [["early", "x"]]);
    await world.settle();
    expect(world.delivered()).toEqual([]);
    world.time.now += 1_000;
    await sendInOrder(world, [["next", "y"]]);
    await world.settle();
    await sendInOrder(world, [["later", "z"]]);
    await world.settle();
    expect(world.delivered()).toEqual(["next", "later"]);
    expect(await world.holds.current("app")).toMatchObject({ by: breaker, ratePerSecond: 20 });
  });

  test("releases the backlog automatically once the application answers again", async () => {
    const world = await setup({ retry: { attempts: 3, baseSeconds: 2_000, capSeconds: 3_600 } });
    await downFor(world, 8);
    world.application.behave(() => ({ status: 200 }));
    world.application.received.length = 0;
    world.time.now += 60 * minute;
    await world.sweep();
    await world.settle();
    await world.release(20_000, () => world.settle());
    expect(world.delivered().toSorted()).toEqual(Array.from({ length: 8 }, (_, n) => `e${n}`));
    expect(await world.holds.current("app")).toBeUndefined();
  });

  test("never holds back the rest for a kind of event that the application cannot take", async () => {
    const world = await setup({ retry: { attempts: 3, baseSeconds: 2_000, capSeconds: 3_600 } });
    const isRefund = (record: string) => record.includes("refund");
    world.application.behave(({ record }) => ({ status: isRefund(record) ? 500 : 200 }));
    const refunds = Array.from({ length: 5 }, (_, n) => [`refund${n}`, `r${n}`] as const);
    const payments = Array.from({ length: 20 }, (_, n) => [`payment${n}`, `p${n}`] as const);
    await settleOneByOne(world, refunds);
    expect(await world.holds.current("app")).toMatchObject({ by: breaker });
    await sendInOrder(world, payments);
    await world.settle();
    expect(await world.open.count("held app")).toBe(21);
    world.application.received.length = 0;
    let firstAt: number | undefined;
    let lastAt = 0;
    await world.release(20_000, async () => {
      const before = new Set(world.delivered()).size;
      await world.settle();
      const paid = new Set(world.delivered().filter((id) => !isRefund(id)));
      if (paid.size > 0) firstAt ??= world.time.now;
      if (paid.size === 20 && before < new Set(world.delivered()).size) lastAt = world.time.now;
    });
    expect(new Set(world.delivered().filter((id) => !isRefund(id))).size).toBe(20);
    expect(lastAt - (firstAt ?? 0)).toBeLessThanOrEqual(5_000);
    for (let rounds = 0; rounds < 4; rounds++) {
      world.time.now += 60 * minute;
      await world.sweep();
      await world.settle();
      await world.release(2_000, () => world.settle());
      expect(await world.holds.current("app")).toBeUndefined();
    }
    for (const [refund] of refunds) expect(await world.progress(refund)).toMatchObject({ state: "dead", attempts: 3 });
    expect(world.counts.get("BreakersTripped")).toBe(1);
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
