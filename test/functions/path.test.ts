import { describe, expect, onTestFinished, test } from "vitest";
import type { Config } from "../../core/config/config.ts";
import { createWorld } from "../support/world/world.ts";

const setup = async (changes: Partial<Config> = {}) => {
  const world = await createWorld(changes);
  onTestFinished(() => world.close());
  return world;
};

describe("a genuine callback", () => {
  test("is recorded, acknowledged the way its gateway expects, applied to the ledger and delivered with its own bytes", async () => {
    const world = await setup();
    const callback = world.signed({ id: "evt_1", contract: "sub_1", charge: "ch_1", amount: 1980, currency: "jpy" });
    expect(await world.receive(callback)).toEqual({ status: 200, contentType: "text/plain; charset=utf-8", body: "OK" });
    await world.settle();
    expect(world.application.received).toHaveLength(1);
    const [delivery] = world.application.received;
    expect(delivery?.body.equals(callback.body)).toBe(true);
    expect(delivery?.headers).toMatchObject({
      "sandbox-signature": callback.headers["sandbox-signature"],
      "idempotency-key": "sandbox/evt_1",
    });
    expect(await world.progress("evt_1")).toMatchObject({ state: "delivered", attempts: 1, contracts: ["sub_1"] });
    const contract = await world.ledger.contract("sandbox", "sub_1");
    expect(contract?.charges).toMatchObject([{ id: "ch_1", state: "succeeded", amount: { minor: 1980, currency: "JPY" } }]);
  });

  test("is acknowledged again and changes nothing when it is redelivered", async () => {
    const world = await setup();
    const callback = world.signed({ id: "evt_1", contract: "sub_1" });
    const replies = [await world.receive(callback), await world.receive(callback)];
    expect(replies.map(({ body }) => body)).toEqual(["OK", "OK"]);
    await world.settle();
    expect(world.delivered()).toEqual(["evt_1"]);
    expect(world.counts.get("Duplicates")).toBe(1);
  });

  test("is kept as a conflict, acknowledged and not delivered when its id came before with other bytes", async () => {
    const world = await setup();
    await world.receive(world.signed({ id: "evt_1", amount: 1, currency: "jpy" }));
    const reply = await world.receive(world.signed({ id: "evt_1", amount: 2, currency: "jpy" }));
    expect(reply.body).toBe("OK");
    await world.settle();
    expect(world.delivered()).toEqual(["evt_1"]);
    const { conflicts } = await world.records.loadWithConflicts("sandbox/evt_1");
    expect(conflicts.map(({ raw }) => JSON.parse(Buffer.from(raw.body).toString()).amount)).toEqual([2]);
  });

  test("is acknowledged and delivered byte for byte when it is too large for an item of the table", async () => {
    const world = await setup();
    const noise = Array.from({ length: 60_000 }, (_, index) => (index * 7_919 * 104_729) % 999_983).join(" ");
    const callback = world.signed({ id: "evt_1", noise });
    expect(callback.body.length).toBeGreaterThan(400_000);
    expect((await world.receive(callback)).body).toBe("OK");
    await world.settle();
    expect(world.application.received[0]?.body.equals(callback.body)).toBe(true);
  });

  test("that is large is processed when nothing else of its batch is, and costs the others nothing", async () => {
    const world = await setup();
    const large = (id: string) => world.signed({ id, contract: id, blank: " ".repeat(600_000) });
    for (const callback of [large("large_1"), large("large_2"), world.signed({ id: "small", contract: "sub_1" })])
      await world.receive(callback);
    await world.relay();
    await world.consume();
    expect([world.delivered()[0], world.delivered().toSorted()]).toEqual(["small", ["large_1", "large_2", "small"]]);
  });

  test("that cannot be parsed is acknowledged, becomes a dead letter with the reason, and costs no delivery", async () => {
    const world = await setup();
    expect((await world.receive(world.signed({ id: "evt_1", type: "" }))).body).toBe("OK");
    await world.settle();
    expect(await world.progress("evt_1")).toMatchObject({ state: "dead", cause: { kind: "unintelligible" } });
    const [letter] = await world.deadLetters.take(0);
    expect(JSON.parse(letter?.body ?? "")).toMatchObject({ key: "sandbox/evt_1", next: "npx holdfast show sandbox/evt_1" });
    expect(world.delivered()).toEqual([]);
  });

  test("whose events the target ignores ends as ignored, and the ledger has it nevertheless", async () => {
    const world = await setup({ sources: { sandbox: { gateway: "sandbox", target: "app", ignore: ["charge.succeeded"] } } });
    await world.receive(world.signed({ id: "evt_1", contract: "sub_1", charge: "ch_1" }));
    await world.settle();
    expect(await world.progress("evt_1")).toMatchObject({ state: "ignored" });
    expect(world.delivered()).toEqual([]);
    expect((await world.ledger.contract("sandbox", "sub_1"))?.charges).toHaveLength(1);
  });
});

describe("a callback that is not genuine", () => {
  test("is rejected, is counted, and leaves no record", async () => {
    const world = await setup();
    const callback = world.signed({ id: "evt_1" });
    const reply = await world.receive({ ...callback, body: Buffer.from(callback.body.toString().replace("evt_1", "evt_2")) });
    expect(reply).toMatchObject({ status: 401, body: "NG" });
    await world.settle();
    expect(world.counts.get("Unproven")).toBe(1);
    expect((await world.records.loadWithConflicts("sandbox/evt_2")).record).toBeUndefined();
  });

  test.each([
    ["with 401, as a 5xx would say that we are broken", {}, 401],
    ["with what the source's options say", { refuseStatus: "503" }, 503],
  ])("is rejected by a configurable gateway %s", async (_, options, status) => {
    const source = { gateway: "hmac", target: "app", options: { header: "x-signature", ...options } } as const;
    const world = await setup({ sources: { shop: source } });
    const reply = await world.receive({ ...world.signed({ id: "evt_1" }), source: "shop" });
    expect(reply).toMatchObject({ status, body: "NG" });
  });

  test.each([
    ["to a source that is not configured", { source: "constructor" }, 404, "NoSuchSource"],
    ["by a method its gateway does not use", { method: "PUT" }, 405, "NotAllowed"],
  ])("%s gets its status, and is counted", async (_, change, status, metric) => {
    const world = await setup();
    expect((await world.receive({ ...world.signed({ id: "evt_1" }), ...change })).status).toBe(status);
    expect([...world.counts]).toEqual([[metric, 1]]);
  });

  test("that is larger than allowed is answered 413 before anything is computed over it", async () => {
    const world = await setup({ maxBodyBytes: 10 });
    expect((await world.receive(world.signed({ id: "evt_1" }))).status).toBe(413);
    expect([...world.counts]).toEqual([["TooLarge", 1]]);
  });
});
