/** What people look up about the application's own events. */
import { type GatewayFacts, hour, minute, second } from "../facts.ts";

export const facts: GatewayFacts = {
  title: "Your application",
  sources: [
    "this repository: docs/application.md",
    "https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md",
  ],
  confidence: "H",
  proof: "webhook-signature: v1; HMAC-SHA256 (base64) of id.timestamp.body, 300 s both ways",
  key: "webhook-id",
  headers: ["webhook-id", "webhook-signature", "webhook-timestamp"],
  charset: "UTF-8",
  secret: "whsec",
  retries: {
    waits: [second, 2 * second, 4 * second, minute, hour],
    note: "yours: holdfast/app retries for some seconds, and leaves the rest to the queue that the application sends from",
  },
  announces: "entitlements, requests to cancel and to refund, closed accounts, linked contracts; never a payment",
  sure: { proof: "H 1", key: "H 1", answers: "H 1", deadline: "-", retries: "H 1", announces: "H 1" },
};
