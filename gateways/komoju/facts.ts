/** What people look up about KOMOJU. */
import type { GatewayFacts } from "../facts.ts";

export const facts: GatewayFacts = {
  title: "KOMOJU",
  sources: [
    "https://doc.komoju.com/docs/webhooks",
    "https://doc.komoju.com/reference/payments-2",
    "https://github.com/degica/komoju-woocommerce",
  ],
  confidence: "H",
  proof: "X-Komoju-Signature: HMAC-SHA256 (hex) of the body",
  key: "id",
  headers: ["x-komoju-event", "x-komoju-id", "x-komoju-signature"],
  charset: "UTF-8",
  zone: "Asia/Tokyo",
  retries: { unpublished: true, note: "it does retry" },
  announces: "payments, refunds, chargebacks as refunds, subscriptions; never which payment renewed a subscription",
  cannotSay: "an amount, should one ever be missing: the event is read back",
  sure: { proof: "H 1", key: "M 1", answers: "M", deadline: "-", retries: "-", announces: "H 1" },
  doubts: [
    "Amounts are assumed to be minor units (medium confidence).",
    "Expired and cancelled payments are voids. A chargeback is a lost dispute, as KOMOJU says no more about it.",
    "Payments and subscriptions share only their customer, so a subscription's payments stand beside it.",
    "The schedule of retries and the deadline are not published.",
  ],
};
