import { describe, expect, test } from "vitest";
import { apply, begin } from "../../../core/lifecycle/transitions/turn.ts";
import { type FoundEvent, foundRecord, foundType } from "../../../core/reconcile/recovery/found-record.ts";
import type { ReconciliationRun } from "../../../core/reconcile/run.ts";
import type { RecordKey } from "../../../core/record.ts";
import { createRelay } from "../../../functions/relay.ts";
import { replay } from "../../../operator/replay/replay-command.ts";
import { exit } from "../../../operator/terminal/exit.ts";
import { enterFound } from "../../../reconcile/recover.ts";
import { noon } from "../../support/world/world.ts";
import { catchOutput, connectionTo } from "../command-line.ts";
import { createShop } from "./shop.ts";

const rows = [{ payment: "p-1" }, { payment: "p-1", type: "refund", refund: "r-1", amount: 500 }, { payment: "p-2", at: noon - 3_600_000 }];

/** What is recorded of a payment. */
const chargeOf = async (shop: Awaited<ReturnType<typeof createShop>>, payment: string) => {
  const found = await connectionTo(shop.world).ledger.contract("sandbox", payment);
  return found?.charges.map(({ state, amount, refunded }) => [state, amount?.minor, refunded?.minor]);
};

const recordsOf = async ({ world }: Awaited<ReturnType<typeof createShop>>) => {
  const { entries = [] } = (await connectionTo(world).ledger.contract("sandbox", "p-2")) ?? {};
  return entries.map(({ record }) => record);
};

const replayed = ({ world }: Awaited<ReturnType<typeof createShop>>, key: RecordKey) =>
  replay(connectionTo(world), catchOutput().terminal, {
    selection: { keys: [key] },
    yes: true,
    watchSeconds: 0,
    reason: { by: "kei" },
    pause: async () => {},
  });

describe("what was never sent is recovered from the export:", () => {
  test("a plan first; then it is in the ledger once, and nothing differs any more", async () => {
    const shop = await createShop();
    await shop.send({ id: "e1", charge: "p-1" });
    const plan = await shop.run(rows, { recover: true }, false);
    expect(plan.text).toContain("To be entered, as found by reconciliation: 2 events, not delivered");
    expect(plan.said.join("\n")).toContain("to enter what was found, add --yes");
    expect(await chargeOf(shop, "p-2")).toBeUndefined();

    const { said } = await shop.run(rows, { recover: true, yes: true });
    expect(said.join("\n")).toContain("Entered 2 events as found by reconciliation");
    await shop.world.settle();
    expect(await chargeOf(shop, "p-1")).toEqual([["partly_refunded", 1_980, 500]]);
    expect(await chargeOf(shop, "p-2")).toEqual([["succeeded", 1_980, undefined]]);
    expect((await shop.run(rows, { recover: true, yes: true })).exit).toBe(exit.ok);
  });

  test("its record says that no callback was there, and the application is not told of it", async () => {
    const shop = await createShop();
    await shop.run(rows, { recover: true, yes: true });
    await shop.world.settle();
    const { records, ledger, audit } = connectionTo(shop.world);
    const [key = "sandbox/none"] = await recordsOf(shop);
    expect(key).toMatch(/^sandbox\/found:[0-9a-f]{32}$/);
    expect(await records.read(key)).toMatchObject({ record: { found: { by: "kei", isToBeDelivered: false } } });
    expect(await ledger.progress(key)).toMatchObject({ state: "ignored", cause: { kind: "entered from an export" } });
    expect(shop.world.application.received).toEqual([]);
    expect((await Array.fromAsync(audit.ofDay("2026-11-20"))).map(({ what }) => what).sort()).toEqual(["reconcile", "recover"]);
  });

  test("the genuine callback changes nothing when it comes after all, whatever it tells first", async () => {
    const shop = await createShop();
    await shop.run(rows, { recover: true, yes: true });
    await shop.world.settle();
    await shop.send(
      { id: "e3", type: "charge.refunded", charge: "p-1", refund: "r-1", amount: 500 },
      { id: "e1", charge: "p-1" },
      { id: "e2", charge: "p-2", created: noon / 1_000 - 3_600 },
    );
    await shop.world.settle();
    expect(await chargeOf(shop, "p-1")).toEqual([["partly_refunded", 1_980, 500]]);
    expect(await chargeOf(shop, "p-2")).toEqual([["succeeded", 1_980, undefined]]);
    expect(shop.world.application.received).toHaveLength(3);
    expect(await shop.differences(rows)).toEqual([]);
  });
});

