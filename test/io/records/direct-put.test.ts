import { describe, expect, test, vi } from "vitest";
import { urgent } from "../../../io/clients.ts";
import { createDirect } from "../../../io/direct/direct.ts";
import { dynamoDb } from "../../../io/dynamodb.ts";
import { type Item, itemToJson } from "../../../io/item.ts";
import { packBody } from "../../../io/records/body-encoding.ts";
import { createDirectPut } from "../../../io/records/direct-put.ts";
import type { PutIfNew } from "../../../io/records/put-if-new.ts";
import { toItem } from "../../../io/records/record-item.ts";
import { createSdkPut } from "../../../io/records/sdk-put.ts";
import { type Answer, cut, half, json, silence, startService } from "../../support/aws/scripted-service.ts";
import { callbackRecord, keptUntil, noon } from "../../support/samples.ts";

const item: Item = toItem(
  callbackRecord("evt_1", { body: Buffer.from([123, 255, 0, 125]) }, noon),
  packBody(Buffer.from("{}")),
  keptUntil(noon),
);
const other: Item = { ...item, sha256: { S: "f".repeat(64) }, body: { B: Buffer.from([0, 128, 255]) } };

const refused = (type: string, more: object = {}): Answer =>
  json(400, { __type: `com.amazonaws.dynamodb.v20120810#${type}`, message: "no", ...more });
const occupied = (by: Item) => refused("ConditionalCheckFailedException", { Item: itemToJson(by) });
const stored = json(200, {});

const setup = async (answers: readonly Answer[], clock: () => number = Date.now, requestTimeoutMs = 2_000) => {
  const service = await startService(...answers);
  const environment = {
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
    AWS_SECRET_ACCESS_KEY: "secret",
    AWS_ENDPOINT_URL_DYNAMODB: service.url,
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  const limits = { ...urgent, requestTimeoutMs };
  const direct = createDirect("dynamodb", environment, clock);
  return {
    ...service,
    put: createDirectPut({ call: direct?.call, table: "records", limits, clock }),
    sdkPut: createSdkPut({ client: dynamoDb(limits), table: "records" }),
  };
};

/** What a put comes to, its bytes as text: the SDK has another kind of them. */
const outcome = (put: PutIfNew, signal?: AbortSignal): Promise<unknown> =>
  put(item, signal).then(
    (found) => (found === "new" ? found : itemToJson(found)),
    (error: Error) => `throws ${error.name}`,
  );

const crc = (sum: string): Answer => json(200, {}, { "x-amz-crc32": sum });
/** The client's clock is an hour behind the service's, which says so. */
const anHourAhead: Answer = (response, asked) => {
  const [, year, month, day, hour, minute] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)/.exec(String(asked.headers["x-amz-date"])) ?? [];
  const sent = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute));
  const isOff = Math.abs(sent - Date.now() - 3_600_000) > 300_000;
  const answer = isOff ? refused("InvalidSignatureException", { message: "Signature expired" }) : stored;
  response.setHeader("date", new Date(Date.now() + 3_600_000).toUTCString());
  answer(response, asked);
};

const answers: Readonly<Record<string, Answer>> = {
  "is stored": stored,
  "has an empty answer": json(200, ""),
  "is stored, with more in the answer than was asked": json(200, { ConsumedCapacity: { TableName: "records", CapacityUnits: 2 } }),
  "is there already": occupied(item),
  "is there with other bytes": occupied(other),
  "is there, and nobody says what": refused("ConditionalCheckFailedException"),
  "is there, with values of other types": refused("ConditionalCheckFailedException", {
    Item: { pk: { S: "a" }, n: { L: [{ BOOL: true }] } },
  }),
  "is throttled": refused("ProvisionedThroughputExceededException"),
  "is limited": json(400, { __type: "com.amazon.coral.availability#ThrottlingException" }),
  "meets an internal error": json(500, { __type: "com.amazonaws.dynamodb.v20120810#InternalServerError" }),
  "meets a service that is not there": json(503, "<html>Service Unavailable</html>", { "content-type": "text/html" }),
  "is invalid": refused("ValidationException"),
  "is for no table": refused("ResourceNotFoundException"),
  "is not allowed": refused("AccessDeniedException"),
  "has expired credentials": refused("ExpiredTokenException"),
  "has unknown credentials": refused("UnrecognizedClientException"),
  "meets another clock": anHourAhead,
  "is answered with half an answer": half,
  "is cut off": cut,
  "is answered with no JSON": json(200, "<html>welcome to the hotel</html>"),
  "is sent elsewhere": json(301, "", { location: "http://127.0.0.1:9/" }),
};

