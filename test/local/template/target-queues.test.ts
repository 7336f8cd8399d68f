import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, inject, test } from "vitest";
import { withDefaults } from "../../../core/config/defaults.ts";
import { createDeliver } from "../../../io/targets/deliver.ts";
import { makeTargetQueues } from "../../../local/template/target-queues.ts";
import { useEmulators } from "../../support/aws/aws.ts";
import { callbackRecord, paymentEvent } from "../../support/samples.ts";

test("queues that are targets are made where they are delivered to, also in another Region, and keep what is in them at the next start", async () => {
  const { sqs } = inject("endpoints");
  useEmulators(inject("endpoints"));
  const name = `targets-${process.pid}`;
  const config = withDefaults({
    name: "shop",
    sources: {},
    targets: {
      app: { kind: "http", url: "https://app.example.com", mode: "signed" },
      first: { kind: "sqs", arn: `arn:aws:sqs:eu-central-1:123456789012:${name}.fifo` },
      second: { kind: "sqs", arn: `arn:aws:sqs:ap-northeast-1:123456789012:${name}` },
    },
  });
  const urls = await makeTargetQueues(sqs, config);
  expect(Object.keys(urls)).toEqual(["first", "second"]);
  for (const url of Object.values(urls)) expect(url.startsWith(sqs)).toBe(true);
  const secrets = { read: async () => ({ kind: "unreadable", reason: "nobody may ask" }) as const, renew: async () => false };
  const deliver = createDeliver({ config, findGateway: () => undefined, secrets, clock: Date.now });
  for (const target of ["first", "second"])
    expect(await deliver({ record: callbackRecord("evt_1"), events: [paymentEvent()], target, attempt: 1 })).toMatchObject({
      kind: "delivered",
    });
  expect(await makeTargetQueues(sqs, config)).toEqual(urls);
  for (const [target, region] of [
    ["first", "eu-central-1"],
    ["second", "ap-northeast-1"],
  ] as const) {
    const client = new SQSClient({ region, useQueueUrlAsEndpoint: false });
    expect((await client.send(new ReceiveMessageCommand({ QueueUrl: urls[target] }))).Messages).toHaveLength(1);
  }
});
