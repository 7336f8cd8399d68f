/** Application events, from their callback to the ledger. */
import { expect, onTestFinished, test } from "vitest";
import { gateways } from "../../../gateways/index.ts";
import { createWorld, secret, type World } from "../../support/world/world.ts";

const { app } = gateways;

const sources = { sandbox: { gateway: "sandbox", target: "app" }, app: { gateway: "app" } };

const grant = {
  type: "entitlement.granted",
  timestamp: "2026-11-20T11:00:00Z",
  data: {
    account: "a-1",
    source: "sandbox",
    contract: "sub_1",
    plan: "premium",
    price: { minor: 1_980, currency: "JPY" },
    interval: "month",
  },
};

const start = async () => {
  const world = await createWorld({ sources });
  onTestFinished(() => world.close());
  return world;
};

const say = async (world: World, message: object): Promise<`app/${string}`> => {
  const raw = app.sign(Buffer.from(JSON.stringify(message)), { secrets: [secret] }, world.time.now);
  const reply = await world.receive({ ...raw, source: "app", url: "https://callbacks.example.com/callbacks/app" });
  expect(reply.status).toBe(200);
  await world.settle();
  return `app/${raw.headers["webhook-id"]}`;
};

test("the application's word is acknowledged, entered and settled, and is delivered nowhere", async () => {
  const world = await start();
  const key = await say(world, grant);
  expect(await world.ledger.progress(key)).toMatchObject({
    state: "ignored",
    cause: { kind: "entered only" },
    applied: true,
    contracts: [],
    types: ["entitlement.granted"],
  });
  expect(world.application.received).toEqual([]);
  expect(world.counts.get("Entered")).toBe(1);
});

test("it waits in no line: neither behind a dead letter of its contract, nor for a hold", async () => {
  const world = await start();
  world.application.behave(() => ({ status: 422 }));
  await world.receive(world.signed({ id: "evt_1", contract: "sub_1" }));
  await world.settle();
  expect((await world.ledger.progress("sandbox/evt_1"))?.state).toBe("dead");
  expect((await world.ledger.progress(await say(world, grant)))?.state).toBe("ignored");
});

test("local time that is written as UTC is a dead letter, and no closing from which nothing charged in nine hours would be found", async () => {
  const world = await start();
  const nineHoursAhead = new Date(world.time.now + 9 * 3_600_000).toISOString();
  const key = await say(world, { type: "account.closed", timestamp: nineHoursAhead, data: { account: "a-1" } });
  expect(await world.ledger.progress(key)).toMatchObject({
    state: "dead",
    cause: { kind: "unintelligible", by: "application", detail: expect.stringContaining("lies ahead of") },
  });
});

test("what it says wrongly is acknowledged all the same, and is a dead letter that names the field and holds nobody up", async () => {
  const world = await start();
  const key = await say(world, { ...grant, data: { ...grant.data, contract: "", plan: undefined } });
  expect(await world.ledger.progress(key)).toMatchObject({
    state: "dead",
    cause: {
      kind: "unintelligible",
      by: "application",
      detail: "data.contract: write a text that is not empty; data.plan: it is missing; add it",
    },
    contracts: [],
  });
  await world.receive(world.signed({ id: "evt_1", contract: "sub_1" }));
  await world.settle();
  expect((await world.ledger.progress("sandbox/evt_1"))?.state).toBe("delivered");
});

test("a source that is not configured is a mistake too: nobody would look there", async () => {
  const world = await start();
  const key = await say(world, { ...grant, data: { ...grant.data, source: "sandbx" } });
  expect(await world.ledger.progress(key)).toMatchObject({
    cause: { detail: 'source: the configuration has no source "sandbx"; did you mean "sandbox"?' },
  });
});
