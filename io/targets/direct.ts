/** One event sent to a target in AWS, by the kind of target. */
import type { ResolvedAwsTarget } from "../../core/config/defaults.ts";
import type { PaymentEvent } from "../../core/event.ts";
import type { Delivery } from "../../core/lifecycle/retry.ts";
import { queueMessage } from "../../core/queue-message.ts";
import type { DeliveryOrder } from "./messages.ts";
import { createSendToQueue } from "./sqs.ts";

export type SendDirect = (
  target: ResolvedAwsTarget,
  order: Pick<DeliveryOrder, "record" | "attempt" | "signal">,
  event: PaymentEvent,
) => Promise<Delivery>;

export const createSendDirect = (): SendDirect => {
  const sendToQueue = createSendToQueue();
  return async (target, { record, attempt, signal }, event) => {
    const call = { place: target.arn, timeoutMs: target.timeoutSeconds * 1000, signal };
    switch (target.kind) {
      case "sqs":
        return sendToQueue(queueMessage(record, event, attempt), call);
      default:
        return target.kind satisfies never;
    }
  };
};
