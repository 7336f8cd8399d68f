/** What people look up about Standard Webhooks (Svix, Polar, Clerk). */
import { type GatewayFacts, hour, minute, second } from "../facts.ts";

export const facts: GatewayFacts = {
  title: "Standard Webhooks (Svix, Polar, Clerk)",
  sources: [
    "https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md",
    "https://docs.svix.com/retries",
    "https://polar.sh/docs/integrate/webhooks/events",
    "https://clerk.com/docs/guides/development/webhooks/billing",
  ],
  confidence: "H",
  proof: "webhook-signature: v1; HMAC-SHA256 (base64) of id.timestamp.body, 300 s both ways; or v1a, Ed25519",
  key: "webhook-id or svix-id",
  headers: ["svix-id", "svix-signature", "svix-timestamp", "webhook-id", "webhook-signature", "webhook-timestamp"],
  charset: "UTF-8",
  secret: "whsec",
  deadlineSeconds: 15,
  retries: {
    waits: [5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 10 * hour],
    note: "Svix; the endpoint is switched off after 5 days of failures",
  },
  announces: "Polar: orders, refunds, every state of a subscription; Clerk: payment attempts and subscription items; no order guaranteed",
  cannotSay: "which subscription item Clerk's payment for several items belongs to. Nothing is read back",
  sure: { proof: "H 1", key: "H 1", answers: "H 1", deadline: "H 2", retries: "H 2", announces: "H 3" },
  doubts: [
    "Polar and Clerk take payments by Stripe and hand on its amounts; that they are in Stripe's own units (ISK, UGX, MGA) is inferred (low confidence).",
    "A Polar order counts with what is due (`due_amount`): what a customer's balance covers was not taken.",
    "Without `options.secretEncoding` a secret may be base64 or plain text; either will do.",
    "Clerk's billing events are a beta: their shapes may change (low confidence).",
    "Polar's `subscription.canceled` ends the contract only when its status says so; the end is `subscription.revoked`.",
  ],
};
