/**
 * App: the application itself, which says who is entitled to what. Its events are entered into the ledger beside the gateways' and are
 * delivered nowhere; docs/application.md has the vocabulary.
 * Signed as Standard Webhooks: the headers `webhook-id`, `webhook-timestamp` and `webhook-signature`, HMAC-SHA256 of
 * `<id>.<timestamp>.<body>`; strong. Id: `webhook-id`, chosen by the application and equal on every retry. Ack: 200. Nack: 500.
 */
import type { Front } from "../gateway.ts";
import { front as standardWebhooks } from "../standard-webhooks/front.ts";

export const front: Front = { ...standardWebhooks, name: "app" };

export { sign } from "../standard-webhooks/front.ts";
