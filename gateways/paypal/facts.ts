/** What people look up about PayPal. */
import { day, type GatewayFacts } from "../facts.ts";

export const facts: GatewayFacts = {
  title: "PayPal",
  sources: [
    "https://developer.paypal.com/api/rest/webhooks/",
    "https://developer.paypal.com/api/rest/webhooks/rest/",
    "https://developer.paypal.com/api/rest/webhooks/event-names/",
  ],
  confidence: "M",
  proof: "PAYPAL-TRANSMISSION-SIG: RSA-SHA256 of id|time|webhook id|CRC-32 of the body, by a pinned certificate",
  key: "id (WH-...)",
  headers: [
    "correlation-id",
    "paypal-auth-algo",
    "paypal-auth-version",
    "paypal-cert-url",
    "paypal-transmission-id",
    "paypal-transmission-sig",
    "paypal-transmission-time",
  ],
  charset: "UTF-8",
  secret: "rsa",
  retries: { within: 3 * day, times: 25, note: "then failed until resent by hand" },
  mode: "the host of the event's `links`",
  announces:
    "sales, captures, refunds, authorisations, subscriptions, agreements, disputes; never card checks, nor which subscription a refund is of",
  cannotSay: "which payment it was that failed. Nothing is read back",
  sure: { proof: "H 2", key: "M 1", answers: "H 1", deadline: "-", retries: "H 1", announces: "M 3" },
  doubts: [
    "The signature covers no more of the body than its CRC-32, so anyone who has seen a genuine callback can forge another body for its headers.",
    "Certificates are pinned by the operator; their dates and their chain are not checked (docs/decisions/0010).",
    "The webhook id `WEBHOOK_ID`, which PayPal's simulator signs with for everybody, is rejected.",
    "A capture is a part of the authorisation or order that it names; one that names neither is a payment of its own.",
    "A payment has one dispute without an id, and a reversal counts as that dispute, lost until the seller wins it (medium confidence).",
    "A lost dispute counts only for what no refund since its opening explains, unless a reversal is reported: PayPal says that accepting a claim refunds it, and not which events come (medium confidence).",
    "A failed payment of a subscription has no id.",
    "That ACCEPTED means lost, and DENIED and RESOLVED_WITH_PAYOUT mean won, is a reading of PayPal's words.",
  ],
};
