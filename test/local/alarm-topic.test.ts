import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ListTopicsCommand, SNSClient } from "@aws-sdk/client-sns";
import { expect, onTestFinished, test, vi } from "vitest";
import { createAlarmTopic } from "../../io/alarm-topic.ts";
import { patient } from "../../io/clients.ts";
import { startAlarmTopic } from "../../local/alarm-topic.ts";
import { newDirectory } from "./tiny-stack.ts";

const start = async () => {
  const file = join(newDirectory(), "alarms.txt");
  const said: string[] = [];
  const listening = await startAlarmTopic({ file, clock: () => Date.UTC(2026, 10, 20, 12), say: (line) => said.push(line) });
  onTestFinished(() => listening.close());
  for (const [name, value] of Object.entries({
    ENDPOINT_URL_SNS: listening.url,
    REGION: "us-east-1",
    ACCESS_KEY_ID: "test",
    SECRET_ACCESS_KEY: "test",
  }))
    vi.stubEnv(`AWS_${name}`, value);
  return { file, said };
};

test("what is published is written down as it would be mailed, one after the other, and said", async () => {
  const { file, said } = await start();
  const topic = createAlarmTopic({ arn: "arn:aws:sns:us-east-1:000000000000:shop-alarms", limits: patient });
  for (const count of [1, 2])
    expect(await topic.publish({ subject: `shop: ${count} open`, text: `${count} & more\n` })).toEqual({ kind: "sent" });
  expect(readFileSync(file, "utf8")).toBe(
    [1, 2].map((count) => `2026-11-20T12:00:00.000Z to shop-alarms: shop: ${count} open\n\n${count} & more\n\n`).join(""),
  );
  expect(said).toEqual(["to shop-alarms, in alarms.txt: shop: 1 open", "to shop-alarms, in alarms.txt: shop: 2 open"]);
});

test("any other call is refused", async () => {
  await start();
  await expect(new SNSClient({ maxAttempts: 1 }).send(new ListTopicsCommand())).rejects.toMatchObject({ name: "InvalidAction" });
});
