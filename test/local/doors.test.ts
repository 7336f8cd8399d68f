import { EventBridgeClient, PutPartnerEventsCommand } from "@aws-sdk/client-eventbridge";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { withDefaults } from "../../core/config/defaults.ts";
import { createDeliver } from "../../io/targets/deliver.ts";
import type { Delivery } from "../../local/application.ts";
import { startDoors } from "../../local/doors.ts";
import { callbackRecord, paymentEvent } from "../support/samples.ts";

afterEach(() => vi.unstubAllEnvs());

test("takes and notes what is delivered to functions and event buses, by the way it is delivered to AWS", async () => {
  const noted: Pick<Delivery, "record" | "attempt" | "id" | "path">[] = [];
  const doors = await startDoors(
    async ({ record, attempt, id, path }) => void noted.push({ record, attempt, id, path }),
    async () => undefined,
    Date.now,
  );
  onTestFinished(() => doors.close());
  for (const service of ["LAMBDA", "EVENTBRIDGE"]) vi.stubEnv(`AWS_ENDPOINT_URL_${service}`, doors.url);
  vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
  const [bus, work] = ["arn:aws:events:eu-west-1:123456789012:event-bus/orders", "arn:aws:lambda:eu-west-1:123456789012:function:orders"];
  const config = withDefaults({
    name: "shop",
    sources: {},
    targets: { bus: { kind: "eventbridge", arn: bus }, work: { kind: "lambda", arn: work } },
  });
  const secrets = { read: async () => ({ kind: "unreadable", reason: "nobody may ask" }) as const, renew: async () => false };
  const deliver = createDeliver({ config, findGateway: () => undefined, secrets, clock: Date.now });
  for (const target of ["bus", "work"])
    expect(await deliver({ record: callbackRecord("evt_1"), events: [paymentEvent()], target, attempt: 3 })).toMatchObject({
      kind: "delivered",
    });
  expect(noted).toEqual([bus, work].map((path) => ({ record: "sandbox/evt_1", attempt: 3, id: "sandbox/evt_1", path })));
});

test("answers no to any other call", async () => {
  const doors = await startDoors(
    async () => {},
    async () => undefined,
    Date.now,
  );
  onTestFinished(() => doors.close());
  const { DeleteEventBusCommand } = await import("@aws-sdk/client-eventbridge");
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const client = new EventBridgeClient({ endpoint: doors.url, region: "eu-west-1", credentials, maxAttempts: 1 });
  await expect(client.send(new DeleteEventBusCommand({ Name: "orders" }))).rejects.toMatchObject({ name: "UnknownOperationException" });
});

test("hands a partner's events on, with the bus as their source, and says which could not be handled", async () => {
  const handed: unknown[] = [];
  const doors = await startDoors(
    async () => {},
    async (event) => {
      handed.push(event);
      return event.source.endsWith("/bad") ? "no such source" : undefined;
    },
    () => Date.UTC(2026, 10, 20),
  );
  onTestFinished(() => doors.close());
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const client = new EventBridgeClient({ endpoint: doors.url, region: "eu-west-1", credentials, maxAttempts: 1 });
  const entry = (Source: string) => ({ Source, DetailType: "invoice.paid", Detail: '{"id":"evt_1"}' });
  const { FailedEntryCount, Entries = [] } = await client.send(
    new PutPartnerEventsCommand({ Entries: [entry("aws.partner/stripe.com/ed_1"), entry("aws.partner/stripe.com/bad")] }),
  );
  expect([FailedEntryCount, Entries[1]]).toEqual([1, { ErrorCode: "InternalFailure", ErrorMessage: "no such source" }]);
  expect(handed[0]).toMatchObject({ source: "aws.partner/stripe.com/ed_1", "detail-type": "invoice.paid", detail: { id: "evt_1" } });
});
