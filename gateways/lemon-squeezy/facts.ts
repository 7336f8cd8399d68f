/** What people look up about Lemon Squeezy. */
import { type GatewayFacts, second } from "../facts.ts";

export const facts: GatewayFacts = {
  title: "Lemon Squeezy",
  sources: [
    "https://docs.lemonsqueezy.com/help/webhooks/signing-requests",
    "https://docs.lemonsqueezy.com/help/webhooks/event-types",
    "https://github.com/pay-rails/pay",
  ],
  confidence: "M",
  proof: "X-Signature: HMAC-SHA256 (hex) of the body",
  key: "SHA-256 of the body",
  headers: ["x-event-name", "x-signature"],
  charset: "UTF-8",
  retries: { waits: [5 * second, 25 * second, 125 * second], note: "often quoted, not confirmed" },
  mode: "`test_mode` of the event or its object",
  announces: "orders, subscriptions and their payments; a first invoice and its order are joined by the subscription's events",
  cannotSay: "an amount, should one ever be missing. Nothing is read back",
  sure: { proof: "M 3", key: "M", answers: "M 3", deadline: "-", retries: "L", announces: "M 2" },
  doubts: [
    "The first payment of a subscription is reported twice, as an order and as an invoice. Both are one payment once any `subscription_...` event has named the order. Without those events it is counted twice, unless `options.orders` is `notices` (orders do not count) or `charges` (first invoices do not).",
    "There is no event id: the hash of the body is the key.",
    "`refunded_amount` is the total refunded so far, so the latest refund replaces those before.",
    "The number of retries (three more) is often quoted and not confirmed.",
  ],
};
