/** The local stack with targets in AWS and a source on a partner's bus: the deployed bundles, by the ways they go in AWS. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { EventBridgeClient, PutPartnerEventsCommand } from "@aws-sdk/client-eventbridge";
import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, test, vi } from "vitest";
import type { Noted } from "../../local/application.ts";
import { startStack } from "../../local/stack.ts";
import { readSecrets } from "../../operator/connect/local-secrets.ts";
import { homeOf } from "../../operator/connect/stack-file.ts";
import { sampleCallback } from "../../simulator/sample.ts";
import { newDirectory } from "./tiny-stack.ts";

const soon = { timeout: 40_000, interval: 100 };

test("events come from a partner's bus and go to a queue, and callbacks go to a function and an event bus", {
  timeout: 120_000,
}, async () => {
  const directory = newDirectory();
  const stack = await startStack({ directory, port: 0, quiet: true, configFile: join(import.meta.dirname, "fixtures/aws.config.ts") });
  try {
    const client = { region: stack.region, credentials: { accessKeyId: "local", secretAccessKey: "local" } };
    const bus = new EventBridgeClient({ ...client, ...(stack.endpoints.eventBridge && { endpoint: stack.endpoints.eventBridge }) });
    const invoice = { id: "in_1", object: "invoice", subscription: "sub_1", customer: "cus_1", amount_paid: 1_980, currency: "jpy" };
    const detail = { id: "evt_1", object: "event", type: "invoice.paid", created: 1_790_000_000, data: { object: invoice } };
    const entry = { Source: "aws.partner/stripe.com/ed_1", DetailType: "invoice.paid", Detail: JSON.stringify(detail) };
    expect(
      await bus.send(new PutPartnerEventsCommand({ Entries: [entry, { ...entry, Source: "aws.partner/stripe.com/other" }] })),
    ).toMatchObject({
      FailedEntryCount: 1,
      Entries: [{ EventId: expect.any(String) }, { ErrorMessage: expect.stringContaining("no source of the configuration is on the bus") }],
    });
    for (const source of ["worked", "bussed"]) {
      const sample = sampleCallback({
        config: stack.config,
        secrets: readSecrets(homeOf(directory)) ?? {},
        source,
        url: stack.url,
        now: Date.now(),
      });
      if (sample.kind === "none") throw new Error(sample.reason);
      const { headers, body } = sample.raw;
      const answer = await fetch(`${stack.url}/callbacks/${source}`, { method: "POST", headers, body: Buffer.from(body) });
      expect(answer.status).toBe(200);
    }

    const queues = new SQSClient({ ...client, region: "eu-central-1", endpoint: stack.endpoints.sqs, useQueueUrlAsEndpoint: false });
    await vi.waitFor(async () => {
      const { Messages = [] } = await queues.send(new ReceiveMessageCommand({ QueueUrl: stack.awsTargets.queue, VisibilityTimeout: 0 }));
      expect(Messages.map(({ Body = "" }) => JSON.parse(Body).delivery.id)).toEqual(["partner/evt_1"]);
    }, soon);
    const noted = () =>
      readFileSync(join(homeOf(directory), "application.jsonl"), "utf8")
        .trim()
        .split("\n")
        .map((line): Noted => JSON.parse(line));
    await vi.waitFor(() => {
      const places = noted().map(({ record, path }) => [record.split("/")[0], path]);
      expect(places).toContainEqual(["worked", "arn:aws:lambda:eu-central-1:123456789012:function:orders"]);
      expect(places).toContainEqual(["bussed", "arn:aws:events:eu-central-1:123456789012:event-bus/orders"]);
    }, soon);
    expect((await fetch(`${stack.url}/callbacks/partner`, { method: "POST", body: "{}" })).status).toBe(404);
  } finally {
    await stack.stop();
  }
});
