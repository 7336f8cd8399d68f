/** What cannot be proven, and what a flood of it must not do to the rest. */
import { createHash, createHmac } from "node:crypto";
import { describe, expect, onTestFinished, test } from "vitest";
import type { RawCallback } from "../../../core/callback.ts";
import type { Config } from "../../../core/config/config.ts";
import { largestQuarantined, quarantinesPerSecondAndNetwork } from "../../../core/receive/quarantine.ts";
import { bytesId } from "../../../core/record.ts";
import { gateways } from "../../../gateways/index.ts";
import { listQuarantined } from "../../../io/records/quarantined.ts";
import { prepareItem } from "../../../io/records/record.ts";
import { releaseQuarantined } from "../../../operator/quarantine/quarantine.ts";
import { keepingFor } from "../../support/samples.ts";
import { createWorld, secret, type World } from "../../support/world/world.ts";

const { sandbox } = gateways;

const setup = async (unproven: "accept" | "refuse", changes: Partial<Config> = {}) => {
  const world = await createWorld({ sources: { sandbox: { gateway: "sandbox", target: "app", unproven } }, ...changes });
  onTestFinished(() => world.close());
  return world;
};

/** As the gateway signs since somebody gave it another secret. */
const rotated = (world: World, id: string, changes: Partial<RawCallback> = {}): RawCallback => ({
  ...sandbox.sign(Buffer.from(JSON.stringify({ id, type: "charge.succeeded" })), { secrets: ["new secret"] }, world.time.now),
  source: "sandbox",
  sourceIp: "203.0.113.7",
  ...changes,
});

const forged = (world: World, number: number): RawCallback =>
  rotated(world, `forged_${number}`, { sourceIp: `198.51.100.${number % 256}`, headers: { "sandbox-signature": "t=1,v1=00" } });

const minute = 60_000;

