import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, inject, test } from "vitest";
import type { Config } from "../../../core/config/config.ts";
import { patient } from "../../../io/clients.ts";
import { createQueueDepth } from "../../../io/queues/queue-depth.ts";
import { makeTargetQueues } from "../../../local/template/target-queues.ts";
import { useEmulators } from "../../support/aws.ts";

test("queues that are targets are made under their own names, and keep what is in them at the next start", async () => {
  const { sqs } = inject("endpoints");
  useEmulators(inject("endpoints"));
  const client = new SQSClient({ useQueueUrlAsEndpoint: false });
  const name = `targets-${process.pid}`;
  const targets: Config["targets"] = {
    app: { kind: "http", url: "https://app.example.com", mode: "signed" },
    first: { kind: "sqs", arn: `arn:aws:sqs:eu-central-1:123456789012:${name}.fifo` },
    second: { kind: "sqs", arn: `arn:aws:sqs:eu-central-1:123456789012:${name}` },
  };
  const urls = await makeTargetQueues(client, sqs, { targets });
  expect(Object.keys(urls)).toEqual(["first", "second"]);
  for (const url of Object.values(urls)) expect(url.startsWith(sqs)).toBe(true);
  await client.send(new SendMessageCommand({ QueueUrl: urls.second, MessageBody: "kept" }));
  expect(await makeTargetQueues(client, sqs, { targets })).toEqual(urls);
  expect(await createQueueDepth(patient).depth(urls.second ?? "")).toMatchObject({ visible: 1 });
});
