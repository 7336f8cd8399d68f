import { GetItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { expect, test } from "vitest";
import { packBody } from "../../../io/records/body-encoding.ts";
import { createProlong } from "../../../io/records/prolong.ts";
import { toItem } from "../../../io/records/record-item.ts";
import { recordItemKey } from "../../../io/table.ts";
import { createStores } from "../../support/aws/stores.ts";
import { callbackRecord, keptUntil, noon } from "../../support/samples.ts";

const day = 86_400_000;
const key = recordItemKey("sandbox/evt_1");
const prolonging = { ifBefore: noon + 7 * day, until: noon + 14 * day };

/** @param place of bytes in the bucket */
const setup = async ({ expiresAt = noon + day, place, get = async () => new Uint8Array() }: Given = {}) => {
  const stores = await createStores();
  const { client, record } = stores;
  const table = stores.aws.recordsTable;
  const stored = callbackRecord("evt_1");
  await record(toItem(stored, place ?? packBody(stored.raw.body), keptUntil(expiresAt)));
  const put: string[] = [];
  const prolong = createProlong({
    ...{ client, table },
    bodies: {
      get,
      async put(sha256) {
        put.push(sha256);
        return { bucket: "b", object: `bodies/${sha256}` };
      },
    },
  });
  const now = async () => (await client.send(new GetItemCommand({ TableName: table, Key: { pk: { S: key.pk }, sk: { S: key.sk } } }))).Item;
  return { client, table, stored, prolong, put, now };
};

interface Given {
  readonly expiresAt?: number;
  readonly place?: { readonly bucket: string; readonly object: string };
  readonly get?: () => Promise<Uint8Array>;
}

test("changes when an item expires, and nothing else of it", async () => {
  const { prolong, now } = await setup();
  const before = await now();
  expect(await prolong(key, prolonging)).toBe(true);
  expect(await now()).toEqual({ ...before, expiresAt: { N: String((noon + 14 * day) / 1000) } });
});

test("leaves what is kept for long enough, and what is not there", async () => {
  const { prolong, now } = await setup({ expiresAt: noon + 7 * day });
  const before = await now();
  expect(await prolong(key, prolonging)).toBe(false);
  expect(await now()).toEqual(before);
  expect(await prolong(recordItemKey("sandbox/evt_2"), prolonging)).toBe(false);
});

test("puts bytes that are in the bucket there again, which counts from then", async () => {
  const { prolong, put, stored } = await setup({ place: { bucket: "b", object: "bodies/abc" } });
  await prolong(key, prolonging);
  expect(put).toEqual([stored.sha256]);
});

test("keeps the rest of what has lost its bytes, and while the bucket does not answer for so long that the next one tries again", async () => {
  const place = { bucket: "b", object: "bodies/abc" };
  const failing = (name: string) => async () => {
    throw Object.assign(new Error("no"), { name });
  };
  expect(await (await setup({ place, get: failing("NoSuchKey") })).prolong(key, prolonging)).toBe(true);
  const { prolong, now } = await setup({ place, get: failing("SlowDown") });
  const before = await now();
  await expect(prolong(key, prolonging)).rejects.toThrow("no");
  expect(await now()).toEqual({ ...before, expiresAt: { N: String(prolonging.ifBefore / 1000) } });
  const [dayLater, until] = [prolonging.ifBefore + day, prolonging.until + day];
  await expect(prolong(key, { ifBefore: dayLater, until })).rejects.toThrow("no");
});

test("brings nothing back that is erased while it works", async () => {
  let erase = async () => {};
  const place = { bucket: "b", object: "bodies/abc" };
  const { prolong, client, table, now } = await setup({ place, get: () => erase().then(() => new Uint8Array()) });
  erase = async () => {
    const set = { UpdateExpression: "SET erasedAt = :at", ExpressionAttributeValues: { ":at": { N: "1" } } };
    await client.send(new UpdateItemCommand({ TableName: table, Key: { pk: { S: key.pk }, sk: { S: key.sk } }, ...set }));
  };
  expect(await prolong(key, prolonging)).toBe(false);
  expect((await now())?.erasedAt).toEqual({ N: "1" });
});
