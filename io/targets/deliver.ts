/** Deliver: a record, or its events, sent to the target. At least once; always with the same id. */
import type { Millis } from "../../core/callback.ts";
import type { ResolvedHttpTarget } from "../../core/config/defaults.ts";
import { type Outgoing, retryAfterMs } from "../../core/delivery/delivery.ts";
import type { PaymentEvent } from "../../core/event.ts";
import { type Delivery, proofStatuses } from "../../core/lifecycle/retry.ts";
import { createSendDirect } from "./direct.ts";
import { type HttpOutcome, type HttpRequest, sendHttp } from "./http.ts";
import { createMessages, type DeliveryOrder, type MessageDependencies, type Messages } from "./messages.ts";

/**
 * Never throws for what an application does. Several messages are sent one after another, in their order; the first that fails is the
 * outcome, and those after it are not sent.
 */
export type Deliver = (order: DeliveryOrder) => Promise<Delivery>;

/** @param send for tests: what carries a message out */
export const createDeliver = ({ send = sendHttp, ...dependencies }: MessageDependencies & { readonly send?: typeof sendHttp }): Deliver => {
  const { config, clock } = dependencies;
  const messagesFor = createMessages(dependencies);
  const sendDirect = createSendDirect(config.name, clock);
  return async (order) => {
    const target = config.targets[order.target];
    if (!target) return { kind: "undeliverable", cause: { kind: "target not configured", target: order.target } };
    if (target.kind !== "http")
      return oneByOne(
        order.events.map((event) => ({ event, send: (attempt) => sendDirect(target, { ...order, attempt }, event) })),
        order,
      );
    const made = await messagesFor(order, target);
    if (made.kind === "secret unreadable") return { kind: "unsigned", cause: made };
    const delivery = await oneByOne(
      made.messages.map(({ event, make }) => ({
        event,
        send: async (attempt) => {
          const once = async () => toDelivery(await send(requestTo(target, make(attempt), order.signal)), clock(), made.isRejection);
          const answer = await once();
          // The application may have the new key of a rotation before we have.
          const isRefused = answer.kind === "answered" && proofStatuses.has(answer.status);
          return isRefused && (await made.hasNewKeys?.()) ? once() : answer;
        },
      })),
      order,
    );
    const signature = made.signature?.();
    return delivery.kind === "answered" && signature ? { ...delivery, signature } : delivery;
  };
};

interface Sending {
  readonly event?: PaymentEvent | undefined;
  send(attempt: number): Promise<Delivery>;
}

const oneByOne = async (messages: readonly Sending[], { attempt, mayGoOn }: DeliveryOrder): Promise<Delivery> => {
  let delivery: Delivery = { kind: "delivered", answer: "nothing to send" };
  for (const [index, { event, send }] of messages.entries()) {
    // Of several, only the first was sent before.
    delivery = await send(index === 0 ? attempt : 1);
    if (delivery.kind !== "delivered") break;
    const isLast = index === messages.length - 1;
    if (event && !isLast && mayGoOn && !(await mayGoOn(event))) return { kind: "partly" };
  }
  return delivery;
};

const requestTo = (target: ResolvedHttpTarget, message: Outgoing, signal: AbortSignal | undefined): HttpRequest => ({
  ...message,
  timeoutMs: target.timeoutSeconds * 1000,
  allowAddresses: target.allowAddresses,
  signal,
});

const toDelivery = (outcome: HttpOutcome, now: Millis, isRejection: Messages["isRejection"]): Delivery => {
  if (outcome.kind === "unanswered") return outcome;
  if (outcome.kind === "unsendable") return { kind: "undeliverable", cause: outcome.cause };
  const answer = `${outcome.status}${outcome.excerpt ? ` ${outcome.excerpt}` : ""}`;
  if (outcome.status >= 200 && outcome.status < 300)
    return isRejection?.(outcome.excerpt) ? { kind: "rejected", status: outcome.status, answer } : { kind: "delivered", answer };
  const wait = retryAfterMs(outcome.headers["retry-after"], now);
  return { kind: "answered", status: outcome.status, answer, ...(wait !== undefined && { retryAfterMs: wait }) };
};
