/** Callbacks that cannot say all, through the whole path, with the gateway's API played on this machine. */
import { describe, expect, test } from "vitest";
import { planReplay } from "../../../core/lifecycle/replay.ts";
import { hashedKey } from "../../../core/record.ts";
import { createAskingWorld, credential } from "../../support/read-back/asking-world.ts";
import { type Api, fincodeApi, paidyApi } from "../../support/read-back/fake-api.ts";
import { batch, renewal, renewals } from "../../support/read-back/fincode-batch.ts";

const minute = 60_000;
const jpy = (minor: number) => ({ minor, currency: "JPY" });

/** A source of that gateway and its API, which can be broken and fixed while the test runs. */
const setUp = async (gateway: "paidy" | "fincode", api: Api, { mode = "pass-through" }: { mode?: "pass-through" | "signed" } = {}) => {
  const at = { api };
  const { world, asked, receive } = await createAskingWorld(gateway, (one) => at.api(one), {
    mode,
    retry: { attempts: 3, baseSeconds: 2_000, capSeconds: 3_600 },
  });
  return {
    world,
    at,
    asked,
    receive,
    contract: (id: string) => world.ledger.contract("mine", id),
    progress: world.ledger.progress,
    async later() {
      world.time.now += 60 * minute;
      await world.sweep();
      await world.settle();
    },
  };
};

const captured = {
  payment_id: "pay_1",
  event_type: "payment",
  status: "capture_success",
  capture_id: "cap_1",
  timestamp: "2026-11-20T12:00:00Z",
};
const key = hashedKey("mine", "pay_1/capture_success/cap_1");
const payment = {
  id: "pay_1",
  currency: "JPY",
  amount: 1980,
  order: { order_ref: "order-1" },
  captures: [{ id: "cap_1", amount: 1980, created_at: "2026-11-20T12:00:00Z" }],
  refunds: [],
};
const outOfOrder: Api = () => ({ status: 503 });

describe("a callback that cannot say how much", () => {
  test("is acknowledged before the API is asked, and is in the ledger with what the API said", async () => {
    const { world, receive, asked, contract, progress } = await setUp("paidy", paidyApi(credential, { pay_1: payment }));
    expect((await receive(captured)).status).toBe(200);
    expect(asked).toEqual([]);
    await world.settle();
    expect((await contract("pay_1"))?.charges).toMatchObject([{ state: "succeeded", amount: jpy(1980), order: "order-1" }]);
    expect(await progress(key)).toMatchObject({ state: "delivered", attempts: 1 });
    expect(await progress(key)).not.toHaveProperty("lacking");
    expect(asked).toHaveLength(1);
  });

  test("reaches a signed target complete, also when that target answered only the second time", async () => {
    const { world, receive, later } = await setUp("paidy", paidyApi(credential, { pay_1: payment }), { mode: "signed" });
    world.application.behave(() => ({ status: 503 }));
    await receive(captured);
    await world.settle();
    world.application.behave(() => ({ status: 200 }));
    await later();
    const [first, second] = world.application.received.map(({ body }) => JSON.parse(body.toString()).data);
    expect(second).toEqual(first);
    expect(second).toMatchObject({ type: "charge.succeeded", amount: jpy(1980) });
  });

  test("is not asked about again for a target that gets the gateway's own bytes", async () => {
    const { world, at, asked, receive, later, progress } = await setUp("paidy", paidyApi(credential, { pay_1: payment }));
    world.application.behave(() => ({ status: 503 }));
    await receive(captured);
    await world.settle();
    at.api = outOfOrder;
    world.application.behave(() => ({ status: 200 }));
    await later();
    expect(asked).toHaveLength(1);
    expect(await progress(key)).toMatchObject({ state: "delivered", types: ["charge.succeeded"] });
  });
});

