/** What people look up about GMO Epsilon. */
import type { GatewayFacts } from "../facts.ts";

export const facts: GatewayFacts = {
  title: "GMO Epsilon",
  sources: ["https://www.epsilon.jp/developer/", "https://github.com/wp-plugins/usc-e-shop"],
  confidence: "M",
  proof: "none; the source's addresses and options.contractCode where they are set",
  key: "trans_code, order_number, state, paid",
  headers: [],
  rejections: [/^0 \d{3}( |$)/],
  charset: "Shift_JIS",
  zone: "Asia/Tokyo",
  neverTells: ["ends", "refunds"],
  retries: { unpublished: true },
  announces: "payments at convenience stores and by Pay-easy, completed orders; anything else is not public",
  cannotSay:
    "what any value of `paid` but 1 means, and what renewed a contract. Nothing is read back: Epsilon's query answers fixed addresses only",
  sure: { proof: "L", key: "M 2", answers: "M 2", deadline: "-", retries: "-", announces: "M 2" },
  doubts: [
    "Nothing in a callback can be verified. Without `addresses` and `options.contractCode` anybody's notice is accepted.",
    "Only `paid=1` has a known meaning. Retries, deadline, sending addresses and the notices of monthly charges are not public.",
  ],
};
