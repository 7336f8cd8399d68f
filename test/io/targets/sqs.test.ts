import { createHash } from "node:crypto";
import { afterEach, describe, expect, inject, test, vi } from "vitest";
import { withDefaults } from "../../../core/config/defaults.ts";
import { createDeliver } from "../../../io/targets/deliver.ts";
import type { DeliveryOrder } from "../../../io/targets/messages.ts";
import { useEmulators } from "../../support/aws/aws.ts";
import { ordersQueue } from "../../support/aws/orders-queue.ts";
import { type Answer, cut, json, silence, startService } from "../../support/aws/scripted-service.ts";
import { callbackRecord, paymentEvent } from "../../support/samples.ts";

afterEach(() => vi.unstubAllEnvs());

const deliverTo = (arn: string, timeoutSeconds = 5) => {
  const config = withDefaults({ name: "shop", sources: {}, targets: { app: { kind: "sqs", arn, timeoutSeconds } } });
  const secrets = { read: async () => ({ kind: "unreadable", reason: "nobody may ask" }) as const, renew: async () => false };
  const deliver = createDeliver({ config, findGateway: () => undefined, secrets, clock: Date.now });
  return (changes: Partial<DeliveryOrder> = {}) =>
    deliver({ record: callbackRecord("evt_1"), events: [paymentEvent()], target: "app", attempt: 1, ...changes });
};

const setup = async ({ isFifo = true }: { readonly isFifo?: boolean } = {}) => {
  const queue = ordersQueue(inject("endpoints"), isFifo);
  await queue.make();
  return { send: deliverTo(queue.arn), received: queue.received };
};

const three = [
  paymentEvent({ contract: "sub_1" }),
  paymentEvent({ id: "evt_1#2", contract: "sub_1" }),
  paymentEvent({ id: "evt_1#3", contract: "sub_2" }),
];

describe("a record for a FIFO queue", () => {
  test("is one message per event, in the group of its contract, under the event's own id, and unsigned", async () => {
    const { send, received } = await setup();
    expect(await send({ events: three, attempt: 2 })).toEqual({
      kind: "delivered",
      answer: expect.stringMatching(/^in the queue as \S+$/),
    });
    const all = await received();
    expect(all.map(({ message, attributes }) => [message.data.id, attributes.MessageGroupId, attributes.MessageDeduplicationId])).toEqual([
      ["evt_1", "sandbox/sub_1", "sandbox/evt_1"],
      ["evt_1#2", "sandbox/sub_1", "sandbox/evt_1#2"],
      ["evt_1#3", "sandbox/sub_2", "sandbox/evt_1#3"],
    ]);
    expect(all[0]?.message.delivery).toEqual({ id: "sandbox/evt_1", attempt: 2, receivedAt: "2026-11-20T12:00:00.000Z" });
  });

  test("is in it once when it is sent twice: an attempt whose answer was lost does no harm", async () => {
    const { send, received } = await setup();
    for (const attempt of [1, 2]) expect(await send({ attempt })).toMatchObject({ kind: "delivered" });
    expect(await received()).toHaveLength(1);
  });
});

test("a standard queue gets the same message, without a group", async () => {
  const { send, received } = await setup({ isFifo: false });
  expect(await send()).toMatchObject({ kind: "delivered" });
  const [only] = await received();
  expect(only?.message).toMatchObject({ type: "charge.succeeded", delivery: { id: "sandbox/evt_1" } });
  expect(only?.attributes).not.toHaveProperty("MessageGroupId");
});

test("a queue that is not there is the target's failure", async () => {
  useEmulators(inject("endpoints"));
  const place = "arn:aws:sqs:us-east-1:000000000000:nobody-made-it";
  expect(await deliverTo(place)()).toMatchObject({ kind: "not taken", place, error: { status: 400, code: "QueueDoesNotExist" } });
});

test("a message that SQS would not take is not sent, and says how large it is", async () => {
  const { send, received } = await setup({ isFifo: false });
  const withReason = (length: number) => send({ events: [paymentEvent({ reason: "x".repeat(length) })] });
  expect(await withReason(262_144)).toEqual({
    kind: "undeliverable",
    cause: { kind: "too large for its target", bytes: expect.any(Number), most: 262_144 },
  });
  expect(await received()).toEqual([]);
  expect(await withReason(261_000)).toMatchObject({ kind: "delivered" });
});

describe("when SQS", () => {
  const place = "arn:aws:sqs:eu-west-1:123456789012:orders.fifo";
  const said = (status: number, code: string): Answer =>
    json(status, { __type: `com.amazonaws.sqs#${code}`, message: "it says why" }, { "x-amzn-query-error": `${code};Sender` });

  /** The SDK compares the hash with that of what it has sent. */
  const taken: Answer = (response, asked) =>
    json(200, { MessageId: "m-1", MD5OfMessageBody: createHash("md5").update(JSON.parse(asked.body).MessageBody).digest("hex") })(
      response,
      asked,
    );

  const answering = async (answer: Answer, timeoutSeconds = 5) => {
    const service = await startService(answer);
    useEmulators(inject("endpoints"));
    vi.stubEnv("AWS_ENDPOINT_URL_SQS", service.url);
    return { service, send: deliverTo(place, timeoutSeconds) };
  };

  test("is asked, it is asked once, in the queue's own Region, for the queue of the ARN", async () => {
    const { service, send } = await answering(taken);
    expect(await send()).toEqual({ kind: "delivered", answer: "in the queue as m-1" });
    expect(service.asked).toHaveLength(1);
    expect(JSON.parse(service.asked[0]?.body ?? "").QueueUrl).toBe("https://sqs.eu-west-1.amazonaws.com/123456789012/orders.fifo");
    expect(service.asked[0]?.headers.authorization).toContain("/eu-west-1/sqs/aws4_request");
  });

  test.each([
    [403, "AccessDenied"],
    [400, "ThrottlingException"],
    [503, "ServiceUnavailable"],
  ])("answers %i %s, that is what the delivery says, after one call", async (status, code) => {
    const { service, send } = await answering(said(status, code));
    expect(await send()).toEqual({ kind: "not taken", place, error: { status, code, message: "it says why" } });
    expect(service.asked).toHaveLength(1);
  });

  test.each([
    ["cuts the connection", cut, /^ECONNRESET|socket hang up/],
    ["is silent", silence, /^timed out after 0\.2 s/],
  ])("%s, there is no answer", async (_, answer, reason) => {
    const { send } = await answering(answer, 0.2);
    expect(await send()).toMatchObject({ kind: "unanswered", cause: { kind: "no answer", detail: expect.stringMatching(reason) } });
  });

  test("is silent until the function's time is over, it says so", async () => {
    const { send } = await answering(silence);
    const over = new AbortController();
    const sending = send({ signal: over.signal });
    over.abort();
    expect(await sending).toMatchObject({ cause: { detail: `the function's time was over (${place})` } });
  });

  test("takes the first message and not the second, the third is not sent", async () => {
    const service = await startService(taken, said(503, "ServiceUnavailable"));
    useEmulators(inject("endpoints"));
    vi.stubEnv("AWS_ENDPOINT_URL_SQS", service.url);
    expect(await deliverTo(place)({ events: three })).toMatchObject({ kind: "not taken", error: { status: 503 } });
    expect(service.asked).toHaveLength(2);
  });
});
