import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { expect, onTestFinished, test } from "vitest";
import { type CallLimits, clientSettings, patient } from "../../io/clients.ts";
import { bounded, endingWith } from "../../io/ending-calls.ts";

/** A store that takes calls and answers only when it is told to. */
const silentStore = async () => {
  const server = createServer();
  onTestFinished(() => server.closeAllConnections());
  onTestFinished(() => void server.close());
  await once(server.listen(0, "127.0.0.1"), "listening");
  const clientOf = (limits: CallLimits) => {
    const client = new DynamoDBClient({
      ...clientSettings(limits),
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: "us-east-1",
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
    });
    return () => client.send(new GetItemCommand({ TableName: "ledger", Key: { pk: { S: "1" } } }));
  };
  const nextCall = async () => (await once(server, "request"))[1] as ServerResponse;
  return { clientOf, nextCall };
};

const answer = (response: ServerResponse) => response.setHeader("content-type", "application/x-amz-json-1.0").end("{}");

test("a call in flight ends with the work it is made for, its connection with it, and is not retried", async () => {
  const { clientOf, nextCall } = await silentStore();
  const [get, work, called] = [clientOf(bounded), new AbortController(), nextCall()];
  const calling = endingWith(work.signal, async () => {
    await Promise.resolve();
    return get();
  });
  const closed = once(await called, "close");
  work.abort();
  await expect(calling).rejects.toMatchObject({ name: "AbortError", $metadata: { attempts: 1 } });
  await closed;
});

test("a call that is made after the end does not begin", async () => {
  const { clientOf } = await silentStore();
  await expect(endingWith(AbortSignal.abort(), clientOf(bounded))).rejects.toThrow("abort");
});

test("other work continues, and so does a call that is not bound to it", async () => {
  const { clientOf, nextCall } = await silentStore();
  const [ending, work] = [new AbortController(), new AbortController()];
  const [bound, free] = [clientOf(bounded), clientOf(patient)];
  let called = nextCall();
  const beside = endingWith(work.signal, bound);
  const first = await called;
  called = nextCall();
  const unbound = endingWith(ending.signal, free);
  const second = await called;
  ending.abort();
  answer(first);
  answer(second);
  await expect(Promise.all([beside, unbound])).resolves.toHaveLength(2);
});
