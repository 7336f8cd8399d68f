import { describe, expect, onTestFinished, test } from "vitest";
import type { RawCallback } from "../../../core/callback.ts";
import type { Config } from "../../../core/config/config.ts";
import { quarantinesPerSecond } from "../../../core/receive/quarantine.ts";
import { createRelay } from "../../../functions/relay.ts";
import { gateways } from "../../../gateways/index.ts";
import { listQuarantined } from "../../../io/records/quarantined.ts";
import { createSourceVerifier } from "../../../io/source-verifier.ts";
import { discardQuarantined, releaseQuarantined } from "../../../operator/quarantine/quarantine.ts";
import { quarantineList, quarantineRelease } from "../../../operator/quarantine/quarantine-command.ts";
import { exit } from "../../../operator/terminal/exit.ts";
import { damageBody } from "../../support/aws/bucket.ts";
import { createWorld } from "../../support/world/world.ts";
import { catchOutput, connectionTo } from "../command-line.ts";

const { sandbox } = gateways;

const setup = async (changes: Partial<Config> = {}) => {
  const world = await createWorld(changes);
  onTestFinished(() => world.close());
  const rotated = (id: string): RawCallback => ({
    ...sandbox.sign(
      Buffer.from(JSON.stringify({ id, type: "charge.succeeded", contract: "sub_1", charge: `ch_${id}` })),
      { secrets: ["new secret"] },
      world.time.now,
    ),
    source: "sandbox",
  });
  const list = () => Array.fromAsync(listQuarantined(world, "sandbox"));
  return { world, rotated, list };
};

const accepting: Partial<Config> = { sources: { sandbox: { gateway: "sandbox", target: "app", unproven: "accept" } } };

describe("a callback that cannot be verified", () => {
  test("is quarantined and rejected, or quarantined and acknowledged, as its source's policy says, and never delivered", async () => {
    for (const [changes, word] of [
      [{}, "NG"],
      [accepting, "OK"],
    ] as const) {
      const { world, rotated, list } = await setup(changes);
      expect((await world.receive(rotated("evt_1"))).body).toBe(word);
      await world.settle();
      world.time.now += 3_600_000;
      await world.sweep();
      await world.settle();
      expect(await list()).toHaveLength(1);
      expect(world.delivered()).toEqual([]);
      expect(await world.ledger.contract("sandbox", "sub_1")).toBeUndefined();
    }
  });

  test("is not read again by the sweep once it is decided, and what came after it is counted", async () => {
    const { world, rotated, list } = await setup(accepting);
    const firstAt = world.time.now;
    await world.receive(rotated("evt_1"));
    for (const { key } of await list()) await discardQuarantined(world, key, { by: "ann", why: "forged" });
    world.time.now += 20 * 60_000;
    await world.sweep();
    expect(await world.sweepDependencies.reminders.read("quarantine")).toBe(firstAt);
    await world.receive(rotated("evt_2"));
    await world.sweep();
    expect(world.counts.get("UndecidedInQuarantine")).toBe(1);
  });

  test("is released after its secret was corrected, months later, as if it had just arrived, and once", async () => {
    const { world, rotated, list } = await setup(accepting);
    await world.receive(rotated("evt_1"));
    const [quarantined] = await list();
    if (!quarantined) throw new Error("nothing was quarantined");
    expect(await releaseQuarantined(world, quarantined.key)).toMatchObject({ kind: "still unproven" });
    world.secrets.secrets = ["sandbox secret", "new secret"];
    world.time.now += 20 * 24 * 3_600_000;
    expect(await releaseQuarantined(world, quarantined.key)).toEqual({ kind: "released", as: "sandbox/evt_1", duplicate: false });
    await world.settle();
    expect(await releaseQuarantined(world, quarantined.key)).toMatchObject({ kind: "settled before" });
    await world.settle();
    expect(world.delivered()).toEqual(["evt_1"]);
    expect(await list()).toEqual([]);
  });

  test("stays there when its source is not configured any more: without the source's addresses and options anybody's would be genuine", async () => {
    const form = { gateway: "epsilon", target: "app", addresses: ["203.0.113.0/24"], options: { contractCode: "123" } };
    const { world } = await setup({ sources: { epsilon: form } });
    const forged = {
      ...gateways.epsilon.sign(Buffer.from("trans_code=1&order_number=7&paid=1"), { secrets: [] }, world.time.now),
      source: "epsilon",
    };
    await world.receive(forged);
    const [quarantined] = await Array.fromAsync(listQuarantined(world));
    if (!quarantined) throw new Error("nothing was quarantined");
    const config = { ...world.config, sources: {} };
    const verifier = createSourceVerifier({ config, secrets: world.secrets });
    const released = await releaseQuarantined({ ...world, config, verifier }, quarantined.key);
    expect(released).toEqual({
      kind: "still unproven",
      reason: "the configuration has no source epsilon of the gateway epsilon: without its settings nothing of it can be verified",
    });
  });

  test("is no longer shown after an operator has discarded it", async () => {
    const { world, rotated, list } = await setup(accepting);
    await world.receive(rotated("evt_1"));
    const [quarantined] = await list();
    if (!quarantined) throw new Error("nothing was quarantined");
    expect(await discardQuarantined(world, quarantined.key, { by: "ann", why: "a scanner" })).toBe(true);
    expect(await list()).toEqual([]);
  });
});

