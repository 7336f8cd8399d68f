/** What people look up about ZEUS. */
import { every, type GatewayFacts, minute } from "../facts.ts";

export const facts: GatewayFacts = {
  title: "ZEUS",
  sources: ["https://support.cardservice.co.jp/hc/ja/articles/28562945709977", "https://github.com/wp-plugins/usc-e-shop"],
  confidence: "M",
  proof: "none but the published source addresses, and options.clientip where it is set",
  key: "ordd, result, money; or order_no, status",
  headers: [],
  charset: "Shift_JIS",
  zone: "Asia/Tokyo",
  neverTells: ["ends", "refunds"],
  retries: { waits: every(minute, 5), note: "at most; then an error mail and a button to send it again; the waits are assumed" },
  announces: "card payments, card checks, slips and transfers; never cancellations, refunds or chargebacks",
  cannotSay: "an amount, should one ever be missing. Nothing is read back",
  sure: { proof: "M 2", key: "M 2", answers: "M 2", deadline: "-", retries: "M 1", announces: "M 2" },
  doubts: [
    "The member (`sendid`) is customer and contract in one, and nothing says which state a contract is in.",
    "A slip's status is read as 01 unpaid, 02 error, 03 expired, 04 paid, 05 sale final, 06 taken back, 11 to 13 the same after a cancellation. Three public sources agree; another calls 05 an expiry.",
    "`successok` or `zeus`: both are in use, so the answer may not be read at all.",
  ],
};
