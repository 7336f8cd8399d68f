import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { DynamoDBClient, GetItemCommand, TransactionCanceledException, TransactionConflictException } from "@aws-sdk/client-dynamodb";
import { describe, expect, onTestFinished, test } from "vitest";
import { transact } from "../../../io/ledger/transact.ts";
import { createStores } from "../../support/aws/stores.ts";

const setup = async () => {
  const { client, aws } = await createStores();
  const TableName = aws.ledgerTable;
  const put = (pk: string, isNew = true) => ({
    Put: { TableName, Item: { pk: { S: pk }, sk: { S: "s" } }, ...(isNew && { ConditionExpression: "attribute_not_exists(pk)" }) },
  });
  const isThere = async (pk: string) =>
    (await client.send(new GetItemCommand({ TableName, Key: { pk: { S: pk }, sk: { S: "s" } } }))).Item !== undefined;
  return { client, put, isThere };
};

/** A DynamoDB that cancels every transaction for that reason. */
const cancelling = async (code: string): Promise<DynamoDBClient> => {
  const server = createServer((_, response) => {
    response.writeHead(400, { "content-type": "application/x-amz-json-1.0" });
    response.end(
      JSON.stringify({
        __type: "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
        message: `Transaction cancelled [None, ${code}]`,
        CancellationReasons: [{ Code: "None" }, { Code: code }],
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return new DynamoDBClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });
};

/** The first request is carried out, and the connection breaks before its answer is here. */
const loseFirstAnswer = (client: DynamoDBClient): void => {
  let isFirst = true;
  client.middlewareStack.add(
    (next) => async (request) => {
      const answer = await next(request);
      if (!isFirst) return answer;
      isFirst = false;
      throw Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
    },
    { step: "deserialize" },
  );
};

/** So many requests meet another write at one of their items, and nothing is written. */
const meetOthers = (client: DynamoDBClient, times: number, error: Error): { readonly tried: () => number } => {
  let tried = 0;
  client.middlewareStack.add(
    (next) => async (request) => {
      tried += 1;
      if (tried <= times) throw error;
      return next(request);
    },
    { step: "initialize" },
  );
  return { tried: () => tried };
};

const about = { $metadata: {}, message: "another write is at it" };
const conflict = () => new TransactionConflictException(about);
const conflictOfSeveral = () =>
  new TransactionCanceledException({ ...about, CancellationReasons: [{ Code: "None" }, { Code: "TransactionConflict" }] });

describe("a write that meets another one at the same item", () => {
  test.each([
    ["alone", conflict, ["a"]],
    ["with others", conflictOfSeveral, ["a", "b"]],
  ])("is made once that one is over, %s", async (_, error, keys) => {
    const { client, put, isThere } = await setup();
    meetOthers(client, 2, error());
    expect(
      await transact(
        client,
        keys.map((key) => put(key)),
      ),
    ).toBe("written");
    expect(await Promise.all(keys.map(isThere))).toEqual(keys.map(() => true));
  });

  test("throws when that one is not over after three attempts", async () => {
    const { client, put } = await setup();
    const { tried } = meetOthers(client, 9, conflict());
    await expect(transact(client, [put("a")])).rejects.toThrow("another write is at it");
    expect(tried()).toBe(3);
  });
});

describe("several items", () => {
  test("are written together when every condition holds", async () => {
    const { client, put, isThere } = await setup();
    expect(await transact(client, [put("a"), put("b")])).toBe("written");
    expect([await isThere("a"), await isThere("b")]).toEqual([true, true]);
  });

  test("are overtaken together, and none is written, when one condition does not hold", async () => {
    const { client, put, isThere } = await setup();
    await transact(client, [put("b")]);
    expect(await transact(client, [put("a", false), put("b"), put("c", false)])).toBe("overtaken");
    expect([await isThere("a"), await isThere("c")]).toEqual([false, false]);
  });

  test("that were cancelled for another reason throw: whether another writer was faster is not known", async () => {
    const { put } = await setup();
    for (const code of ["TransactionConflict", "ThrottlingError", "ItemCollectionSizeLimitExceeded"])
      await expect(transact(await cancelling(code), [put("a"), put("b")])).rejects.toThrow(code);
    expect(await transact(await cancelling("ConditionalCheckFailed"), [put("a"), put("b")])).toBe("overtaken");
  });
});

describe("one item", () => {
  test("is written or overtaken with the same result", async () => {
    const { client, put, isThere } = await setup();
    expect(await transact(client, [put("a")])).toBe("written");
    expect(await transact(client, [put("a")])).toBe("overtaken");
    expect(await isThere("a")).toBe(true);
  });

  test("is written when only the answer was lost, though the SDK's retry finds it there", async () => {
    const { client, put, isThere } = await setup();
    loseFirstAnswer(client);
    expect(await transact(client, [put("a")])).toBe("written");
    expect(await isThere("a")).toBe(true);
    expect(await transact(client, [put("a")])).toBe("overtaken");
  });

  test("that cannot be written throws", async () => {
    const { client } = await setup();
    await expect(transact(client, [{ Put: { TableName: "nowhere", Item: {} } }])).rejects.toThrow();
  });
});