describe("an API that gives no answer", () => {
  test("costs no acknowledgement and no delivery, only time: the record is retried until it answers", async () => {
    const { world, at, receive, contract, progress, later } = await setUp("paidy", outOfOrder);
    expect((await receive(captured)).status).toBe(200);
    await world.settle();
    expect(await progress(key)).toMatchObject({
      state: "scheduled",
      attempts: 1,
      cause: { kind: "read-back unavailable", detail: expect.stringContaining("answered 503") },
    });
    expect(await contract("pay_1")).toBeUndefined();
    expect(world.application.received).toEqual([]);
    expect(world.counts.get("ReadBacksUnavailable")).toBe(1);

    at.api = paidyApi(credential, { pay_1: payment });
    await later();
    expect((await contract("pay_1"))?.charges).toMatchObject([{ amount: jpy(1980) }]);
    expect(await progress(key)).toMatchObject({ state: "delivered" });
  });

  test("keeps those of the same contract in line, and no others", async () => {
    const { world, at, receive, later, progress } = await setUp("paidy", outOfOrder);
    await receive(captured);
    world.time.now += 10;
    await receive({ ...captured, status: "refund_success", refund_id: "ref_1" });
    await receive({ payment_id: "pay_2", event_type: "payment", status: "update_success", timestamp: captured.timestamp });
    await world.settle();
    expect(world.application.received.map(({ record }) => record)).toEqual([
      hashedKey("mine", `pay_2/update_success/${captured.timestamp}`),
    ]);
    at.api = paidyApi(credential, { pay_1: { ...payment, refunds: [{ id: "ref_1", amount: 500, created_at: captured.timestamp }] } });
    await later();
    await later();
    expect(world.application.received.map(({ body }) => JSON.parse(String(body)).status)).toEqual([
      "update_success",
      "capture_success",
      "refund_success",
    ]);
    expect(await progress(key)).toMatchObject({ state: "delivered" });
  });

  test("and never comes back makes a dead letter that says what to fix; a replay heals it", async () => {
    const { world, at, receive, later, contract, progress } = await setUp("paidy", () => ({ status: 401 }));
    await receive(captured);
    await world.settle();
    await later();
    await later();
    const cause = { kind: "given up", attempts: 3, last: { kind: "credential refused", status: 401 } };
    expect(await progress(key)).toMatchObject({ state: "dead", cause });

    at.api = paidyApi(credential, { pay_1: payment });
    const [dead, record] = await Promise.all([progress(key), world.records.load(key)]);
    const planned = record && planReplay(record, dead, { contracts: ["pay_1"], now: world.time.now });
    if (planned?.kind !== "ring") throw new Error("it is not replayed");
    await world.ledger.save(planned.progress, dead);
    await later();
    expect((await contract("pay_1"))?.charges).toMatchObject([{ amount: jpy(1980) }]);
  });
});

test("an API that knows no more leaves the event incomplete: applied, delivered, counted, and shown", async () => {
  const { world, receive, contract, progress } = await setUp("paidy", paidyApi(credential, {}));
  await receive(captured);
  await world.settle();
  expect(await progress(key)).toMatchObject({ state: "delivered", lacking: expect.stringContaining("answered 404") });
  const known = await contract("pay_1");
  expect(known?.entries.map(({ event }) => event)).toMatchObject([{ type: "charge.succeeded", incomplete: ["amount"] }]);
  expect(world.counts.get("IncompleteEvents")).toBe(1);
});

describe("a batch of renewals, of which the callback says only how many", () => {
  test.each([1, 3])("of %i is in the ledger of each contract", async (count) => {
    const payments = renewals(count);
    const { world, receive, contract } = await setUp("fincode", fincodeApi(credential, payments));
    await receive(batch(count));
    await world.settle();
    for (const { subscription_id, id } of payments)
      expect(await contract(subscription_id)).toMatchObject({ state: "active", charges: [{ id, state: "succeeded", amount: jpy(1980) }] });
    expect(world.application.received).toHaveLength(1);
  });

  test("of one waits behind a dead letter of that contract, although the queue had it in a separate group", async () => {
    const { world, receive, contract } = await setUp("fincode", fincodeApi(credential, [renewal(1)]));
    world.application.behave(({ body }) => ({ status: String(body).includes("subscription.card.regist") ? 422 : 200 }));
    await receive({
      event: "subscription.card.regist",
      subscription_id: "su_1",
      status: "ACTIVE",
      process_date: "2026/11/19 06:30:00.000",
    });
    await world.settle();
    world.time.now += 10;
    world.application.received.length = 0;
    await receive(batch(1));
    await world.settle();
    expect(world.application.received).toEqual([]);
    expect((await contract("su_1"))?.charges).toHaveLength(1);
    expect(await world.open.count("waiting")).toBe(1);
  });
});
