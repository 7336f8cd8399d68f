/** Step 7 of the path: a record, or its events, sent to the target. At least once; always with the same id. */
import type { Millis } from "../../core/callback.ts";
import type { ResolvedHttpTarget } from "../../core/config/defaults.ts";
import { type Outgoing, retryAfterMs } from "../../core/delivery.ts";
import type { Delivery } from "../../core/lifecycle/retry.ts";
import { createSendDirect } from "./direct.ts";
import { type HttpOutcome, sendHttp } from "./http.ts";
import { createMessages, type DeliveryOrder, type MessageDependencies } from "./messages.ts";

export type Deliver = (order: DeliveryOrder) => Promise<Delivery>;

/** Never throws for what an application does. With several messages, the first that fails is the outcome; a retry sends all again. */
export const createDeliver = (dependencies: MessageDependencies): Deliver => {
  const { config, clock } = dependencies;
  const messagesFor = createMessages(dependencies);
  const sendDirect = createSendDirect(config.name, clock);
  return async (order) => {
    const target = config.targets[order.target];
    if (!target) return { kind: "undeliverable", cause: { kind: "target not configured", target: order.target } };
    if (target.kind !== "http") return oneByOne(order.events, (event) => sendDirect(target, order, event));
    const made = await messagesFor(order, target);
    if (made.kind === "secret unreadable") return { kind: "unsigned", cause: made };
    const delivery = await oneByOne(made.messages, async (message) => toDelivery(await sendTo(target, message, order.signal), clock()));
    const signature = made.signature?.();
    return delivery.kind === "answered" && signature ? { ...delivery, signature } : delivery;
  };
};

const oneByOne = async <Message>(messages: readonly Message[], send: (message: Message) => Promise<Delivery>): Promise<Delivery> => {
  let delivery: Delivery = { kind: "delivered", answer: "nothing to send" };
  for (const message of messages) {
    delivery = await send(message);
    if (delivery.kind !== "delivered") break;
  }
  return delivery;
};

const sendTo = (target: ResolvedHttpTarget, message: Outgoing, signal: AbortSignal | undefined): Promise<HttpOutcome> =>
  sendHttp({
    ...message,
    timeoutMs: target.timeoutSeconds * 1000,
    allowAddresses: target.allowAddresses,
    signal,
  });

const toDelivery = (outcome: HttpOutcome, now: Millis): Delivery => {
  if (outcome.kind === "unanswered") return outcome;
  if (outcome.kind === "unsendable") return { kind: "undeliverable", cause: outcome.cause };
  const answer = `${outcome.status}${outcome.excerpt ? ` ${outcome.excerpt}` : ""}`;
  if (outcome.status >= 200 && outcome.status < 300) return { kind: "delivered", answer };
  const wait = retryAfterMs(outcome.headers["retry-after"], now);
  return { kind: "answered", status: outcome.status, answer, ...(wait !== undefined && { retryAfterMs: wait }) };
};
