/** The queue models behind SQS's own protocol: reads the SDK's requests, gives the answers the SDK checks. */
import { createHash } from "node:crypto";
import type { Call } from "./call.ts";
import { largestMessage, type QueueModel } from "./queue-model.ts";
import { jsonResponse, type WireResponse } from "./wire.ts";

export interface QueueEvents {
  sent(queue: string, message: { readonly id: string; readonly body: string; readonly swallowed: boolean }): void;
  removed(queue: string, id: string): void;
}

const md5 = (text: string): string => createHash("md5").update(text).digest("hex");

const refusal = (type: string, message: string): WireResponse => jsonResponse(400, { __type: `com.amazonaws.sqs#${type}`, message });

/** @param queues by the end of their names: `doorbells`, `dead-letters`, `spill`. */
export const answerAsSqs = (call: Call, queues: Readonly<Record<string, QueueModel>>, events: QueueEvents): WireResponse => {
  const queue = queues[call.subject];
  if (!queue) return refusal("QueueDoesNotExist", "The specified queue does not exist.");
  const { input } = call;
  const take = (entry: { MessageBody?: string; MessageGroupId?: string; MessageDeduplicationId?: string }) => {
    const body = entry.MessageBody ?? "";
    const sent = queue.send({ body, group: entry.MessageGroupId, deduplicationId: entry.MessageDeduplicationId });
    events.sent(call.subject, { ...sent, body });
    return { MessageId: sent.id, MD5OfMessageBody: md5(body) };
  };
  switch (call.operation) {
    case "SendMessage":
      if (Buffer.byteLength(input.MessageBody ?? "") > largestMessage)
        return refusal("InvalidParameterValue", "One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.");
      return jsonResponse(200, take(input));
    case "SendMessageBatch":
      return jsonResponse(200, { Successful: (input.Entries ?? []).map((entry) => ({ Id: entry.Id, ...take(entry) })), Failed: [] });
    case "ReceiveMessage": {
      const messages = queue.take(input.MaxNumberOfMessages ?? 1, (input.VisibilityTimeout ?? 30) * 1_000);
      return jsonResponse(200, {
        Messages: messages.map(({ id, body, handle }) => ({ MessageId: id, ReceiptHandle: handle, Body: body, MD5OfBody: md5(body) })),
      });
    }
    case "GetQueueAttributes": {
      const { visible, away } = queue.depth();
      return jsonResponse(200, {
        Attributes: {
          ApproximateNumberOfMessages: String(visible),
          ApproximateNumberOfMessagesNotVisible: String(away),
          ApproximateNumberOfMessagesDelayed: "0",
        },
      });
    }
    case "ChangeMessageVisibility":
      return queue.changeVisibility(input.ReceiptHandle ?? "", (input.VisibilityTimeout ?? 0) * 1_000)
        ? jsonResponse(200, {})
        : refusal("MessageNotInflight", "The specified message isn't in flight.");
    case "DeleteMessage": {
      const id = (input.ReceiptHandle ?? "").replace(/-\d+$/, "");
      const known = queue.messages().some((message) => message.id === id);
      if (!queue.remove(input.ReceiptHandle ?? "")) return refusal("InvalidParameterValue", "The receipt handle has expired.");
      if (known && !queue.messages().some((message) => message.id === id)) events.removed(call.subject, id);
      return jsonResponse(200, {});
    }
    default:
      return refusal("UnsupportedOperation", `the simulator's queues know no ${call.operation}`);
  }
};
