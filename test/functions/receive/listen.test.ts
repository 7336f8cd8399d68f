/** A source on a partner's event bus: no front and no secret, and from the table on the same as any other. */
import { DeleteItemCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, inject, onTestFinished, test } from "vitest";
import type { PartnerEvent } from "../../../core/receive/bus-callback.ts";
import { createListen } from "../../../functions/listen.ts";
import { createStoreCallback } from "../../../functions/steps/receive/store-callback.ts";
import { findGateway } from "../../../gateways/index.ts";
import { lastResort, patient } from "../../../io/clients.ts";
import { createSpill } from "../../../io/fallback-store/spill.ts";
import type { PutIfNew } from "../../../io/records/put-if-new.ts";
import { createRecord } from "../../../io/records/record.ts";
import { createSdkPut } from "../../../io/records/sdk-put.ts";
import { ordersQueue } from "../../support/aws/orders-queue.ts";
import { createWorld } from "../../support/world/world.ts";

const bus = "aws.partner/stripe.com/ed_1";

/** A payment of a subscription, as Stripe's API writes it. */
const paid = (id: string, created: number): PartnerEvent => ({
  id: crypto.randomUUID(),
  source: bus,
  "detail-type": "invoice.paid",
  detail: {
    id,
    object: "event",
    type: "invoice.paid",
    created,
    pending_webhooks: 1,
    data: { object: { id: `in_${id}`, object: "invoice", subscription: "sub_1", customer: "cus_1", amount_paid: 1_980, currency: "jpy" } },
  },
});

const setup = async () => {
  const queue = ordersQueue(inject("endpoints"));
  await queue.make();
  const world = await createWorld({
    targets: { app: { kind: "sqs", arn: queue.arn } },
    sources: { stripe: { kind: "eventbridge", bus, gateway: "stripe", target: "app" } },
  });
  onTestFinished(() => world.close());
  const table = { isDown: false };
  const sdkPut = createSdkPut({ client: world.client, table: world.aws.recordsTable });
  const put: PutIfNew = async (item, signal) => {
    if (table.isDown) throw new Error("the table is down");
    return sdkPut(item, signal);
  };
  const reported: unknown[] = [];
  const listening = (spillQueueUrl: string, bucket: string) => {
    const listen = createListen({
      config: world.config,
      findGateway,
      store: createStoreCallback({
        record: createRecord({ put, findGateway }),
        bodies: world.bodies,
        spill: createSpill({ queueUrl: spillQueueUrl, bucket, limits: lastResort }),
        keeping: world.config,
      }),
      clock: world.clock,
      count: (name, _source, value = 1) => void world.counts.set(name, (world.counts.get(name) ?? 0) + value),
    });
    return (event: PartnerEvent) => listen(event, { report: (error) => void reported.push(error) });
  };
  return { queue, world, table, reported, listening, listen: listening(world.aws.spillQueueUrl, world.aws.bucket), patient };
};

describe("an event on a partner's bus", () => {
  test("is stored once under the gateway's own id, enters the ledger, and is delivered in its contract's order", async () => {
    const { queue, world, listen } = await setup();
    const first = paid("evt_1", world.time.now / 1000);
    await listen(first);
    // EventBridge delivers at least once, and a partner may count something differently when it sends again.
    await listen({ ...first, id: "another", detail: { ...(first.detail as object), pending_webhooks: 0 } });
    world.time.now += 1_000;
    await listen(paid("evt_2", world.time.now / 1000));
    await world.settle();
    expect((await queue.received()).map(({ message }) => [message.type, message.data.record, message.data.contract])).toEqual([
      ["charge.succeeded", "stripe/evt_1", "sub_1"],
      ["charge.succeeded", "stripe/evt_2", "sub_1"],
    ]);
    expect(await world.ledger.progress("stripe/evt_1")).toMatchObject({ state: "delivered" });
    expect((await world.ledger.contract("stripe", "sub_1"))?.charges).toHaveLength(2);
    expect([world.counts.get("Duplicates"), world.counts.get("Conflicts")]).toEqual([1, undefined]);
  });

  test("is a redelivery also when an archive brings it again after its record's retention time", async () => {
    const { queue, world, listen } = await setup();
    const event = paid("evt_1", world.time.now / 1000);
    await listen(event);
    await world.settle();
    const Key = { pk: { S: "stripe/evt_1" }, sk: { S: "record" } };
    await world.client.send(new DeleteItemCommand({ TableName: world.aws.recordsTable, Key }));
    world.time.now += 500 * 86_400_000;
    await listen({ ...event, id: "replayed" });
    await world.settle();
    await world.sweep();
    await world.settle();
    expect((await queue.received()).map(({ message }) => message.data.record)).toEqual(["stripe/evt_1"]);
    expect((await world.ledger.contract("stripe", "sub_1"))?.charges).toHaveLength(1);
  });

  test("is spilled while the table cannot be written, and recovered", async () => {
    const { queue, world, table, reported, listen } = await setup();
    table.isDown = true;
    await listen(paid("evt_1", world.time.now / 1000));
    expect([world.counts.get("SpilledToQueue"), reported.length]).toEqual([1, 1]);
    table.isDown = false;
    await world.settle();
    expect((await queue.received()).map(({ message }) => message.data.record)).toEqual(["stripe/evt_1"]);
  });

  test("is thrown when no store takes it, so that it comes again", async () => {
    const { world, table, listening } = await setup();
    table.isDown = true;
    const listen = listening(`${world.aws.spillQueueUrl}-gone`, `${world.aws.bucket}-gone`);
    await expect(listen(paid("evt_1", world.time.now / 1000))).rejects.toThrow("table: Error; queue: ");
    expect(world.counts.get("NotStored")).toBe(1);
  });

  test("of a bus that no source is on is thrown, and says what to do", async () => {
    const { listen } = await setup();
    await expect(listen({ ...paid("evt_1", 1), source: "aws.partner/stripe.com/other" })).rejects.toThrow(
      "no source of the configuration is on the bus aws.partner/stripe.com/other: add it and deploy",
    );
  });

  test("cannot be posted: there is no front for its source, whatever is sent", async () => {
    const { world } = await setup();
    const raw = { ...world.signed({ id: "evt_1" }), source: "stripe" };
    expect(await world.receive(raw)).toMatchObject({ status: 404, body: "no such source" });
    expect(world.puts).toEqual([]);
  });
});
