import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { type CallLimits, lastResort, patient, sdkLog, urgent } from "../../io/clients.ts";
import { dynamoDb } from "../../io/dynamodb.ts";

/** A DynamoDB that takes requests and answers none of them. */
const setup = async () => {
  let requests = 0;
  const server = createServer(() => {
    requests++;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  vi.stubEnv("AWS_ENDPOINT_URL_DYNAMODB", `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv("AWS_REGION", "us-east-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
  onTestFinished(() => {
    vi.unstubAllEnvs();
    server.closeAllConnections();
    server.close();
  });
  return {
    failureOf: (limits: CallLimits) =>
      dynamoDb(limits)
        .send(new ListTablesCommand())
        .then(
          () => undefined,
          (error: Error) => error.name,
        ),
    requests: () => requests,
  };
};

describe("a call to a store that does not answer", () => {
  test.each([
    ["urgent", urgent, 2],
    ["the last resort", lastResort, 1],
  ])("ends with an error when it is %s, after its attempts", async (_, limits, tries) => {
    const { failureOf, requests } = await setup();
    expect(await failureOf(limits)).toBe("TimeoutError");
    expect(requests()).toBe(tries);
  });
});

test("a client does not copy each answer for a log that nobody reads", () => {
  const named = (client: DynamoDBClient) => client.middlewareStack.identify().filter((name) => name.startsWith(sdkLog));
  expect(named(new DynamoDBClient())).toHaveLength(1);
  expect(named(dynamoDb(patient))).toEqual([]);
});