describe("while the secret is wrong and the source is flooded with forgeries", () => {
  test("the gateway's own callbacks are kept, and released in full once the secret is right", async () => {
    const world = await setup("accept");
    const words: string[] = [];
    for (let number = 0; number < 4; number++) {
      for (let more = 0; more < 30; more++) await world.receive(forged(world, number * 30 + more));
      words.push(String((await world.receive(rotated(world, `evt_${number}`))).body));
      world.time.now += 2_000;
    }
    expect(words).toEqual(["OK", "OK", "OK", "OK"]);
    world.secrets.secrets = ["sandbox secret", "new secret"];
    world.time.now += 60 * minute;
    const kinds = new Map<string, number>();
    for (const { key } of await Array.fromAsync(listQuarantined(world))) {
      const { kind } = await releaseQuarantined(world, key);
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
    await world.settle();
    expect(world.delivered().toSorted()).toEqual(["evt_0", "evt_1", "evt_2", "evt_3"]);
    expect(kinds.get("released")).toBe(4);
    expect(kinds.get("still unproven")).toBeLessThanOrEqual(16);
  });

  test("verified callbacks are recorded, acknowledged and delivered as always", async () => {
    const world = await setup("refuse");
    const flood = Array.from({ length: 200 }, (_, number) => world.receive(forged(world, number)));
    const genuine = Array.from({ length: 20 }, (_, number) => world.receive(world.signed({ id: `evt_${number}` })));
    expect(new Set((await Promise.all(genuine)).map(({ body }) => body))).toEqual(new Set(["OK"]));
    await Promise.all(flood);
    await world.settle();
    expect(world.delivered()).toHaveLength(20);
  });

  test("each second costs a handful of writes, each hour and network sixteen places, and what is too large nothing at all", async () => {
    const world = await setup("accept");
    await Promise.all(Array.from({ length: 200 }, (_, number) => world.receive(forged(world, number))));
    const puts = world.puts.length;
    expect([puts >= quarantinesPerSecondAndNetwork, puts <= 4 * quarantinesPerSecondAndNetwork]).toEqual([true, true]);
    for (let second = 0; second < 20; second++) {
      world.time.now += 1_000;
      for (let more = 0; more < 5; more++) await world.receive(forged(world, 1_000 + second * 5 + more));
    }
    expect((await Array.fromAsync(listQuarantined(world))).length).toBeLessThanOrEqual(16);
    world.time.now += 60 * minute;
    const before = world.puts.length;
    const large = await world.receive({ ...forged(world, 0), body: Buffer.alloc(largestQuarantined + 1) });
    expect([large.body, world.puts.length]).toEqual(["NG", before]);
  });
});

describe("a release", () => {
  test("uses the time of receipt: what was stale then stays stale, what was fresh then is fresh", async () => {
    const world = await setup("accept");
    const [fresh, stale] = [rotated(world, "evt_fresh"), rotated(world, "evt_stale", { receivedAt: world.time.now + 6 * minute })];
    for (const raw of [fresh, stale]) expect((await world.receive(raw)).body).toBe("OK");
    world.secrets.secrets = ["new secret"];
    world.time.now += 25 * 24 * 60 * minute;
    const released = [];
    for (const { key } of await Array.fromAsync(listQuarantined(world))) released.push(await releaseQuarantined(world, key));
    expect(released.map(({ kind }) => kind).toSorted()).toEqual(["released", "still unproven"]);
    expect(released.find(({ kind }) => kind === "still unproven")).toMatchObject({ reason: expect.stringContaining("timestamp") });
    await world.settle();
    expect(world.delivered()).toEqual(["evt_fresh"]);
    expect(await world.records.load("sandbox/evt_fresh")).toMatchObject({
      storedAt: world.time.now,
      raw: { receivedAt: fresh.receivedAt },
    });
  });

  test("of what the gateway has redelivered meanwhile, and was verified then, has no second effect", async () => {
    const world = await setup("accept");
    const raw = rotated(world, "evt_1");
    await world.receive(raw);
    world.secrets.secrets = ["new secret"];
    await world.receive(raw);
    await world.settle();
    const [quarantined] = await Array.fromAsync(listQuarantined(world));
    if (!quarantined) throw new Error("nothing was quarantined");
    expect(await releaseQuarantined(world, quarantined.key)).toEqual({ kind: "released", as: "sandbox/evt_1", duplicate: true });
    await world.settle();
    expect(world.delivered()).toEqual(["evt_1"]);
  });
});

/** Until the sweep has verified what can be verified, and everything has settled. */
const readableAgain = async (world: World) => {
  world.secrets.readable = true;
  for (let sweeps = 0; sweeps < 2; sweeps++) {
    world.time.now += 5 * minute;
    await world.sweep();
    await world.settle();
  }
};

const records = (world: World) => world.application.received.map(({ record }) => record).toSorted();

describe("a secret that cannot be read, and one body that is two callbacks", () => {
  const body = Buffer.from(
    JSON.stringify({ id: 1, type: "invoice.paid", financial_status: "paid", total_price: "10.00", currency: "JPY" }),
  );

  test("tells Shopify's topics and subscriptions apart, which only headers name", async () => {
    const world = await setup("refuse", { sources: { shop: { gateway: "shopify", target: "app" } } });
    const about = (topic: string, name: string): RawCallback => {
      const signed = gateways.shopify.sign(body, { secrets: [secret] }, world.time.now);
      return { ...signed, source: "shop", headers: { ...signed.headers, "x-shopify-topic": topic, "x-shopify-name": name } };
    };
    world.secrets.readable = false;
    for (const raw of [
      about("orders/create", "main"),
      about("orders/paid", "main"),
      about("orders/paid", "second"),
      about("orders/paid", "second"),
    ])
      expect((await world.receive(raw)).status).toBe(200);
    expect(world.counts.get("Duplicates")).toBe(1);
    await readableAgain(world);
    const id = bytesId(body);
    const event = about("", "").headers["x-shopify-event-id"];
    expect(records(world)).toEqual(
      ["orders/create:main", "orders/paid:main", "orders/paid:second"].map((apart) => `shop/${event}:${id}:${apart}`),
    );
  });

  test("tells two Standard Webhooks messages with one payload apart", async () => {
    const world = await setup("refuse", { sources: { hooks: { gateway: "standard-webhooks", target: "app" } } });
    world.secrets.secrets = ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"];
    const message = (id: string): RawCallback => {
      const at = world.time.now;
      const content = `${id}.${Math.floor(at / 1000)}.${body}`;
      const signature = createHmac("sha256", Buffer.from("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "base64")).update(content).digest("base64");
      const signed = gateways["standard-webhooks"].sign(body, { secrets: world.secrets.secrets }, at);
      return { ...signed, source: "hooks", headers: { ...signed.headers, "webhook-id": id, "webhook-signature": `v1,${signature}` } };
    };
    world.secrets.readable = false;
    for (const id of ["msg_1", "msg_2"]) expect((await world.receive(message(id))).status).toBe(200);
    await readableAgain(world);
    expect(records(world)).toEqual(["hooks/msg_1", "hooks/msg_2"]);
  });

  test("lets no forgery that comes first stand in for the genuine one", async () => {
    const world = await setup("refuse");
    world.secrets.readable = false;
    const genuine = world.signed({ id: "evt_1" });
    for (const raw of [{ ...genuine, headers: { ...genuine.headers, "sandbox-signature": "t=1,v1=00" } }, genuine])
      expect((await world.receive(raw)).body).toBe("OK");
    await readableAgain(world);
    expect(world.delivered()).toEqual(["evt_1"]);
  });

  test("gives what is sent again under another signature one effect", async () => {
    const world = await setup("refuse");
    world.secrets.readable = false;
    for (let tries = 0; tries < 2; tries++) {
      await world.receive(world.signed({ id: "evt_1" }));
      world.time.now += minute;
    }
    await readableAgain(world);
    expect(world.delivered()).toEqual(["evt_1"]);
  });

  test("verifies what an older version has kept under the hash of the body alone", async () => {
    const world = await setup("refuse");
    const raw = world.signed({ id: "evt_1" });
    const sha256 = createHash("sha256").update(raw.body).digest("hex");
    const kept = { gateway: "sandbox", raw, storedAt: world.time.now, verification: "unverified", sha256 } as const;
    await world.record(await prepareItem({ ...kept, key: `sandbox/unverified:sha256:${sha256}` }, world.bodies, keepingFor(30)));
    await readableAgain(world);
    expect(world.delivered()).toEqual(["evt_1"]);
  });
});

describe("a secret that cannot be read", () => {
  test("lets everything in unproven, of which only the genuine is ever delivered, and the rest ends without a dead letter each", async () => {
    const world = await setup("refuse");
    world.secrets.readable = false;
    const sent = [world.signed({ id: "evt_1" }), forged(world, 1), world.signed({ id: "evt_2" }), forged(world, 2)];
    for (const raw of sent) expect((await world.receive(raw)).body).toBe("OK");
    expect(world.counts.get("StoredUnverified")).toBe(4);
    for (let sweeps = 0; sweeps < 3; sweeps++) {
      world.time.now += 5 * minute;
      await world.sweep();
      await world.settle();
    }
    expect(world.delivered()).toEqual([]);
    world.secrets.readable = true;
    for (let sweeps = 0; sweeps < 2; sweeps++) {
      world.time.now += 5 * minute;
      await world.sweep();
      await world.settle();
    }
    expect(world.delivered().toSorted()).toEqual(["evt_1", "evt_2"]);
    expect([await world.open.count("dead"), await world.open.count("due")]).toEqual([0, 0]);
    expect(await world.deadLetters.take(0)).toEqual([]);
    expect(world.counts.get("Unproven")).toBe(2);
  });
});
