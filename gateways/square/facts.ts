/** What people look up about Square. */
import { day, type GatewayFacts } from "../facts.ts";

export const facts: GatewayFacts = {
  title: "Square",
  sources: [
    "https://developer.squareup.com/docs/webhooks/overview",
    "https://developer.squareup.com/docs/webhooks/step3validate",
    "npm square: WebhooksHelper",
  ],
  confidence: "H",
  proof: "x-square-hmacsha256-signature: HMAC-SHA256 (base64) of registered URL + body",
  key: "event_id",
  headers: [
    "square-environment",
    "square-initial-delivery-timestamp",
    "square-retry-number",
    "square-retry-reason",
    "x-square-hmacsha256-signature",
    "x-square-signature",
  ],
  charset: "UTF-8",
  deadlineSeconds: 10,
  retries: { within: day, note: "then dropped; three weeks without a 2xx disable the subscription" },
  mode: "the header `Square-Environment`",
  announces: "payments, refunds, invoices, subscriptions, disputes; never which payment paid an invoice",
  cannotSay: "which payment of an order failed. Nothing is read back",
  sure: { proof: "H 3", key: "H 1", answers: "H 1", deadline: "H 1", retries: "M 1", announces: "H 3" },
  doubts: [
    "An invoice and the payment that paid it share only their order, by which they are joined; several payments of an order are parts of one.",
    "Cash and payments made elsewhere, which are only written down at Square, are notices.",
    "An inquiry that is closed counts as won: whoever keeps the money, no chargeback took it (medium confidence).",
    "A DEACTIVATED subscription counts as cancelled.",
    "Retries last 24 hours by one copy of Square's page, 72 hours by an older one.",
  ],
};
