/** What a receiver does with a message from Holdfast, whatever the framework: verify the bytes, apply it once, answer. */
import type { PaymentMessage } from "holdfast/message";
import { type Webhook, WebhookVerificationError } from "standardwebhooks";
import type { Store } from "./store.ts";

export interface Receiver {
  /** `new Webhook("whsec_...")`, with the key in the target's secret. */
  readonly webhook: Webhook;
  readonly store: Store;
}

export interface Received {
  /** As it came. A body that was parsed and written again has another signature. */
  readonly body: string | Buffer;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** More than any message has; Express would stop at 100 KB. */
export const mostBytes = 1_000_000;

/**
 * The status to answer with. 401 makes a dead letter, which an operator sees; it stays with what is not ours.
 * @throws what the store throws: the framework answers 500, and the message comes again.
 */
export const receive = async ({ webhook, store }: Receiver, { body, headers }: Received): Promise<204 | 401> => {
  const signed = Object.fromEntries(
    ["webhook-id", "webhook-timestamp", "webhook-signature"].map((name) => [name, String(headers[name] ?? "")]),
  );
  const message = verified(webhook, body, signed);
  if (!message) return 401;
  await store.applyOnce(String(headers["webhook-id"]), message);
  return 204;
};

/** Undefined for what was not signed with the key within five minutes of now. What was signed with it has this form. */
const verified = (webhook: Webhook, body: string | Buffer, signed: Record<string, string>): PaymentMessage | undefined => {
  try {
    return webhook.verify(body, signed) as PaymentMessage;
  } catch (error) {
    if (error instanceof WebhookVerificationError) return undefined;
    throw error;
  }
};
