/** One event sent to a target in AWS, by the kind of target. */

import type { Millis } from "../../core/callback.ts";
import { readArn } from "../../core/config/arn.ts";
import type { ResolvedAwsTarget } from "../../core/config/defaults.ts";
import { busEvent } from "../../core/delivery/bus-event.ts";
import { directMessage } from "../../core/delivery/delivery.ts";
import { queueMessage } from "../../core/delivery/queue-message.ts";
import type { PaymentEvent } from "../../core/event.ts";
import type { Delivery } from "../../core/lifecycle/retry.ts";
import { createPutOnBus } from "./event-bus.ts";
import { createInvokeFunction } from "./lambda.ts";
import type { DeliveryOrder } from "./messages.ts";
import { createSendToQueue } from "./sqs.ts";

export type SendDirect = (
  target: ResolvedAwsTarget,
  order: Pick<DeliveryOrder, "record" | "attempt" | "acceptedBefore" | "signal">,
  event: PaymentEvent,
) => Promise<Delivery>;

/** @param deployment its name, which an event bus gets */
export const createSendDirect = (deployment: string, clock: () => Millis): SendDirect => {
  const [sendToQueue, invoke, putOnBus] = [createSendToQueue(), createInvokeFunction(), createPutOnBus(clock)];
  return async (target, { record, attempt, acceptedBefore, signal }, event) => {
    const at = readArn(target.kind, target.arn);
    const call = { place: target.arn, region: at.region, timeoutMs: target.timeoutSeconds * 1000, signal };
    switch (target.kind) {
      case "sqs":
        return sendToQueue(queueMessage(record, event, attempt, acceptedBefore), at, call);
      case "lambda":
        return invoke(JSON.stringify(directMessage(record, event, attempt)), call);
      case "eventbridge":
        return putOnBus(busEvent(deployment, record, event, attempt), call);
      default:
        return target satisfies never;
    }
  };
};