describe("the callbacks of one contract that came while its secret was wrong", () => {
  const decision = { by: "ann", why: "the secret was rotated" };

  test.each([
    ["all of them", 4, () => ({ all: true, keys: [] })],
    ["those of a source", 4, () => ({ source: "sandbox", keys: [] })],
    ["some, named newest first", 3, (newestFirst: readonly string[]) => ({ keys: newestFirst.slice(0, 3) })],
    ["the oldest three", -3, () => ({ all: true, keys: [], limit: 3 })],
  ])("are released in stored order: %s", async (_, count, choice) => {
    const { world, rotated, list } = await setup(accepting);
    for (const id of ["z_started", "y_paid", "x_renewed", "a_cancelled"]) {
      await world.receive(rotated(id));
      world.time.now += 1_000;
    }
    world.secrets.secrets = ["new secret"];
    const newestFirst = (await list()).map(({ key }) => key);
    await quarantineRelease(connectionTo(world), catchOutput().terminal, { ...decision, ...choice(newestFirst) });
    await world.settle();
    const expected = ["z_started", "y_paid", "x_renewed", "a_cancelled"].slice(...(count > 0 ? [-count] : [0, -count]));
    expect(world.delivered()).toEqual(expected);
    // Also where they have to wait: no two are stored at the same moment.
    const storedAt = await Promise.all(expected.map(async (id) => (await world.records.load(`sandbox/${id}`))?.storedAt ?? 0));
    expect(storedAt.toSorted((one, other) => one - other)).toEqual(storedAt);
    expect(new Set(storedAt).size).toBe(storedAt.length);
  });
});

test("those of one contract are delivered in stored order also where the stream's shards bring the later one first", async () => {
  const { world, rotated } = await setup(accepting);
  for (const id of ["started", "cancelled"]) {
    await world.receive(rotated(id));
    world.time.now += 1_000;
  }
  world.secrets.secrets = ["new secret"];
  await quarantineRelease(connectionTo(world), catchOutput().terminal, { keys: [], all: true, by: "ann", why: "the secret was rotated" });
  const { config, findGateway, bodies, doorbells: queue } = world;
  const relay = createRelay({ config, findGateway, bodies, queue, count: () => {} });
  const { Records } = await world.stream();
  for (const record of Records.toReversed()) {
    await relay({ Records: [record] }, { signal: new AbortController().signal, report: () => {} });
    await world.settle();
  }
  expect(world.delivered()).toEqual(["started", "cancelled"]);
});

describe("one that is released", () => {
  const oneOf = async (setting: Awaited<ReturnType<typeof setup>>) => {
    await setting.world.receive(setting.rotated("evt_1"));
    setting.world.secrets.secrets = ["new secret"];
    const [quarantined] = await setting.list();
    if (!quarantined) throw new Error("nothing was quarantined");
    return quarantined.key;
  };

  test.each([
    [200, "delivered"],
    [503, "retrying"],
    [422, "dead"],
  ])("and whose delivery is in flight before it has its place is delivered once, and keeps nobody waiting (%i)", async (status, state) => {
    const setting = await setup(accepting);
    const { world, rotated } = setting;
    const key = await oneOf(setting);
    const sent = Promise.withResolvers<void>();
    const placed = Promise.withResolvers<void>();
    world.application.behave(async () => {
      sent.resolve();
      await placed.promise;
      return { status };
    });
    let delivery: Promise<unknown> | undefined;
    const record: typeof world.record = async (item) => {
      const recorded = await world.record(item);
      delivery = world.settle();
      await sent.promise;
      return recorded;
    };
    await releaseQuarantined({ ...world, record }, key);
    expect(await world.progress("evt_1")).toMatchObject({ state: "stored", inLine: true });
    placed.resolve();
    await delivery;
    expect(await world.progress("evt_1")).toMatchObject({ state, attempts: 1, inLine: state !== "delivered", contracts: ["sub_1"] });
    if (state !== "delivered") return;
    await world.receive(rotated("evt_2"));
    await world.settle();
    expect(world.delivered()).toEqual(["evt_1", "evt_2"]);
    world.time.now += 10 * 60_000;
    await world.sweep();
    await world.settle();
    expect(world.delivered()).toEqual(["evt_1", "evt_2"]);
  });

  test("has its place also where the answer to its recording was lost, and the command is repeated", async () => {
    const setting = await setup(accepting);
    const { world } = setting;
    const key = await oneOf(setting);
    const record: typeof world.record = async (item) => {
      await world.record(item);
      throw new Error("no answer");
    };
    await expect(releaseQuarantined({ ...world, record }, key)).rejects.toThrow("no answer");
    expect(await releaseQuarantined(world, key)).toMatchObject({ kind: "released", duplicate: true });
    expect(await world.progress("evt_1")).toMatchObject({ state: "stored", inLine: true });
    await world.settle();
    expect(world.delivered()).toEqual(["evt_1"]);
  });
});

