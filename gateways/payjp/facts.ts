/** What people look up about PAY.JP. */
import { every, type GatewayFacts, minute } from "../facts.ts";

export const facts: GatewayFacts = {
  title: "PAY.JP",
  sources: [
    "https://docs.pay.jp/v1/webhook",
    "https://github.com/payjp/payjp-go/blob/master/v1/event.go",
    "https://pay.jp/info/2026-07-17-150000",
  ],
  confidence: "M",
  proof: "X-Payjp-Webhook-Token equals the account's token; the body is not covered",
  key: "id",
  headers: ["x-payjp-webhook-token"],
  charset: "UTF-8",
  zone: "Asia/Tokyo",
  retries: { waits: every(3 * minute, 3) },
  mode: "`livemode`",
  announces: "charges, refunds, subscriptions, customers and cards; never disputes or card checks",
  cannotSay: "nothing as a rule; its token is weak, so every event can be read back to confirm it",
  sure: { proof: "H 1", key: "H 1", answers: "H 1", deadline: "-", retries: "M 1", announces: "M 1" },
  doubts: [
    "Where a capture takes less than was authorised, the rest is read from `amount_refunded` (low confidence).",
    "A failed renewal is assumed to be `charge.failed` followed by `subscription.paused` (low confidence).",
    "The token is the same in every callback: anyone who sees one can make others.",
  ],
};
