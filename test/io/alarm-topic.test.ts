import { CreateTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { beforeEach, expect, inject, test, vi } from "vitest";
import { createAlarmTopic } from "../../io/alarm-topic.ts";
import { patient } from "../../io/clients.ts";
import { useEmulators } from "../support/aws/aws.ts";

beforeEach(() => {
  useEmulators(inject("endpoints"));
  vi.stubEnv("AWS_ENDPOINT_URL_SNS", inject("endpoints").sqs);
});

const message = { subject: "shop: 1 open finding", text: "1 finding is open at shop.\n" };

test("what is published reaches who has subscribed, with its subject", async () => {
  const [topics, queues] = [new SNSClient(), new SQSClient({ useQueueUrlAsEndpoint: false })];
  const { TopicArn = "" } = await topics.send(new CreateTopicCommand({ Name: `alarms-${process.pid}` }));
  const { QueueUrl } = await queues.send(new CreateQueueCommand({ QueueName: `mail-${process.pid}` }));
  const { Attributes } = await queues.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }));
  await topics.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint: Attributes?.QueueArn }));
  expect(await createAlarmTopic({ arn: TopicArn, limits: patient }).publish(message)).toEqual({ kind: "sent" });
  const { Messages = [] } = await queues.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  expect(Messages.map(({ Body = "" }) => JSON.parse(Body))).toMatchObject([{ Subject: message.subject, Message: message.text }]);
});

test("a topic that is not there refuses, and says why", async () => {
  const topic = createAlarmTopic({ arn: "arn:aws:sns:us-east-1:000000000000:nobody", limits: patient });
  expect(await topic.publish(message)).toEqual({ kind: "refused", why: expect.stringMatching(/^NotFound\w*: \S/) });
});

test("without an answer nobody knows whether it was sent, and it is not tried again", async () => {
  vi.stubEnv("AWS_ENDPOINT_URL_SNS", "http://127.0.0.1:9");
  const topic = createAlarmTopic({ arn: "arn:aws:sns:us-east-1:000000000000:alarms", limits: patient });
  await expect(topic.publish(message)).rejects.toMatchObject({ $metadata: { attempts: 1 } });
});
