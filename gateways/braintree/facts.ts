/** What people look up about Braintree. */
import { day, type GatewayFacts } from "../facts.ts";

export const facts: GatewayFacts = {
  title: "Braintree",
  sources: [
    "https://developer.paypal.com/braintree/docs/guides/webhooks/parse",
    "https://developer.paypal.com/braintree/docs/guides/webhooks/create",
    "npm braintree: WebhookNotificationGateway",
  ],
  confidence: "H",
  proof: "bt_signature: publicKey|HMAC-SHA1 (hex) of bt_payload, keyed with SHA-1 of the private key",
  key: "SHA-256 of bt_payload",
  headers: [],
  charset: "UTF-8",
  neverTells: ["refunds"],
  retries: { within: day, note: "in production; 3 hours in the sandbox, often quoted" },
  announces: "subscriptions and their charges, settlement of some payment methods, disputes; never card checks, voids or plain sales",
  cannotSay: "the payment of a charge announced without its transaction. Nothing is read back",
  sure: { proof: "H 3", key: "M", answers: "H 1", deadline: "-", retries: "M", announces: "H 3" },
  doubts: [
    "There is no event id: the hash of the payload is the key, since retries repeat the payload (medium confidence).",
    "A payload that could have been a registration challenge is rejected, because anybody can have a challenge signed.",
    "A charge renews its contract only when the billing cycle is above 1.",
    "A settlement that is declined is reported as a void of the charge reported before.",
    "A local payment that expires or is reversed names no transaction; it is joined with its transaction by the payment's id, where that was reported.",
    "The deadline of 30 seconds and the sandbox's retries of 3 hours are often quoted and not confirmed.",
  ],
};
