/** What was acknowledged while its secret could not be read: in which order it goes on, and how much of it there can be. */
import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import type { RawCallback } from "../../../core/callback.ts";
import type { Config } from "../../../core/config/config.ts";
import { unverifiedKey } from "../../../core/receive/receive.ts";
import { unverifiedPlaces } from "../../../core/receive/unverified-room.ts";
import { digest } from "../../../core/signature.ts";
import { createSweep } from "../../../functions/sweep.ts";
import { createSourceVerifier } from "../../../io/source-verifier.ts";
import { unverifiedPlaceKey } from "../../../io/table.ts";
import { createWorld, type World } from "../../support/world/world.ts";

const minute = 60_000;

const setup = async (changes: Partial<Config> = {}) => {
  const world = await createWorld(changes);
  onTestFinished(() => world.close());
  return world;
};

const sweepAndSettle = async (world: World, times = 1) => {
  for (let sweeps = 0; sweeps < times; sweeps++) {
    world.time.now += 2 * minute;
    await world.sweep();
    await world.settle();
  }
};

describe("several of one contract that are verified late", () => {
  test("are delivered in the order they came, whatever their ids, seconds apart, and however the sweep finds them", async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([1, 2, 3, 4, 5, 6], { minLength: 6 }), fc.boolean(), async (ids, isFoundBefore) => {
        const world = await setup();
        world.secrets.readable = false;
        for (const id of ids) {
          await world.receive(world.signed({ id: `evt_${id}`, contract: "sub_1", charge: `ch_${id}` }));
          world.time.now += 3_000;
          // Some are found by a sweep that still cannot read the secret, the others by the one that can.
          if (isFoundBefore && id === 3) await sweepAndSettle(world);
        }
        world.secrets.readable = true;
        await sweepAndSettle(world, 2);
        expect(world.delivered()).toEqual(ids.map((id) => `evt_${id}`));
        expect(await world.open.count("unverified")).toBe(0);
      }),
      { numRuns: 4 },
    );
  });

  test("are in line behind those that came before, also when the stream brings the later one first", async () => {
    const world = await setup();
    world.secrets.readable = false;
    for (const id of ["evt_1", "evt_2"]) {
      await world.receive(world.signed({ id, contract: "sub_1" }));
      world.time.now += 5_000;
    }
    await world.stream();
    world.secrets.readable = true;
    world.time.now += 2 * minute;
    await world.sweep();
    const [first, second] = [await world.progress("evt_1"), await world.progress("evt_2")];
    expect([first?.inLine, second?.inLine]).toEqual([true, true]);
    // As if only the later one's bell had been heard.
    await world.consume();
    expect(world.delivered()[0]).toBe("evt_1");
    await world.settle();
    expect(world.delivered()).toEqual(["evt_1", "evt_2"]);
  });

  test("go before what came later and still waits, because they came before it", async () => {
    const world = await setup();
    world.secrets.readable = false;
    await world.receive(world.signed({ id: "evt_1", contract: "sub_1" }));
    world.time.now += 5_000;
    world.secrets.readable = true;
    world.application.behave(() => ({ status: 503 }));
    await world.receive(world.signed({ id: "evt_2", contract: "sub_1" }));
    await world.settle();
    await sweepAndSettle(world);
    expect((await world.ledger.firstInLine({ source: "sandbox", contract: "sub_1" }))?.key).toBe("sandbox/evt_1");
  });

  test("keep their place where the sweep dies between recording one and ringing for it", async () => {
    const world = await setup();
    world.secrets.readable = false;
    await world.receive(world.signed({ id: "evt_1", contract: "sub_1" }));
    const storedAt = world.time.now;
    world.secrets.readable = true;
    const { ledger } = world.sweepDependencies;
    const save = ledger.save;
    ledger.save = (next, known, behind) => {
      if (next.key === "sandbox/evt_1") return Promise.reject(new Error("the process died"));
      return save(next, known, behind);
    };
    world.time.now += 2 * minute;
    await expect(world.sweep()).rejects.toThrow("verifyLate");
    ledger.save = save;
    await world.stream();
    await sweepAndSettle(world, 2);
    expect(world.delivered()).toEqual(["evt_1"]);
    expect((await world.progress("evt_1"))?.order).toBe(`${storedAt}#sandbox/evt_1`);
  });
});