test("one under whose id another content is recorded is released as a conflict, which an operator decides, and not called recorded", async () => {
  const { world, rotated } = await setup(accepting);
  await world.receive(rotated("evt_1"));
  await world.receive(world.signed({ id: "evt_1", contract: "sub_1", charge: "another" }));
  world.secrets.secrets = ["sandbox secret", "new secret"];
  const caught = catchOutput();
  await quarantineRelease(connectionTo(world), caught.terminal, { keys: [], all: true, by: "ann", why: "the secret was rotated" });
  expect(caught.said).toEqual([
    expect.stringMatching(
      /^sandbox\/quarantine:\S+: verified; sandbox\/evt_1 is recorded with another content: npx holdfast conflicts show sandbox\/evt_1$/,
    ),
  ]);
  world.time.now += 2 * 60_000;
  await world.sweep();
  expect(await world.open.count("conflict")).toBe(1);
});

test("the oldest two that are genuine are released past forged ones before them, which are counted and stay", async () => {
  const { world, rotated, list } = await setup(accepting);
  const forged = { ...rotated("forged"), headers: {} };
  for (const raw of [forged, { ...forged, body: Buffer.from("{}") }, ...["a_first", "b_second", "c_third"].map(rotated)]) {
    await world.receive(raw);
    world.time.now += 1_000;
  }
  world.secrets.secrets = ["new secret"];
  const { terminal, said } = catchOutput();
  const decision = { by: "ann", why: "rotated", keys: [], source: "sandbox", limit: 2 };
  expect(await quarantineRelease(connectionTo(world), terminal, decision)).toBe(exit.person);
  await world.settle();
  expect(world.delivered()).toEqual(["a_first", "b_second"]);
  expect(said).toHaveLength(3);
  expect(said.at(-1)).toBe("2 older ones could not be released and were skipped; without --limit it is said why.");
  expect(await list()).toHaveLength(3);
  const [deed] = await Array.fromAsync(world.audit.ofDay("2026-11-20"));
  expect(deed).toMatchObject({ what: "release", to: "quarantine sandbox (the 2 oldest)" });
});

describe("a callback in quarantine whose bytes cannot be read", () => {
  test("is listed with that, is left when those beside it are released, and can be dismissed", async () => {
    const { world, rotated, list } = await setup(accepting);
    await world.receive(rotated("damaged"));
    const [damaged] = await list();
    if (!damaged) throw new Error("nothing was quarantined");
    await damageBody(world, damaged.key);
    world.time.now += 1_000;
    await world.receive(rotated("evt_1"));
    world.secrets.secrets = ["new secret"];
    const keys = (await list()).map(({ key }) => key);
    const caught = catchOutput();
    expect(await quarantineList(connectionTo(world), caught.terminal, { limit: 10 })).toBe(0);
    expect(caught.text()).toContain("its bytes are gone");
    const released = catchOutput();
    expect(await quarantineRelease(connectionTo(world), released.terminal, { keys, by: "ann", why: "rotated" })).toBe(4);
    expect(released.said.join("\n")).toContain(`${damaged.key}: left in quarantine: its bytes are gone`);
    expect(released.said.join("\n")).toContain("verified, and recorded as sandbox/evt_1");
    expect((await list()).map(({ key }) => key)).toEqual([damaged.key]);
    expect(await discardQuarantined(world, damaged.key, { by: "ann", why: "lost" })).toBe(true);
    expect(await list()).toEqual([]);
  });
});

describe("a flood of forged callbacks", () => {
  test("costs a bounded number of writes, takes a bounded number of places, and pushes out nothing that came before", async () => {
    const { world, rotated, list } = await setup(accepting);
    expect((await world.receive(rotated("first"))).body).toBe("OK");
    const replies = await Promise.all(Array.from({ length: 100 }, (_, n) => world.receive(rotated(`forged_${n}`))));
    expect(replies.filter(({ body }) => body === "OK").length).toBeLessThan(quarantinesPerSecond);
    for (let seconds = 0; seconds < 10; seconds++) {
      world.time.now += 1_000;
      for (let n = 0; n < 5; n++) await world.receive(rotated(`more_${seconds}_${n}`));
    }
    const kept = await list();
    expect(kept.length).toBeLessThanOrEqual(16);
    const bodies = await Promise.all(kept.map(async ({ key }) => Buffer.from((await world.records.load(key))?.raw.body ?? "").toString()));
    expect(bodies.some((body) => body.includes('"first"'))).toBe(true);
    expect((await world.receive(world.signed({ id: "genuine" }))).body).toBe("OK");
    await world.settle();
    expect(world.delivered()).toEqual(["genuine"]);
  });
});
