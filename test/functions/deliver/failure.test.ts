import { DeleteItemCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Config } from "../../../core/config/config.ts";
import { moved } from "../../support/samples.ts";
import { createWorld } from "../../support/world/world.ts";

const setup = async (changes: Partial<Config> = {}) => {
  const world = await createWorld(changes);
  onTestFinished(() => world.close());
  return world;
};

const minute = 60_000;

describe("an application that is down for a while", () => {
  test("gets everything of a contract in the order stored once it is back", async () => {
    const world = await setup({ retry: { attempts: 5, baseSeconds: 2_000, capSeconds: 3_600 } });
    world.application.behave(() => ({ status: 503 }));
    for (const id of ["evt_1", "evt_2", "evt_3"]) {
      await world.receive(world.signed({ id, contract: "sub_1" }));
      world.time.now += 10;
    }
    await world.settle();
    expect(await world.progress("evt_1")).toMatchObject({ state: "scheduled", attempts: 1, cause: { kind: "answered", status: 503 } });
    expect(await world.progress("evt_2")).toMatchObject({ state: "waiting", cause: { kind: "behind", key: "sandbox/evt_1" } });

    world.application.behave(() => ({ status: 200 }));
    world.application.received.length = 0;
    world.time.now += 60 * minute;
    await world.sweep();
    await world.settle();
    expect(world.delivered()).toEqual(["evt_1", "evt_2", "evt_3"]);
    expect(await world.progress("evt_3")).toMatchObject({ state: "delivered" });
    expect(await world.open.count("waiting")).toBe(0);
    expect(await world.open.count("due")).toBe(0);
  });

  test("does not hold up other contracts", async () => {
    const world = await setup({ retry: { baseSeconds: 2_000 } });
    world.application.behave(({ record }) => ({ status: record.endsWith("evt_1") ? 500 : 200 }));
    await world.receive(world.signed({ id: "evt_1", contract: "sub_1" }));
    await world.receive(world.signed({ id: "evt_2", contract: "sub_2" }));
    await world.settle();
    expect(await world.progress("evt_2")).toMatchObject({ state: "delivered" });
  });

  test("waits as long as it asks for in Retry-After", async () => {
    const world = await setup();
    world.application.behave(() => ({ status: 429, headers: { "retry-after": "1200" } }));
    await world.receive(world.signed({ id: "evt_1" }));
    await world.settle();
    expect(await world.progress("evt_1")).toMatchObject({ state: "scheduled", dueAt: world.time.now + 1_200_000 });
  });

  test("is given up after the configured attempts, with the last answer and what to type", async () => {
    const world = await setup({ retry: { attempts: 2, baseSeconds: 2_000, capSeconds: 3_600 } });
    world.application.behave(() => ({ status: 500, body: "out of order" }));
    await world.receive(world.signed({ id: "evt_1" }));
    await world.settle();
    world.time.now += 60 * minute;
    await world.sweep();
    await world.settle();
    expect(await world.progress("evt_1")).toMatchObject({
      state: "dead",
      attempts: 2,
      cause: { kind: "given up", attempts: 2, last: { kind: "answered", status: 500, answer: "500 out of order" } },
    });
  });
});

describe("a delivery the application refuses permanently", () => {
  test("becomes a dead letter at once, and what follows in its contract waits, while other contracts flow", async () => {
    const world = await setup();
    world.application.behave(({ record }) => ({ status: record.endsWith("evt_1") ? 422 : 200 }));
    for (const [id, contract] of [
      ["evt_1", "sub_1"],
      ["evt_2", "sub_1"],
      ["evt_3", "sub_2"],
    ] as const) {
      await world.receive(world.signed({ id, contract }));
      world.time.now += 10;
    }
    await world.settle();
    expect(await world.progress("evt_1")).toMatchObject({ state: "dead", attempts: 1 });
    expect(await world.progress("evt_2")).toMatchObject({ state: "waiting" });
    expect(await world.progress("evt_3")).toMatchObject({ state: "delivered" });
  });

  test("is one when the target's address is private", async () => {
    const world = await setup({ targets: { app: { kind: "http", url: "http://169.254.169.254/latest", mode: "pass-through" } } });
    await world.receive(world.signed({ id: "evt_1" }));
    await world.settle();
    expect(await world.progress("evt_1")).toMatchObject({
      state: "dead",
      cause: { kind: "forbidden address", address: "169.254.169.254" },
    });
  });
});

