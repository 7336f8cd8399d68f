import { afterEach, describe, expect, test, vi } from "vitest";
import { withDefaults } from "../../../core/config/defaults.ts";
import { createDeliver } from "../../../io/targets/deliver.ts";
import type { DeliveryOrder } from "../../../io/targets/messages.ts";
import { type Answer, cut, json, silence, startService } from "../../support/aws/scripted-service.ts";
import { callbackRecord, paymentEvent } from "../../support/samples.ts";

afterEach(() => vi.unstubAllEnvs());

const arn = "arn:aws:lambda:eu-west-1:123456789012:function:orders:live";

/** Lambda, as its API reference documents Invoke. */
const setup = async (answers: readonly Answer[], timeoutSeconds = 5) => {
  const service = await startService(...answers);
  vi.stubEnv("AWS_ENDPOINT_URL_LAMBDA", service.url);
  vi.stubEnv("AWS_REGION", "us-east-1");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
  const config = withDefaults({ name: "shop", sources: {}, targets: { app: { kind: "lambda", arn, timeoutSeconds } } });
  const secrets = { read: async () => ({ kind: "unreadable", reason: "nobody may ask" }) as const, renew: async () => false };
  const deliver = createDeliver({ config, findGateway: () => undefined, secrets, clock: Date.now });
  const send = (changes: Partial<DeliveryOrder> = {}) =>
    deliver({ record: callbackRecord("evt_1"), events: [paymentEvent()], target: "app", attempt: 1, ...changes });
  return { service, send };
};

const returned = (value: unknown): Answer => json(200, JSON.stringify(value));
const threw = (value: unknown): Answer => json(200, JSON.stringify(value), { "x-amz-function-error": "Unhandled" });
const said = (status: number, code: string): Answer => json(status, { Type: "User", Message: "it says why" }, { "x-amzn-errortype": code });

describe("a record for a function", () => {
  test("is one call per event, waited for, with the message as its payload", async () => {
    const { service, send } = await setup([returned(null)]);
    const events = [paymentEvent(), paymentEvent({ id: "evt_1#2" })];
    expect(await send({ events, attempt: 2 })).toEqual({ kind: "delivered", answer: "returned null" });
    expect(service.asked.map(({ path }) => decodeURIComponent(path))).toEqual([1, 2].map(() => `/2015-03-31/functions/${arn}/invocations`));
    const [first] = service.asked;
    expect(first?.headers["x-amz-invocation-type"]).toBe("RequestResponse");
    expect(first?.headers.authorization).toContain("/eu-west-1/lambda/aws4_request");
    expect(JSON.parse(first?.body ?? "")).toMatchObject({
      type: "charge.succeeded",
      data: { id: "evt_1" },
      delivery: { id: "sandbox/evt_1", attempt: 2 },
    });
  });

  test("is refused for good by `refuse`, and the events after it are not sent", async () => {
    const { service, send } = await setup([returned({ holdfast: "refuse", reason: "no such order" })]);
    const events = [paymentEvent(), paymentEvent({ id: "evt_1#2" })];
    expect(await send({ events })).toEqual({ kind: "function refused", answer: "no such order" });
    expect(service.asked).toHaveLength(1);
  });

  test("has failed when the function throws, after one call", async () => {
    const { service, send } = await setup([threw({ errorType: "Error", errorMessage: "no database" })]);
    expect(await send()).toEqual({ kind: "function failed", answer: "Unhandled: Error: no database" });
    expect(service.asked).toHaveLength(1);
  });

  test.each([
    [404, "ResourceNotFoundException"],
    [403, "AccessDeniedException"],
    [429, "TooManyRequestsException"],
    [500, "ServiceException"],
    [502, "KMSDisabledException"],
  ])("was not taken when Lambda answers %i %s, after one call", async (status, code) => {
    const { service, send } = await setup([said(status, code)]);
    expect(await send()).toEqual({ kind: "not taken", place: arn, error: { status, code, message: "it says why" } });
    expect(service.asked).toHaveLength(1);
  });

  test.each([
    ["cuts the connection", cut, /^ECONNRESET|socket hang up/],
    ["answers too late", silence, /^timed out after 0\.2 s/],
  ])("is unanswered when Lambda %s", async (_, answer, reason) => {
    const { send } = await setup([answer], 0.2);
    expect(await send()).toMatchObject({ kind: "unanswered", cause: { detail: expect.stringMatching(reason) } });
  });

  test("is not sent when it is larger than Lambda takes", async () => {
    const { service, send } = await setup([returned(null)]);
    expect(await send({ events: [paymentEvent({ reason: "x".repeat(6_000_000) })] })).toMatchObject({
      kind: "undeliverable",
      cause: { kind: "too large for its target", most: 6_000_000 },
    });
    expect(service.asked).toEqual([]);
  });
});
