import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { describe, expect, inject, test } from "vitest";
import { useEmulators } from "../../support/aws/aws.ts";
import { createQueueModel } from "./queue-model.ts";

/** A queue of either kind, by what can be seen of it from outside. Messages are named by their bodies. */
interface Seen {
  send(body: string, group?: string, deduplicationId?: string): Promise<void>;
  /** The next message, hidden from then on. */
  take(): Promise<string | undefined>;
  /** Of the message taken last under that name. */
  show(body: string): Promise<void>;
  remove(body: string): Promise<void>;
}

const modelled = (isFifo: boolean): Seen => {
  const queue = createQueueModel(isFifo ? "model.fifo" : "model", () => 1_000);
  const handles = new Map<string, string>();
  return {
    send: async (body, group, deduplicationId) => void queue.send({ body, group, deduplicationId }),
    async take() {
      const [message] = queue.take(1, 60_000);
      if (message) handles.set(message.body, message.handle ?? "");
      return message?.body;
    },
    show: async (body) => void queue.changeVisibility(handles.get(body) ?? "", 0),
    remove: async (body) => void queue.remove(handles.get(body) ?? ""),
  };
};

const emulated = async (isFifo: boolean, name: string): Promise<Seen> => {
  const endpoints = inject("endpoints");
  useEmulators(endpoints);
  const client = new SQSClient();
  const QueueName = `queue-model-${process.pid}-${name}${isFifo ? ".fifo" : ""}`;
  const created = await client.send(
    new CreateQueueCommand({ QueueName, Attributes: { VisibilityTimeout: "60", ...(isFifo && { FifoQueue: "true" }) } }),
  );
  const QueueUrl = `${endpoints.sqs}${new URL(created.QueueUrl ?? "").pathname}`;
  const handles = new Map<string, string>();
  const of = (body: string) => ({ QueueUrl, ReceiptHandle: handles.get(body) ?? "" });
  return {
    async send(MessageBody, MessageGroupId, MessageDeduplicationId) {
      await client.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId, MessageDeduplicationId }));
    },
    async take() {
      const { Messages: [message] = [] } = await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 1 }));
      if (message) handles.set(message.Body ?? "", message.ReceiptHandle ?? "");
      return message?.Body;
    },
    async show(body) {
      await client.send(new ChangeMessageVisibilityCommand({ ...of(body), VisibilityTimeout: 0 }));
    },
    async remove(body) {
      await client.send(new DeleteMessageCommand(of(body)));
    },
  };
};

describe("the simulator's queue and the emulator's behave alike", () => {
  const same = async (name: string, isFifo: boolean, use: (queue: Seen) => Promise<readonly unknown[]>) => {
    const [one, other] = [await use(modelled(isFifo)), await use(await emulated(isFifo, name))];
    expect(one).toEqual(other);
    return one;
  };

  test("a group goes in the order sent, one at a time, and others do not wait for it", async () => {
    const seen = await same("order", true, async (queue) => {
      await queue.send("a1", "a", "1");
      await queue.send("a2", "a", "2");
      await queue.send("b1", "b", "3");
      const taken = [await queue.take(), await queue.take(), await queue.take()];
      await queue.remove("a1");
      return [...taken, await queue.take()];
    });
    expect(seen).toEqual(["a1", "b1", undefined, "a2"]);
  });

  test("the same deduplication id is accepted once, also after the message was deleted", async () => {
    const seen = await same("twice", true, async (queue) => {
      await queue.send("a1", "a", "1");
      await queue.send("again", "a", "1");
      const first = await queue.take();
      await queue.remove("a1");
      await queue.send("and again", "a", "1");
      return [first, await queue.take()];
    });
    expect(seen).toEqual(["a1", undefined]);
  });

  test.each([true, false])("what becomes visible is received again, until it is removed (fifo: %s)", async (isFifo) => {
    const seen = await same(`again-${isFifo}`, isFifo, async (queue) => {
      await queue.send("a1", ...(isFifo ? (["a", "1"] as const) : []));
      const first = await queue.take();
      await queue.show("a1");
      const second = await queue.take();
      await queue.remove("a1");
      return [first, second, await queue.take()];
    });
    expect(seen).toEqual(["a1", "a1", undefined]);
  });
});

test("only the model: five minutes later the same id is a new message, and a batch brings several of one group", () => {
  let now = 0;
  const queue = createQueueModel("model.fifo", () => now);
  const send = () => queue.send({ body: "a", group: "a", deduplicationId: "1" }).swallowed;
  expect([send(), send()]).toEqual([false, true]);
  now = 5 * 60_000;
  expect(send()).toBe(false);
  expect(queue.take(10, 1_000)).toHaveLength(2);
});