describe("the sweep", () => {
  test("rings for what was stored and never relayed", async () => {
    const world = await setup();
    await world.receive(world.signed({ id: "evt_1", contract: "sub_1" }));
    world.time.now += 2 * minute;
    await world.sweep();
    while ((await world.consume()) > 0);
    expect(world.delivered()).toEqual(["evt_1"]);
    expect([world.counts.get("NotRelayed"), world.counts.get("Relayed")]).toEqual([1, undefined]);
  });

  test("leaves alone what is settled", async () => {
    const world = await setup();
    await world.receive(world.signed({ id: "evt_1", contract: "sub_1" }));
    await world.settle();
    world.time.now += 2 * minute;
    await world.sweep();
    expect(await world.consume()).toBe(0);
  });

  test("wakes those that wait behind a record whose bytes are gone", async () => {
    const world = await setup({ retry: { attempts: 5, baseSeconds: 2_000, capSeconds: 3_600 } });
    world.application.behave(() => ({ status: 503 }));
    for (const id of ["evt_1", "evt_2"]) await world.receive(world.signed({ id, contract: "sub_1" }));
    await world.settle();
    expect([(await world.progress("evt_1"))?.state, (await world.progress("evt_2"))?.state]).toEqual(["scheduled", "waiting"]);
    const gone = { pk: { S: "sandbox/evt_1" }, sk: { S: "record" } };
    await world.client.send(new DeleteItemCommand({ TableName: world.aws.recordsTable, Key: gone }));
    world.application.behave(() => ({ status: 200 }));
    for (let round = 0; round < 3; round++) {
      world.time.now += 60 * minute;
      await world.sweep();
      await world.settle();
    }
    expect(await world.progress("evt_1")).toMatchObject({ state: "ignored", cause: { kind: "retention over" } });
    expect(await world.progress("evt_2")).toMatchObject({ state: "delivered" });
    expect(await world.open.count("due")).toBe(0);
  });

  test("verifies what was acknowledged while its secret could not be read, and delivers it as if it had just arrived", async () => {
    const world = await setup();
    world.secrets.readable = false;
    expect((await world.receive(world.signed({ id: "evt_1" }))).body).toBe("OK");
    await world.settle();
    expect(world.delivered()).toEqual([]);
    world.secrets.readable = true;
    world.time.now += 20 * minute;
    await world.sweep();
    await world.settle();
    expect(world.delivered()).toEqual(["evt_1"]);
  });

  test("never delivers what turns out forged when the secret can be read again", async () => {
    const world = await setup();
    world.secrets.readable = false;
    const callback = world.signed({ id: "evt_1" });
    await world.receive({ ...callback, headers: { ...callback.headers, "sandbox-signature": "t=1,v1=00" } });
    world.secrets.readable = true;
    world.time.now += 20 * minute;
    await world.sweep();
    await world.settle();
    expect(world.delivered()).toEqual([]);
    expect(await world.open.count("dead")).toBe(0);
    expect(world.counts.get("Unproven")).toBe(1);
  });

  test("keeps nothing of an answer's card numbers and e-mail addresses, in the table, the dead-letter queue or the records' states", async () => {
    const world = await setup();
    const said = { body: 'no order of taro@example.com with card "4242 4242 4242 4242"' };
    world.application.behave(({ record }) => ({ status: record.endsWith("evt_1") ? 422 : record.endsWith("evt_2") ? 503 : 200, ...said }));
    for (const id of ["evt_1", "evt_2", "evt_3"]) await world.receive(world.signed({ id, contract: id }));
    await world.settle();
    const [letter] = await world.deadLetters.take(0);
    const progress = await Promise.all(["evt_1", "evt_2", "evt_3"].map((id) => world.progress(id)));
    expect(progress.map((one) => one?.state)).toEqual(["dead", expect.stringMatching(/retrying|scheduled|dead/), "delivered"]);
    for (const kept of [letter?.body ?? "", ...progress.map((one) => JSON.stringify(one))]) {
      expect(kept).toContain("no order of ****@example.com with card");
      expect(kept).not.toMatch(/taro|4242 4242/);
    }
  });

  test("removes letters from the dead-letter queue whose records are no longer dead", async () => {
    const world = await setup();
    world.application.behave(() => ({ status: 422 }));
    await world.receive(world.signed({ id: "evt_1" }));
    await world.settle();
    const dead = await world.progress("evt_1");
    if (!dead) throw new Error("there is no progress");
    await world.sweep();
    expect(await world.deadLetters.take(0)).toHaveLength(1);
    await world.ledger.save(moved(dead, "delivered"), dead);
    await world.sweep();
    expect(await world.deadLetters.take(0)).toHaveLength(0);
  });
});
