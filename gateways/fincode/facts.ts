/** What people look up about fincode byGMO. */
import { every, type GatewayFacts, minute } from "../facts.ts";

export const facts: GatewayFacts = {
  title: "fincode byGMO",
  sources: [
    "https://github.com/fincode-byGMO/fincode-mcp/blob/main/packages/fincode-mcp-docs/fincode-openapi.yml",
    "https://docs.fincode.jp/api",
  ],
  confidence: "H",
  proof: "Fincode-Signature equals the text registered with the webhook; the body is not covered",
  key: "event, ids, status, amounts, dates and error_code",
  headers: ["fincode-signature"],
  rejections: [/^\{\s*"receive"\s*:\s*"1"\s*\}$/],
  charset: "UTF-8",
  zone: "Asia/Tokyo",
  retries: { waits: every(20 * minute, 5), note: "about" },
  mode: "`.stub` at the end of the event, for slips and transfers only",
  announces: "payments, cards, subscriptions; renewals by card only as counts, and never chargebacks",
  cannotSay:
    "which renewals a batch consisted of: read back from the list of payments. Whether a cancellation was a refund: not even there",
  sure: { proof: "H 1", key: "H 1", answers: "H 1", deadline: "-", retries: "M", announces: "H 1" },
  doubts: [
    "A cancellation is reported as a void whose type is incomplete: it does not say whether money went back, and neither does the API.",
    "Batches of renewals are notices until their payments have been read back.",
    "An INCOMPLETE subscription counts as cancelled: it could never be charged.",
    "The retries (about every 20 minutes, up to 5 times) rest on one source; the deadline is not known.",
  ],
};