describe("a put that", () => {
  test.each(Object.entries(answers))("%s comes to what it comes to through the SDK", async (_, answer) => {
    const [direct, alone] = [await setup([answer]), await setup([answer])];
    const [ours, theirs] = [await outcome(direct.put), await outcome(alone.sdkPut)];
    // Named by the SDK as Node names it, at whichever attempt.
    expect(ours).toEqual(theirs);
    expect(direct.asked.length - alone.asked.length).toBeLessThanOrEqual(1);
  });

  test.each([
    ["stored", stored, "new"],
    ["occupied", occupied(other), itemToJson(other)],
  ])("is answered at once is one request: %s", async (_, answer, expected) => {
    const { put, asked } = await setup([answer]);
    expect(await outcome(put)).toEqual(expected);
    expect(asked).toHaveLength(1);
  });

  const passing =
    "is throttled,is limited,meets an internal error,meets a service that is not there,is answered with half an answer,is cut off";
  test.each([...passing.split(",").map((name) => [name, answers[name] ?? silence] as const), ["is not answered", silence] as const])(
    "%s, and was stored nevertheless, finds itself at the next attempt",
    async (_, answer) => {
      const { put, asked } = await setup([answer, occupied(item)], Date.now, answer === silence ? 300 : 2_000);
      expect(await outcome(put)).toEqual(itemToJson(item));
      expect(asked.length).toBeGreaterThanOrEqual(2);
    },
  );

  test("has no more time is not handed on", async () => {
    const ending = new AbortController();
    const { put, asked } = await setup([() => ending.abort(new DOMException("no more time", "TimeoutError"))]);
    expect(await outcome(put, ending.signal)).toBe("throws TimeoutError");
    expect(asked).toHaveLength(1);
  });
});

describe("a signature that is refused", () => {
  test.each(["InvalidSignatureException", "ExpiredTokenException", "UnrecognizedClientException", "RequestTimeTooSkewed"])(
    "with %s leaves the next minute to the SDK",
    async (type) => {
      const time = { now: Date.now() };
      const { put, asked } = await setup([refused(type), stored], () => time.now);
      const isSdks = () => asked.map(({ headers }) => headers["amz-sdk-request"] !== undefined);
      await put(item);
      await put(item);
      expect(isSdks()).toEqual([false, true, true]);
      time.now += 60_000;
      await put(item);
      expect(isSdks()).toEqual([false, true, true, false]);
    },
  );

  test("is not what a throttled put has met", async () => {
    const { put, asked } = await setup([refused("ThrottlingException"), stored]);
    await put(item);
    await put(item);
    expect(asked.map(({ headers }) => headers["amz-sdk-request"] !== undefined)).toEqual([false, true, false]);
  });
});

test("where only the SDK knows how to call the table, it makes every call", async () => {
  const { asked } = await setup([stored]);
  const put = createDirectPut({ call: undefined, table: "records", limits: urgent, clock: Date.now });
  expect(await outcome(put)).toBe("new");
  expect(asked.map(({ headers }) => headers["amz-sdk-request"] !== undefined)).toEqual([true]);
});

test("an answer whose checksum is wrong is asked for again", async () => {
  const { put, asked } = await setup([crc("1"), occupied(item)]);
  expect(await outcome(put)).toEqual(itemToJson(item));
  expect(asked).toHaveLength(2);
});
