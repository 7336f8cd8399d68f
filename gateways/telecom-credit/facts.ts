/** What people look up about Telecom Credit. */
import { every, type GatewayFacts, minute } from "../facts.ts";

export const facts: GatewayFacts = {
  title: "Telecom Credit",
  sources: ["https://www.telecomcredit.co.jp/"],
  confidence: "M",
  proof: "none but the published source addresses, and options.clientip where it is set",
  key: "settle_uuid, or credit_id and settle_count, with rel; or member_id",
  headers: [],
  charset: "Shift_JIS",
  zone: "Asia/Tokyo",
  neverTells: ["refunds"],
  retries: { waits: every(5 * minute, 36), note: "about" },
  announces: "payments, renewals, failures and the end of a contract; never refunds or chargebacks",
  cannotSay: "an amount, should one ever be missing. Nothing is read back",
  sure: { proof: "M", key: "M", answers: "M", deadline: "-", retries: "M", announces: "M" },
  doubts: [
    "The member (`sendid`) is customer and contract in one.",
    "The end of a contract comes without an id and without a time: when a member leaves, returns and leaves again, the second end looks like a redelivery of the first.",
    "52.196.8.0 is read as one address; one source reads it as a block of 256.",
  ],
};