describe("one of several that cannot be recorded or read just now", () => {
  test.each(["recorded", "read"])("holds up the others of its contract until the next sweep, where it is not %s", async (what) => {
    const world = await setup();
    world.secrets.readable = false;
    for (const id of ["evt_1", "evt_2", "evt_3"]) {
      await world.receive(world.signed({ id, contract: "sub_1" }));
      world.time.now += 5_000;
    }
    await world.receive(world.signed({ id: "evt_9", contract: "sub_9" }));
    world.secrets.readable = true;
    const { sweepDependencies: sweep } = world;
    const [record, read] = [sweep.record, sweep.records.read];
    let unreadable: string | undefined;
    sweep.record = (item, signal) =>
      what === "recorded" && item.pk?.S === "sandbox/evt_1" ? Promise.reject(new Error("throttled")) : record(item, signal);
    sweep.records.read = async (key) => {
      const found = await read(key);
      const isFirst = found.kind === "record" && String(Buffer.from(found.record.raw.body)).includes("evt_1");
      if (what === "read" && isFirst) {
        unreadable = key;
        throw new Error("throttled");
      }
      return found;
    };
    world.time.now += 2 * minute;
    await expect(world.sweep()).rejects.toThrow("verifyLate");
    await world.settle();
    expect(world.delivered()).toEqual(what === "recorded" ? ["evt_9"] : []);
    expect(unreadable === undefined).toBe(what === "recorded");
    Object.assign(sweep, { record });
    Object.assign(sweep.records, { read });
    await sweepAndSettle(world, 2);
    expect(world.delivered().filter((id) => id !== "evt_9")).toEqual(["evt_1", "evt_2", "evt_3"]);
  });

  test("holds up nothing for longer than ten minutes", async () => {
    const world = await setup();
    world.secrets.readable = false;
    for (const id of ["evt_1", "evt_2"]) await world.receive(world.signed({ id }));
    await sweepAndSettle(world);
    world.secrets.readable = true;
    const { records } = world.sweepDependencies;
    const { read } = records;
    records.read = async (key) => {
      const found = await read(key);
      if (found.kind === "record" && String(Buffer.from(found.record.raw.body)).includes("evt_1")) throw new Error("poison");
      return found;
    };
    world.time.now += 10 * minute;
    await expect(world.sweep()).rejects.toThrow("verifyLate");
    await world.settle();
    Object.assign(records, { read });
    expect(world.delivered()).toEqual(["evt_2"]);
  });
});

describe("a secret that cannot be read for long", () => {
  test("costs the sweep nothing but a look at the first of its source, and holds up no other source", async () => {
    const world = await setup({
      sources: { sandbox: { gateway: "sandbox", target: "app" }, other: { gateway: "sandbox", target: "app" } },
    });
    world.secrets.readable = false;
    for (let at = 0; at < 3; at++) await world.receive(world.signed({ id: `evt_${at}` }));
    await world.receive({ ...world.signed({ id: "evt_o" }), source: "other" });
    await sweepAndSettle(world, 2);
    expect(await world.open.count("unverified")).toBe(4);
    const read = world.secrets.read;
    world.secrets.read = async (name) =>
      name.endsWith("/sandbox") ? { kind: "unreadable", reason: "away" } : read.call(world.secrets, name);
    world.secrets.readable = true;
    await sweepAndSettle(world);
    expect(world.application.received.map(({ record }) => record)).toEqual(["other/evt_o"]);
    expect(await world.open.count("unverified")).toBe(3);
  });

  test("lets nothing in from outside the source's addresses", async () => {
    const world = await setup({ sources: { sandbox: { gateway: "sandbox", target: "app", addresses: ["198.51.100.0/24"] } } });
    world.secrets.readable = false;
    expect((await world.receive(world.signed({ id: "evt_1" }))).status).toBe(401);
    expect([world.counts.get("Unproven"), world.counts.get("StoredUnverified")]).toEqual([1, undefined]);
  });
});

describe("the room for what cannot be verified yet", () => {
  /** As if other callbacks of its network had taken every place it may take. */
  const crowdOut = async (world: World, raw: RawCallback) => {
    const { room, places } = unverifiedPlaces(raw, digest("sha256", [unverifiedKey(raw)]));
    for (const place of places) {
      const { pk, sk } = unverifiedPlaceKey(room, place);
      await world.client.send(
        new PutItemCommand({ TableName: world.aws.recordsTable, Item: { pk: { S: pk }, sk: { S: sk }, taken: { S: "another" } } }),
      );
    }
  };

  test.each([
    ["refuse", 401],
    ["accept", 200],
  ] as const)("is followed by the quarantine, where a source that would %s the unverified answers as there", async (unproven, status) => {
    const world = await setup({ sources: { sandbox: { gateway: "sandbox", target: "app", unproven } } });
    world.secrets.readable = false;
    const raw = world.signed({ id: "evt_1" });
    await crowdOut(world, raw);
    expect((await world.receive(raw)).status).toBe(status);
    expect([world.counts.get("Quarantined"), world.counts.get("StoredUnverified"), world.counts.get("Unproven")]).toEqual([
      1,
      undefined,
      undefined,
    ]);
    // Another callback of the same sender has other places.
    expect((await world.receive(world.signed({ id: "evt_2" }))).status).toBe(200);
    expect(world.counts.get("StoredUnverified")).toBe(1);
  });
});

test.each([
  ["is not configured any more", {}],
  ["is of another gateway", { sandbox: { gateway: "hmac", target: "app" } }],
])("what came unverified from a source that %s waits for its settings, and is delivered once they are back", async (_, sources) => {
  const world = await setup();
  world.secrets.readable = false;
  await world.receive(world.signed({ id: "evt_1", contract: "sub_1" }));
  await sweepAndSettle(world);
  world.secrets.readable = true;
  const { config, sweepDependencies, secrets } = world;
  const without = { ...config, sources };
  // The secret stands there under another name by now, so this one would not fit.
  const others = { ...secrets, read: async () => ({ kind: "readable", secrets: ["another"] }) as const };
  const sweep = createSweep({
    ...sweepDependencies,
    config: without,
    verifier: createSourceVerifier({ config: without, secrets: others }),
  });
  world.time.now += 2 * minute;
  await sweep({}, { timeLeft: () => 600_000, signal: new AbortController().signal, report: () => {} });
  expect(await world.open.count("unverified")).toBe(1);
  await sweepAndSettle(world, 2);
  expect(world.delivered()).toEqual(["evt_1"]);
});