describe("with --deliver", () => {
  test("the application is sent it as a message; without, a replay sends it", async () => {
    const shop = await createShop();
    Object.assign(shop.world.config.targets.app ?? {}, { mode: "signed" });
    await shop.run(rows.slice(0, 2), { recover: true, deliver: true, yes: true });
    await shop.world.settle();
    const sent = shop.world.application.received.map(({ body }) => JSON.parse(String(body)));
    expect(sent).toMatchObject([
      { type: "charge.succeeded", data: { charge: "p-1", gatewayType: "found in an export", amount: { minor: 1_980, currency: "JPY" } } },
      { type: "charge.refunded", data: { charge: "p-1", refund: "r-1", amount: { minor: 500 } } },
    ]);
    await shop.run(rows, { recover: true, yes: true });
    await shop.world.settle();
    expect(shop.world.application.received).toHaveLength(2);
    const [key = "sandbox/none"] = await recordsOf(shop);
    await replayed(shop, key);
    await shop.world.settle();
    expect(shop.world.application.received).toHaveLength(3);
  });

  test("what is of one contract is delivered in the order in which it happened, also where the stream's shards bring the later one first", async () => {
    const shop = await createShop();
    const { world } = shop;
    Object.assign(world.config.targets.app ?? {}, { mode: "signed" });
    await shop.run(rows.slice(0, 2), { recover: true, deliver: true, yes: true });
    const relay = createRelay({ ...world, queue: world.doorbells, count: () => {} });
    const { Records } = await world.stream();
    for (const record of Records.toReversed()) {
      await relay({ Records: [record] }, { signal: new AbortController().signal, report: () => {} });
      await world.settle();
    }
    const sent = world.application.received.map(({ body }) => JSON.parse(String(body)).type);
    expect(sent).toEqual(["charge.succeeded", "charge.refunded"]);
  });

  test("what was recorded, and not placed in line before the command died, is placed when it is repeated", async () => {
    const { world } = await createShop();
    const stores = connectionTo(world);
    const event: FoundEvent = { type: "charge.succeeded", gatewayType: foundType, contract: "sub_1", charge: "p-2", occurredAt: noon };
    const found = { run: "r-1", by: "kei", isToBeDelivered: true };
    const { key } = foundRecord(event, { source: "sandbox", gateway: "sandbox", found, now: noon, orderedAt: noon });
    const run = { id: found.run, source: "sandbox" } as ReconciliationRun;
    const enter = (ledger = stores.ledger) =>
      enterFound({ ...stores, ledger }, { events: [event], left: [], settled: new Set() }, run, { by: found.by, deliver: true });
    await expect(enter({ ...stores.ledger, save: () => Promise.reject(new Error("it died")) })).rejects.toThrow("it died");
    expect(await enter()).toEqual({ entered: 0, before: 1 });
    expect(await stores.ledger.progress(key)).toMatchObject({ state: "stored", inLine: true, contracts: ["sub_1"] });
  });

  test("a replay is not lost with a turn that is interrupted before it is sent", async () => {
    const shop = await createShop();
    Object.assign(shop.world.config.targets.app ?? {}, { mode: "signed" });
    await shop.run(rows.slice(2), { recover: true, yes: true });
    await shop.world.settle();
    const [key = "sandbox/none"] = await recordsOf(shop);
    await replayed(shop, key);
    const ready = await shop.world.ledger.progress(key);
    if (ready?.state !== "ready") throw new Error(`it is ${ready?.state}`);
    await shop.world.ledger.commit(apply(begin(ready, { contracts: ready.contracts, types: ready.types ?? [] }), noon), ready, []);
    await shop.world.settle();
    expect(shop.world.application.received).toHaveLength(1);
  });

  test("a target that is sent the gateway's own callbacks is refused, and nothing is entered", async () => {
    const shop = await createShop();
    await expect(shop.run(rows, { recover: true, deliver: true, yes: true })).rejects.toThrow("leave --deliver out");
    expect(await chargeOf(shop, "p-2")).toBeUndefined();
  });
});
