/** What people look up about Shopify. */
import { type GatewayFacts, hour } from "../facts.ts";

export const facts: GatewayFacts = {
  title: "Shopify",
  sources: [
    "https://shopify.dev/docs/apps/build/webhooks",
    "https://shopify.dev/docs/apps/build/webhooks/ignore-duplicates",
    "npm @shopify/shopify-api: webhooks.validate",
  ],
  confidence: "M",
  proof: "X-Shopify-Hmac-Sha256: HMAC-SHA256 (base64) of the body; the headers beside it are not signed",
  key: "X-Shopify-Event-Id + SHA-256 of the body + topic + subscription name",
  headers: ["shopify-*", "x-shopify-*"],
  charset: "UTF-8",
  deadlineSeconds: 5,
  retries: { within: 4 * hour, times: 8, note: "after 8 failures in a row a subscription made by API is removed" },
  mode: "`test` of orders and transactions; `X-Shopify-Test` of what is sent by hand",
  announces: "orders, transactions, refunds, disputes, subscription contracts and billing attempts; never in order",
  cannotSay:
    "the amount of a billing attempt, which orders/paid carries, and what an app's own customers are charged. Nothing is read back",
  sure: { proof: "H 3", key: "M", answers: "H 1", deadline: "H 1", retries: "H 1", announces: "M 1" },
  doubts: [
    "A payment is known by its order; transactions are its parts, and a void is about the transaction that it names. The origin order of two contracts belongs to both.",
    "What is paid by hand (`manual_payment_gateway`, or a gateway called manual, cash, Cash on Delivery (COD), Money Order or Bank Deposit) is no charge; of an order of which only `orders/paid` is sent, its `payment_gateway_names` decide (medium confidence).",
    "Topic, event id and time travel in unsigned headers. The event id is not used; of the topic depends what a body means, so anyone who has seen a genuine request can send its body again under another topic.",
    'Deliveries of the newer "events" kind are verified, but their bodies are left unknown.',
    "Two events of one topic with the same body to the byte are one callback.",
  ],
};
