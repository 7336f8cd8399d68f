import { GetItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, test } from "vitest";
import type { RawCallback } from "../../../core/callback.ts";
import {
  largestQuarantined,
  quarantineIdentity,
  quarantinePlaces,
  quarantinesPerSecondAndNetwork,
} from "../../../core/receive/quarantine.ts";
import { recordKey } from "../../../core/record.ts";
import { createQuarantine } from "../../../io/records/quarantine.ts";
import { createSdkPut } from "../../../io/records/sdk-put.ts";
import { createStores } from "../../support/aws/stores.ts";
import { noon, rawCallback } from "../../support/samples.ts";

const setup = async () => {
  const stores = await createStores();
  const time = { now: noon };
  const open = (table = stores.aws.recordsTable) =>
    createQuarantine({ put: createSdkPut({ client: stores.client, table }), clock: () => time.now });
  const quarantine = open();
  const keep = (raw: RawCallback, by = quarantine, isAcknowledged = false) =>
    by({ raw, gateway: "sandbox", refusal: "no signature matches", isAcknowledged });
  return { ...stores, time, open, keep };
};

const keysOf = (raw: RawCallback, isAcknowledged = false) =>
  quarantinePlaces(raw, quarantineIdentity(raw, { isAcknowledged })).map((place) => recordKey(raw.source, place));
const keyOf = (raw: RawCallback) => keysOf(raw)[0] ?? recordKey(raw.source, "none");

/** Callbacks of one sender, so many that its sixteen places are not enough for them. */
const many = Array.from({ length: 60 }, (_, at) => rawCallback({ body: Buffer.from(`forged ${at}`) }));

describe("an unverified callback", () => {
  test("is kept with its bytes and the check that failed, as refused and not as a record of the day", async () => {
    const { keep, records } = await setup();
    const raw = rawCallback();
    expect(await keep(raw)).toEqual({ kind: "kept" });
    const kept = await records.load(keyOf(raw));
    expect(kept).toMatchObject({ verification: "refused", refusal: "no signature matches", gateway: "sandbox" });
    expect(Buffer.from(kept?.raw.body ?? []).equals(raw.body)).toBe(true);
    const shards = await Promise.all(
      Array.from({ length: 8 }, (_, shard) => records.timeline({ day: "2026-11-20", shard, from: 0, to: noon * 2 })),
    );
    expect(shards.flatMap(({ keys }) => keys)).toEqual([]);
  });

  test("expires after a month", async () => {
    const { keep, client, aws } = await setup();
    await keep(rawCallback());
    const { Item } = await client.send(
      new GetItemCommand({ TableName: aws.recordsTable, Key: { pk: { S: keyOf(rawCallback()) }, sk: { S: "record" } } }),
    );
    expect(Item?.expiresAt).toEqual({ N: String(noon / 1000 + 30 * 86_400) });
  });

  test("is kept once however often it comes, and reported as kept each time", async () => {
    const { keep, records, time } = await setup();
    const raw = rawCallback();
    await keep(raw);
    time.now += 60_000;
    expect(await keep(raw)).toEqual({ kind: "kept" });
    expect(await records.load(keyOf(raw))).toMatchObject({ storedAt: noon });
  });

  test("is kept beside one of the same bytes with other headers where it is acknowledged: nothing else stands for it", async () => {
    const { keep, records, client, aws } = await setup();
    const [forged, genuine] = [rawCallback(), rawCallback({ headers: { "sandbox-signature": "t=1,v1=cd" } })];
    const acknowledge = (raw: RawCallback) => keep(raw, undefined, true);
    for (const raw of [forged, genuine, genuine]) expect(await acknowledge(raw)).toEqual({ kind: "kept" });
    const keys = [...new Set([forged, genuine].flatMap((raw) => keysOf(raw, true)))];
    const kept = (await Promise.all(keys.map((key) => records.load(key)))).filter((one) => one !== undefined);
    expect(kept.map(({ raw }) => raw.headers["sandbox-signature"]).sort()).toEqual(["t=1,v1=ab", "t=1,v1=cd"]);

    // Erased on a person's request: neither comes back.
    for (const { key } of kept) {
      await client.send(
        new UpdateItemCommand({
          TableName: aws.recordsTable,
          Key: { pk: { S: key }, sk: { S: "record" } },
          UpdateExpression: "SET erasedAt = :now, headers = :none REMOVE body",
          ExpressionAttributeValues: { ":now": { N: "1" }, ":none": { S: "{}" } },
        }),
      );
      expect(await acknowledge(key === keysOf(forged, true)[0] ? forged : genuine)).toEqual({ kind: "kept" });
    }
    const all = (await Promise.all(keys.map((key) => records.read(key)))).filter(({ kind }) => kind !== "none");
    expect(all).toHaveLength(2);
  });

  test("takes another place when its first is taken, never an occupied one, and reports when all of its places are taken", async () => {
    const { keep, records, time } = await setup();
    const kept: RawCallback[] = [];
    for (const raw of many) {
      time.now += 1_000;
      const answer = await keep(raw);
      if (answer.kind === "kept") kept.push(raw);
      else expect(answer).toEqual({ kind: "not kept", why: "its places in the quarantine are taken" });
    }
    expect(kept.length).toBeGreaterThan(12);
    expect(kept.length).toBeLessThanOrEqual(16);
    expect(many.slice(0, 5).every((raw) => kept.includes(raw))).toBe(true);
    for (const raw of kept) {
      const places = await Promise.all(keysOf(raw).map((key) => records.load(key)));
      expect(places.filter((one) => one && Buffer.from(one.raw.body).equals(raw.body))).toHaveLength(1);
    }
  });

  test("is not kept when it is larger than payment callbacks are", async () => {
    const { keep } = await setup();
    expect(await keep(rawCallback({ body: Buffer.alloc(largestQuarantined) }))).toEqual({ kind: "kept" });
    expect(await keep(rawCallback({ body: Buffer.alloc(largestQuarantined + 1) }))).toEqual({
      kind: "not kept",
      why: "too large for the quarantine",
    });
  });

  test("is not kept, and nothing is written, when too many came in the same second; in the next it is", async () => {
    const { keep, time, open } = await setup();
    const broken = open("nowhere");
    const raw = rawCallback();
    for (let times = 0; times < quarantinesPerSecondAndNetwork; times++) expect(await keep(raw)).toEqual({ kind: "kept" });
    expect(await keep(raw)).toEqual({ kind: "not kept", why: "too many unverified callbacks" });
    time.now += 1_000;
    expect(await keep(raw)).toEqual({ kind: "kept" });
    expect(await keep(raw, broken)).toEqual({ kind: "not kept", why: "ResourceNotFoundException" });
  });
});
