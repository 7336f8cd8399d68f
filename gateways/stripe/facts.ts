/** What people look up about Stripe. */
import { day, type GatewayFacts } from "../facts.ts";

export const facts: GatewayFacts = {
  title: "Stripe",
  sources: [
    "https://docs.stripe.com/webhooks",
    "https://docs.stripe.com/webhooks/process-undelivered-events",
    "https://github.com/stripe/stripe-node",
  ],
  confidence: "H",
  proof: "Stripe-Signature: t, v1; HMAC-SHA256 (hex) of t.body; rejected when older than 300 s",
  key: "id (evt_...)",
  headers: ["stripe-signature"],
  charset: "UTF-8",
  secret: "whsec",
  retries: { within: 3 * day, note: "live; sandbox 3 times in a few hours" },
  mode: "`livemode`",
  announces: "charges, refunds, disputes, card checks (SetupIntent) and every state of a subscription; no order guaranteed",
  cannotSay: "what a thin event is about, and since API 2025-03-31 which invoice a charge paid. Nothing is read back",
  sure: { proof: "H 3", key: "H 1", answers: "H 1", deadline: "-", retries: "H 2", announces: "H 3" },
  doubts: [
    "Since API 2025-03-31 an invoice names no payment intent, so its payment is known by `in_...`. Refunds and disputes there know the payment intent only, and stand in a line of their own.",
    "`payment_details.order_reference`, which names the invoice of a payment intent, is in recorded traffic but not documented (medium confidence).",
    "A charge of an invoice is recognised by Stripe's own description of it (low confidence).",
    "`cancel_at_period_end` is a notice: the contract runs on.",
  ],
};
