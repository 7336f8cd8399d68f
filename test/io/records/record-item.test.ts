import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type CallbackRecord, recordKey } from "../../../core/record.ts";
import { digest } from "../../../core/signature.ts";
import { type Item, itemFromJson, itemFromText, itemToText } from "../../../io/item.ts";
import { whyUnreadable } from "../../../io/records/bodies.ts";
import { AlteredBody, packBody } from "../../../io/records/body-encoding.ts";
import { fromItem, toItem } from "../../../io/records/record-item.ts";
import { createStores } from "../../support/aws/stores.ts";
import { callbackRecord, keptUntil, noon } from "../../support/samples.ts";

const text = fc.string({ unit: "binary" });
const body = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.uint8Array({ minLength: 1_000, maxLength: 1_100, size: "max" }),
  // Compressible, so that it is deflated.
  fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 8 }), fc.integer({ min: 200, max: 2_000 })).map(([some, times]) => {
    return new Uint8Array(Buffer.concat(Array.from({ length: times }, () => some)));
  }),
);
const headers = fc.dictionary(fc.oneof(fc.string(), fc.constantFrom("__proto__", "constructor", "content-type")), text);

const record: fc.Arbitrary<CallbackRecord> = fc
  .record({
    id: text,
    source: fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/),
    method: fc.constantFrom("GET", "POST", "PUT"),
    url: text,
    headers,
    body,
    sourceIp: fc.oneof(fc.ipV4(), fc.ipV6(), fc.constant("")),
    receivedAt: fc.nat({ max: 9_999_999_999_999 }),
    storedAt: fc.nat({ max: 9_999_999_999_999 }),
    verification: fc.constantFrom("verified", "unverified", "refused"),
    refusal: fc.option(text, { nil: undefined }),
  })
  .map(({ id, storedAt, verification, refusal, ...raw }) => ({
    key: recordKey(raw.source, id),
    gateway: "sandbox",
    raw,
    storedAt,
    verification,
    ...(refusal !== undefined && { refusal }),
    sha256: digest("sha256", [raw.body]),
  }));

const nothingElsewhere = async (): Promise<Uint8Array> => {
  throw new Error("nothing lies in the bucket");
};

/** Bytes by value: what comes back may be a Buffer. */
const comparable = ({ raw, ...rest }: CallbackRecord) => ({
  ...rest,
  raw: { ...raw, headers: Object.entries(raw.headers), body: Buffer.from(raw.body).toString("hex") },
});

const itemOf = (record: CallbackRecord): Item => toItem(record, packBody(record.raw.body), keptUntil(noon));

const back = async (item: Item) => comparable(await fromItem(item, nothingElsewhere));

describe("a record", () => {
  test("comes back from its item as it went in, whatever bytes and headers it has", async () => {
    await fc.assert(
      fc.asyncProperty(record, async (record) => {
        expect(await back(itemOf(record))).toEqual(comparable(record));
      }),
      { numRuns: 300 },
    );
  });

  test("comes back from its item as text, which has no character that a queue rejects", async () => {
    await fc.assert(
      fc.asyncProperty(record, async (record) => {
        const text = itemToText(itemOf(record));
        expect(text).toMatch(/^[A-Za-z0-9+/=]+$/);
        expect(await back(itemFromText(text))).toEqual(comparable(record));
        expect(itemToText(itemFromText(text))).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  test("comes back from the stream's image of it, in which Lambda gives bytes as base64", async () => {
    await fc.assert(
      fc.asyncProperty(record, async (record) => {
        const image = Object.entries(itemOf(record)).map(([name, value]) => [
          name,
          value.B === undefined ? value : { B: Buffer.from(value.B).toString("base64") },
        ]);
        expect(await back(itemFromJson(JSON.parse(JSON.stringify(Object.fromEntries(image)))))).toEqual(comparable(record));
      }),
      { numRuns: 300 },
    );
  });

  test("comes back from the table as it went in", async () => {
    const { client, aws } = await createStores();
    await fc.assert(
      fc.asyncProperty(record, async (record) => {
        const item = itemOf(record);
        await client.send(new PutItemCommand({ TableName: aws.recordsTable, Item: item }));
        const { pk, sk } = item;
        if (!pk || !sk) throw new Error("the item has no key");
        const { Item: stored } = await client.send(new GetItemCommand({ TableName: aws.recordsTable, Key: { pk, sk } }));
        expect(await back(stored ?? {})).toEqual(comparable(record));
      }),
      { numRuns: 60 },
    );
  });
});

describe("bytes", () => {
  test("in the bucket are fetched from where the item says, and from nowhere else", async () => {
    const record = callbackRecord("evt_1");
    const place = { bucket: "bodies", object: "bodies/abc" };
    const item = toItem(record, place, keptUntil(noon));
    expect(item.body).toBeUndefined();
    const asked: unknown[] = [];
    const fetched = await fromItem(itemFromText(itemToText(item)), async (from) => {
      asked.push(from);
      return record.raw.body;
    });
    expect(asked).toEqual([place]);
    expect(comparable(fetched)).toEqual(comparable(record));
  });

  test("are given to nobody when they are not those that were stored, in the bucket or in the item", async () => {
    const record = callbackRecord("evt_1");
    const other = Buffer.from('{"id":"evt_1","amount":1}');
    const elsewhere = toItem(record, { bucket: "bodies", object: "bodies/abc" }, keptUntil(noon));
    await expect(fromItem(elsewhere, async () => other)).rejects.toThrow("not those that were stored");
    await expect(fromItem(toItem(record, packBody(other), keptUntil(noon)), nothingElsewhere)).rejects.toThrow(
      "not those that were stored",
    );
    expect(whyUnreadable(new AlteredBody())).toMatchObject({ kind: "body gone" });
  });
});

describe("an item", () => {
  test("expires in seconds, as DynamoDB counts, and is in the timeline of the day it was stored", () => {
    const item = toItem(callbackRecord("evt_1"), packBody(new Uint8Array()), keptUntil(noon + 1_999));
    expect(item.expiresAt).toEqual({ N: String(noon / 1000 + 1) });
    expect(item.day?.S).toMatch(/^2026-11-20#[0-7]$/);
    expect(item.storedAt).toEqual({ N: String(noon) });
  });

  test("whose verification is not known to have succeeded is not verified", async () => {
    const item = itemOf(callbackRecord("evt_1"));
    for (const said of ["", "Verified", "something new"])
      expect((await fromItem({ ...item, verification: { S: said } }, nothingElsewhere)).verification).toBe("unverified");
  });

  test.each(["pk", "method", "url", "headers", "sourceIp", "gateway", "verification", "sha256"])(
    "without %s is not a record, and says so",
    async (name) => {
      const { [name]: _, ...rest } = itemOf(callbackRecord("evt_1"));
      await expect(fromItem(rest, nothingElsewhere)).rejects.toThrow(`has no ${name}`);
    },
  );

  test("whose bytes do not inflate throws rather than giving others", async () => {
    const item = itemOf(callbackRecord("evt_1"));
    await expect(fromItem({ ...item, encoding: { S: "deflate" } }, nothingElsewhere)).rejects.toThrow();
  });
});
