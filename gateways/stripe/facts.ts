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
  cannotSay: "what a thin event is about. Nothing is read back",
  sure: { proof: "H 3", key: "H 1", answers: "H 1", deadline: "-", retries: "H 2", announces: "H 3" },
  doubts: [
    "Since API 2025-03-31 an invoice names no payment intent: `invoice_payment.paid` ties the two, so subscribe to it. Without it a subscription made by Checkout is tied by `checkout.session.completed`, and others only where the intent names its invoice.",
    "Since API 2025-03-31 an invoice does not say that it was paid outside Stripe: `invoice_payment.paid` does, by its payment record (medium confidence). Without it the invoice counts as charged.",
    "`payment_details.order_reference`, which names the invoice or the Checkout session of a payment intent, is in recorded traffic but not documented, and cut short there (medium confidence).",
    "What comes back of a dispute that stays lost is read from its balance transactions, where they are in the payment's currency (medium confidence); otherwise reinstated funds are all of it.",
    "A charge of an invoice is recognised by Stripe's own description of it (low confidence).",
    "`cancel_at_period_end` is a notice: the contract runs on.",
  ],
};
