/** What people look up about Paddle Billing. */
import { day, type GatewayFacts } from "../facts.ts";

export const facts: GatewayFacts = {
  title: "Paddle Billing",
  sources: [
    "https://developer.paddle.com/webhooks/signature-verification",
    "https://developer.paddle.com/webhooks/respond-to-webhooks",
    "npm @paddle/paddle-node-sdk: WebhooksValidator",
  ],
  confidence: "H",
  proof: "Paddle-Signature: ts, h1; HMAC-SHA256 (hex) of ts:body; not older than 5 seconds",
  key: "event_id",
  headers: ["paddle-signature", "paddle-version"],
  charset: "UTF-8",
  deadlineSeconds: 5,
  retries: { within: 3 * day, times: 60, note: "live; sandbox 3 times in 15 minutes; replay by API" },
  announces: "transactions, adjustments (refunds, chargebacks) and subscription states; never the order of events",
  cannotSay: "an amount, should one ever be missing. Nothing is read back",
  sure: { proof: "H 3", key: "M", answers: "H 2", deadline: "H 2", retries: "H 2", announces: "H 3" },
  doubts: [
    "A transaction of zero that tried a payment method is a card check.",
    "`transaction.past_due` is a notice, since the subscription says so too.",
    "A `chargeback` adjustment takes the money at once, and is a lost dispute until a `chargeback_reverse` wins it. Neither names the other: one transaction has one dispute.",
    "`chargeback_warning` is a notice: what Paddle gives back to avert a chargeback should come as a refund of its own (medium confidence).",
    "The five seconds of Paddle's own library are kept: a front that delays requests for longer would reject genuine callbacks.",
  ],
};
