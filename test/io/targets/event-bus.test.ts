import { afterEach, describe, expect, test, vi } from "vitest";
import { withDefaults } from "../../../core/config/defaults.ts";
import { createDeliver } from "../../../io/targets/deliver.ts";
import type { DeliveryOrder } from "../../../io/targets/messages.ts";
import { type Answer, cut, json, silence, startService } from "../../support/aws/scripted-service.ts";
import { callbackRecord, noon, paymentEvent } from "../../support/samples.ts";

afterEach(() => vi.unstubAllEnvs());

const arn = "arn:aws:events:eu-west-1:123456789012:event-bus/orders";

const described = json(200, { Name: "orders", Arn: arn });
const put = json(200, { FailedEntryCount: 0, Entries: [{ EventId: "e-1" }] });
const failed = (ErrorCode: string) => json(200, { FailedEntryCount: 1, Entries: [{ ErrorCode, ErrorMessage: "it says why" }] });
const said = (status: number, code: string) => json(status, { __type: code, message: "it says why" });

/** EventBridge, as its API reference documents PutEvents and DescribeEventBus. */
const setup = async (answers: readonly Answer[], timeoutSeconds = 5) => {
  const service = await startService(...answers);
  vi.stubEnv("AWS_ENDPOINT_URL_EVENTBRIDGE", service.url);
  vi.stubEnv("AWS_REGION", "us-east-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
  const config = withDefaults({ name: "shop", sources: {}, targets: { app: { kind: "eventbridge", arn, timeoutSeconds } } });
  const secrets = { read: async () => ({ kind: "unreadable", reason: "nobody may ask" }) as const, renew: async () => false };
  const time = { now: noon };
  const deliver = createDeliver({ config, findGateway: () => undefined, secrets, clock: () => time.now });
  const send = (changes: Partial<DeliveryOrder> = {}) =>
    deliver({ record: callbackRecord("evt_1"), events: [paymentEvent()], target: "app", attempt: 1, ...changes });
  const operations = () => service.asked.map(({ headers }) => String(headers["x-amz-target"]).replace("AWSEvents.", ""));
  return { service, send, operations, time };
};

describe("a record for an event bus", () => {
  test("is one event per event, whose detail is the message", async () => {
    const { service, send, operations } = await setup([described, put]);
    const events = [paymentEvent(), paymentEvent({ id: "evt_1#2", type: "charge.refunded" })];
    expect(await send({ events, attempt: 2 })).toEqual({ kind: "delivered", answer: "on the bus as e-1" });
    expect(operations()).toEqual(["DescribeEventBus", "PutEvents", "PutEvents"]);
    const entries = service.asked.slice(1).map(({ body }) => JSON.parse(body).Entries);
    expect(entries.map((some) => some.length)).toEqual([1, 1]);
    const [[first], [second]] = entries;
    expect(first).toMatchObject({ EventBusName: arn, Source: "holdfast.shop", DetailType: "charge.succeeded" });
    expect(second.DetailType).toBe("charge.refunded");
    expect(JSON.parse(first.Detail)).toMatchObject({ data: { id: "evt_1" }, delivery: { id: "sandbox/evt_1", attempt: 2 } });
    expect(service.asked[0]?.headers.authorization).toContain("/eu-west-1/events/aws4_request");
  });

  test.each([["ThrottlingException"], ["InternalFailure"], ["MalformedDetail"], ["NotAuthorizedForSourceException"]])(
    "was not taken when its entry failed with %s, although the call succeeded",
    async (code) => {
      const { send } = await setup([described, failed(code)]);
      expect(await send()).toEqual({ kind: "not taken", place: arn, error: { status: 200, code, message: "it says why" } });
    },
  );

  test("was not taken when EventBridge says nothing about its entry", async () => {
    const { send } = await setup([described, json(200, {})]);
    expect(await send()).toMatchObject({ kind: "not taken", error: { code: "no event id" } });
  });

  test("is not put on a bus that does not exist: EventBridge would say yes, and drop it", async () => {
    const { send, operations } = await setup([said(400, "ResourceNotFoundException"), put]);
    expect(await send()).toEqual({
      kind: "not taken",
      place: arn,
      error: { status: 400, code: "ResourceNotFoundException", message: "it says why" },
    });
    expect(operations()).toEqual(["DescribeEventBus"]);
  });

  test("looks for the bus again after five minutes, and when the clock was set back, and not before", async () => {
    const { send, operations, time } = await setup([described, put, put, described, put, described, put]);
    await send();
    time.now += 5 * 60_000 - 1;
    await send();
    expect(operations()).toEqual(["DescribeEventBus", "PutEvents", "PutEvents"]);
    time.now += 1;
    await send();
    time.now -= 1;
    await send();
    expect(operations().slice(3)).toEqual(["DescribeEventBus", "PutEvents", "DescribeEventBus", "PutEvents"]);
  });

  test("is put where another account does not let us look: whether we may put is asked then", async () => {
    const { send } = await setup([said(400, "AccessDeniedException"), put]);
    expect(await send()).toMatchObject({ kind: "delivered" });
    const denied = await setup([said(400, "AccessDeniedException"), failed("AccessDeniedException")]);
    expect(await denied.send()).toMatchObject({ kind: "not taken", error: { code: "AccessDeniedException" } });
  });

  test("is tried again where the look itself is throttled, and nothing is put", async () => {
    const { send, operations } = await setup([said(400, "ThrottlingException")]);
    expect(await send()).toMatchObject({ kind: "not taken", error: { code: "ThrottlingException" } });
    expect(operations()).toEqual(["DescribeEventBus"]);
  });

  test.each([
    ["cuts the connection", cut, /^ECONNRESET|socket hang up/],
    ["is silent", silence, /^timed out after 0\.2 s/],
  ])("is unanswered when EventBridge %s", async (_, answer, reason) => {
    const { send } = await setup([described, answer], 0.2);
    expect(await send()).toMatchObject({ kind: "unanswered", cause: { detail: expect.stringMatching(reason) } });
  });

  test("is not sent when EventBridge might not take it", async () => {
    const { service, send } = await setup([described, put]);
    expect(await send({ events: [paymentEvent({ reason: "x".repeat(262_144) })] })).toMatchObject({
      kind: "undeliverable",
      cause: { kind: "too large for its target", most: 262_143 },
    });
    expect(service.asked).toEqual([]);
  });
});
