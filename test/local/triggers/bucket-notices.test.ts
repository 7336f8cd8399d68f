import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, inject, onTestFinished, test } from "vitest";
import { readArrived } from "../../../core/reconcile/arriving/arrived.ts";
import { sayWhatIsPut } from "../../../local/triggers/bucket-notices.ts";
import { useEmulators } from "../../support/aws/aws.ts";

let made = 0;

const setup = async () => {
  const endpoints = inject("endpoints");
  useEmulators(endpoints);
  const [s3, sqs] = [new S3Client({ forcePathStyle: true }), new SQSClient()];
  const name = `notices-${process.pid}-${made++}`;
  await s3.send(new CreateBucketCommand({ Bucket: name }));
  const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
  const queueUrl = `${endpoints.sqs}${new URL(QueueUrl).pathname}`;
  const said: string[] = [];
  const start = () => {
    const poller = sayWhatIsPut(
      { bucket: name, prefix: "exports/", queueName: name },
      { s3, sqs, queueUrl, say: (line) => void said.push(line) },
    );
    onTestFinished(() => poller.stop());
    return poller;
  };
  const put = (key: string, text: string) => s3.send(new PutObjectCommand({ Bucket: name, Key: key, Body: Buffer.from(text) }));
  const heard = async (): Promise<readonly string[]> => {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10 }));
    return Messages.flatMap(({ Body = "" }) => readArrived(Body) ?? []).map(({ key }) => key);
  };
  return { start, put, heard, said };
};

test("what is put under the prefix is said once, as S3 says it, and again when it is put with another content", async () => {
  const { start, put, heard, said } = await setup();
  const poller = start();
  await put("exports/a/売上 1+2.csv", "one");
  await put("reports/a/x.html", "one");
  await poller.rest();
  expect(await heard()).toEqual(["exports/a/売上 1+2.csv"]);
  await poller.rest();
  expect(await heard()).toEqual([]);
  await put("exports/a/売上 1+2.csv", "two");
  await poller.rest();
  expect(await heard()).toEqual(["exports/a/売上 1+2.csv"]);
  expect(said).toEqual([]);
});

test("what is there when it starts is said: nothing is lost while it is stopped", async () => {
  const { start, put, heard } = await setup();
  const first = start();
  await first.stop();
  await put("exports/a/x.csv", "one");
  await start().rest();
  expect(await heard()).toEqual(["exports/a/x.csv"]);
});
