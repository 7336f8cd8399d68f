import { crc32 } from "node:zlib";
import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import aws4 from "aws4";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dayMs } from "../../../core/durations.ts";
import { type Access, directAccess } from "../../../io/direct/access.ts";
import type { DirectAnswer, DirectRequest } from "../../../io/direct/connections.ts";
import { createSignedCall } from "../../../io/direct/signed-call.ts";
import { itemToJson } from "../../../io/item.ts";
import { isNew } from "../../../io/records/put-if-new.ts";
import { noon } from "../../support/samples.ts";

const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" };
const session = { ...credentials, sessionToken: "IQoJb3JpZ2luX2VjEXAMPLE//////////wEaCXVzLWVhc3QtMSJGMEQCIA==" };

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the SDK hands to the network for a call. */
const sdkSends = async (make: (settings: object) => Promise<unknown>, as: typeof credentials): Promise<Sent> => {
  const sent: Sent[] = [];
  const handle = async (request: Sent) => {
    sent.push(request);
    throw new Error("seen enough");
  };
  await make({ region: "ap-northeast-1", credentials: as, requestHandler: { handle }, maxAttempts: 1 }).catch(() => {});
  const [request] = sent;
  if (!request) throw new Error("the SDK has sent nothing");
  return request;
};

const access = (service: Access["service"], { accessKeyId, secretAccessKey, sessionToken }: Partial<typeof session>): Access => {
  const found = directAccess(service, {
    AWS_REGION: "ap-northeast-1",
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  });
  if (!found) throw new Error("no access");
  return found;
};

const directSends = async (
  service: Access["service"],
  as: typeof credentials,
  operation: string,
  input: string,
): Promise<DirectRequest> => {
  const sent: DirectRequest[] = [];
  const send = async (request: DirectRequest) => {
    sent.push(request);
    throw new Error("seen enough");
  };
  await createSignedCall(access(service, as), { send }, () => noon)(operation, input, { timeoutMs: 1 });
  const [request] = sent;
  if (!request) throw new Error("nothing was sent");
  return request;
};

const lowerCase = (headers: object): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));

const item = { pk: { S: "stripe/évt_1\u2028" }, storedAt: { N: "1795000000000" }, body: { B: Buffer.from([0, 1, 254, 255, 10]) } };

const calls = [
  {
    service: "dynamodb",
    operation: "DynamoDB_20120810.PutItem",
    input: JSON.stringify({ TableName: "shop-records", Item: itemToJson(item), ...isNew }),
    sdk: (settings: object) => new DynamoDBClient(settings).send(new PutItemCommand({ TableName: "shop-records", Item: item, ...isNew })),
  },
  {
    service: "secretsmanager",
    operation: "secretsmanager.GetSecretValue",
    input: JSON.stringify({ SecretId: "shop/stripe" }),
    sdk: (settings: object) => new SecretsManagerClient(settings).send(new GetSecretValueCommand({ SecretId: "shop/stripe" })),
  },
] as const;

describe.each(calls)("a call of $operation", ({ service, operation, input, sdk }) => {
  test.each([
    ["a user's credentials", credentials],
    ["a session's", session],
  ])("asks what the SDK asks, with %s", async (_, as) => {
    const [theirs, ours] = [await sdkSends(sdk, as), await directSends(service, as, operation, input)];
    expect(JSON.parse(ours.body)).toEqual(JSON.parse(Buffer.from(theirs.body).toString()));
    const [their, our] = [lowerCase(theirs.headers), lowerCase(ours.headers)];
    expect([theirs.method, theirs.path, Buffer.byteLength(ours.body)]).toEqual(["POST", "/", Number(our["content-length"])]);
    for (const name of ["host", "content-type", "x-amz-target", "x-amz-security-token"]) expect(our[name]).toEqual(their[name]);
    expect(our["x-amz-date"]).toBe(new Date(noon).toISOString().replace(/[:-]|\.000/g, ""));
    const scope = /Credential=[^/]+\/\d{8}(\/[^,]+)/;
    expect(our.authorization?.match(scope)?.[1]).toBe(their.authorization?.match(scope)?.[1]);
  });

  test("is signed as the SDK signs what it sends itself", async () => {
    const { authorization, ...theirs } = lowerCase((await sdkSends(sdk, session)).headers);
    const body = Buffer.from((await sdkSends(sdk, session)).body).toString();
    const { headers } = aws4.sign({ service, region: "ap-northeast-1", method: "POST", path: "/", headers: theirs, body }, session);
    expect(headers?.Authorization).toBe(authorization);
  });
});

test("each is signed as aws4 signs it, whatever the day: a day's key is kept for that day alone", async () => {
  const moments = fc.array(fc.record({ at: fc.integer({ min: noon, max: noon + 3 * dayMs }), input: fc.string() }), {
    minLength: 1,
    maxLength: 8,
  });
  await fc.assert(
    fc.asyncProperty(moments, async (calls) => {
      const sent: DirectRequest[] = [];
      const send = async (request: DirectRequest) => {
        sent.push(request);
        throw new Error("seen enough");
      };
      const times = calls.map(({ at }) => at);
      const call = createSignedCall(access("dynamodb", session), { send }, () => times.shift() ?? noon);
      for (const { input } of calls) await call("DynamoDB_20120810.PutItem", input, { timeoutMs: 1 });
      for (const { headers, body } of sent) {
        const { Authorization: ours, ...unsigned } = headers;
        const request = { service: "dynamodb", region: "ap-northeast-1", method: "POST", path: "/", headers: unsigned, body };
        expect(ours).toBe(aws4.sign(request, session).headers?.Authorization);
      }
      expect(sent).toHaveLength(calls.length);
    }),
  );
});

describe("an answer", () => {
  const understood = async (answer: Partial<DirectAnswer>) => {
    const send = async () => ({ status: 200, headers: {}, body: Buffer.from("{}"), ...answer });
    return createSignedCall(access("dynamodb", credentials), { send }, () => noon)("DynamoDB_20120810.PutItem", "{}", { timeoutMs: 1 });
  };
  const refusal = Buffer.from('{"__type":"com.amazonaws.dynamodb.v20120810#ThrottlingException","message":"slow down"}');

  test("is done, refused for a named reason, or unknown", async () => {
    expect(await understood({ body: Buffer.from('{"a":1}') })).toEqual({ kind: "done", output: { a: 1 } });
    expect(await understood({ status: 400, body: refusal })).toMatchObject({ kind: "refused", error: "ThrottlingException" });
    for (const status of [201, 204, 301, 401, 403, 404, 413, 429, 500, 503])
      expect(await understood({ status, body: refusal })).toEqual({ kind: "unknown" });
  });

  test.each(["", "null", "[", "<html>", '"text"', "1", "\u0000"])("of 200 with %o is unknown", async (text) => {
    expect(await understood({ body: Buffer.from(text) })).toEqual({ kind: "unknown" });
    expect(await understood({ status: 400, body: Buffer.from(text) })).toEqual({ kind: "unknown" });
  });

  test("is held against its checksum where it has one", async () => {
    expect(await understood({ headers: { "x-amz-crc32": String(crc32(Buffer.from("{}"))) } })).toMatchObject({ kind: "done" });
    expect(await understood({ headers: { "x-amz-crc32": "1" } })).toEqual({ kind: "unknown" });
  });

  test("of any bytes throws nothing", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 100, max: 599 }), fc.oneof(fc.json().map(Buffer.from), fc.uint8Array()), async (status, bytes) => {
        expect(["done", "refused", "unknown"]).toContain((await understood({ status, body: Buffer.from(bytes) })).kind);
      }),
    );
  });
});
