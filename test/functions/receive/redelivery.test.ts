import { randomBytes } from "node:crypto";
import { CreateBucketCommand, DeleteBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { describe, expect, onTestFinished, test } from "vitest";
import type { RawCallback } from "../../../core/callback.ts";
import type { Config } from "../../../core/config/config.ts";
import type { RecordKey } from "../../../core/record.ts";
import { digest } from "../../../core/signature.ts";
import { gateways } from "../../../gateways/index.ts";
import { lastResort } from "../../../io/clients.ts";
import { createSpill } from "../../../io/fallback-store/spill.ts";
import { packBody } from "../../../io/records/body-encoding.ts";
import { toItem } from "../../../io/records/record-item.ts";
import { keptUntil } from "../../support/samples.ts";
import { createWorld, secret, type World } from "../../support/world/world.ts";

const { sandbox } = gateways;

const setup = async (changes: Partial<Config> = {}) => {
  const world = await createWorld(changes);
  onTestFinished(() => world.close());
  return world;
};

const yearMs = 365 * 86_400_000;
const paid = { contract: "sub_1", charge: "ch_1", amount: 1980, currency: "JPY" };

describe("the same callback again", () => {
  test("a year later gets the same acknowledgement, and changes neither the record nor the ledger nor the application", async () => {
    const world = await setup();
    const body = Buffer.from(JSON.stringify({ id: "evt_1", type: "charge.succeeded", created: world.time.now / 1000, ...paid }));
    const signedNow = (): RawCallback => ({ ...sandbox.sign(body, { secrets: [secret] }, world.time.now), source: "sandbox" });
    const first = await world.receive(signedNow());
    await world.settle();
    const before = await Promise.all([world.records.load("sandbox/evt_1"), world.ledger.contract("sandbox", "sub_1")]);
    world.time.now += yearMs;
    expect(await world.receive(signedNow())).toEqual(first);
    await world.settle();
    await world.sweep();
    await world.settle();
    expect(await Promise.all([world.records.load("sandbox/evt_1"), world.ledger.contract("sandbox", "sub_1")])).toEqual(before);
    expect(world.delivered()).toEqual(["evt_1"]);
  });

  test("fifty times at once is one record, one charge, one delivery and fifty acknowledgements", async () => {
    const world = await setup();
    const callback = world.signed({ id: "evt_1", ...paid });
    const replies = await Promise.all(Array.from({ length: 50 }, () => world.receive(callback)));
    expect(new Set(replies.map(({ body }) => body))).toEqual(new Set(["OK"]));
    await world.settle();
    expect(world.delivered()).toEqual(["evt_1"]);
    expect((await world.ledger.contract("sandbox", "sub_1"))?.charges).toHaveLength(1);
    expect([world.counts.get("Relayed"), world.counts.get("Duplicates")]).toEqual([1, 49]);
    expect(await world.records.loadWithConflicts("sandbox/evt_1")).toMatchObject({ conflicts: [], furtherConflicts: 0 });
  });

  test("once while its secret could not be read and once verified is delivered once", async () => {
    const world = await setup();
    const callback = world.signed({ id: "evt_1", ...paid });
    world.secrets.readable = false;
    expect((await world.receive(callback)).body).toBe("OK");
    world.secrets.readable = true;
    expect((await world.receive(callback)).body).toBe("OK");
    await world.settle();
    world.time.now += 20 * 60_000;
    await world.sweep();
    await world.settle();
    expect(world.delivered()).toEqual(["evt_1"]);
    expect((await world.ledger.contract("sandbox", "sub_1"))?.charges).toHaveLength(1);
    expect(await world.open.count("dead")).toBe(0);
  });
});

describe("the same id with other bytes", () => {
  test("fifty times at once keeps all of the bytes, delivers those that came first, and is acknowledged each time", async () => {
    const world = await setup();
    await world.receive(world.signed({ id: "evt_1", ...paid, amount: 0 }));
    const others = Array.from({ length: 50 }, (_, at) => world.signed({ id: "evt_1", ...paid, amount: at + 1 }));
    expect(new Set((await Promise.all(others.map(world.receive))).map(({ body }) => body))).toEqual(new Set(["OK"]));
    await world.settle();
    const { conflicts, furtherConflicts } = await world.records.loadWithConflicts("sandbox/evt_1");
    expect(conflicts.length + furtherConflicts).toBe(50);
    expect(world.counts.get("Conflicts")).toBe(50);
    expect(world.application.received.map(({ body }) => JSON.parse(String(body)).amount)).toEqual([0]);
  });
});

/** With what the signature is computed over: random, so that it does not get smaller. */
const largeCallback = (world: World, bytes: number): RawCallback => ({
  ...sandbox.sign(
    Buffer.from(
      JSON.stringify({
        id: "evt_large",
        type: "charge.succeeded",
        created: world.time.now / 1000,
        noise: randomBytes(bytes).toString("base64"),
      }),
    ),
    { secrets: [secret] },
    world.time.now,
  ),
  source: "sandbox",
  url: "https://callbacks.example.com/callbacks/sandbox",
});

/** Takes the bucket away, and gives back what brings it again. */
const withoutBucket = async ({ aws }: World): Promise<() => Promise<void>> => {
  const s3 = new S3Client({ forcePathStyle: true });
  await s3.send(new DeleteBucketCommand({ Bucket: aws.bucket }));
  return async () => void (await s3.send(new CreateBucketCommand({ Bucket: aws.bucket })));
};

describe("a callback that is larger than an item of the table, while the bucket is away", () => {
  test("is acknowledged out of the spill queue, and delivered byte for byte when the bucket is back", async () => {
    const world = await setup();
    const bringBack = await withoutBucket(world);
    const callback = largeCallback(world, 300_000);
    expect(callback.body.length).toBeGreaterThan(400_000);
    expect((await world.receive(callback)).body).toBe("OK");
    expect([world.counts.get("SpilledToQueue"), world.counts.get("Relayed")]).toEqual([1, undefined]);
    await bringBack();
    await world.sweep();
    await world.settle();
    expect(world.application.received.map(({ body }) => body.equals(callback.body))).toEqual([true]);
    expect(world.counts.get("Recovered")).toBe(1);
  });

  test("and too large for the spill queue as well is not acknowledged, and is accepted when the gateway retries", async () => {
    const world = await setup({ maxBodyBytes: 4_000_000 });
    const bringBack = await withoutBucket(world);
    const callback = largeCallback(world, 2_000_000);
    expect(await world.receive(callback)).toMatchObject({ status: 500, body: "NG" });
    expect(world.counts.get("NotStored")).toBe(1);
    await bringBack();
    await world.settle();
    expect(world.delivered()).toEqual([]);
    expect((await world.receive(callback)).body).toBe("OK");
    await world.settle();
    expect(world.application.received.map(({ body }) => body.equals(callback.body))).toEqual([true]);
  });

  test("blocks nothing else in the fallback store, nor does anything foreign in there", async () => {
    const world = await setup();
    const small = Array.from({ length: 30 }, (_, at) => world.signed({ id: `evt_${at}` }));
    const { spillQueueUrl: queueUrl, bucket } = world.aws;
    const spill = createSpill({ queueUrl, bucket, limits: lastResort });
    const item = (raw: RawCallback) =>
      toItem(
        {
          key: `sandbox/${JSON.parse(String(raw.body)).id}` as RecordKey,
          gateway: "sandbox",
          raw,
          storedAt: 0,
          verification: "verified",
          sha256: digest("sha256", [raw.body]),
        },
        packBody(raw.body),
        keptUntil(0),
      );
    await new SQSClient().send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: "not ours" }));
    await new S3Client({ forcePathStyle: true }).send(new PutObjectCommand({ Bucket: bucket, Key: "spill/0", Body: "not ours" }));
    for (const [at, raw] of small.entries())
      await (at % 2 === 0 ? spill.toQueue(item(raw), AbortSignal.timeout(5_000)) : spill.toBucket(item(raw), AbortSignal.timeout(5_000)));
    await expect(world.sweep()).rejects.toThrow("recordSpilled");
    await world.settle();
    expect(world.delivered()).toHaveLength(30);
    // Each by itself, and the step.
    expect(world.reported).toHaveLength(3);
  });
});
