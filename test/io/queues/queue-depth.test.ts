import { expect, inject, test } from "vitest";
import { patient } from "../../../io/clients.ts";
import { createQueue } from "../../../io/queues/queue.ts";
import { createQueueDepth } from "../../../io/queues/queue-depth.ts";
import { createAws } from "../../support/aws/aws.ts";

test("a queue is found by its name, and its messages are counted by whether they are available", async () => {
  const { queueUrl } = await createAws(inject("endpoints"));
  const depths = createQueueDepth(patient);
  const found = await depths.find(new URL(queueUrl).pathname.split("/").at(-1) ?? "");
  expect(new URL(found).pathname).toBe(new URL(queueUrl).pathname);
  expect(await depths.depth(queueUrl)).toEqual({ visible: 0, hidden: 0, delayed: 0 });
  const queue = createQueue({ url: queueUrl, limits: patient });
  await queue.ring(["a", "b", "c"].map((group) => ({ key: `sandbox/${group}` as const, source: "sandbox", group, epoch: 0 })));
  expect(await depths.depth(queueUrl)).toEqual({ visible: 3, hidden: 0, delayed: 0 });
  const [first] = await queue.take(600);
  await queue.discard(first?.handle ?? "");
  const { visible, hidden } = await depths.depth(queueUrl);
  expect(visible + hidden).toBe(2);
  expect(hidden).toBeGreaterThan(0);
});

test("a queue that does not exist is reported as such", async () => {
  await createAws(inject("endpoints"));
  await expect(createQueueDepth(patient).find("nowhere.fifo")).rejects.toMatchObject({ name: "QueueDoesNotExist" });
});
