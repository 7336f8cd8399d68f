/** What people look up about VeriTrans4G. */
import type { GatewayFacts } from "../facts.ts";

export const facts: GatewayFacts = {
  title: "VeriTrans4G",
  sources: ["https://github.com/yunliantiao/veritrans-tgmdk", "https://github.com/wp-plugins/usc-e-shop"],
  confidence: "M",
  proof: "Content-Hmac: v=HMAC-SHA256 (hex) of the body with the hex-decoded authentication key",
  key: "pushId and every item's orderId, txnType and status",
  headers: ["content-hmac"],
  charset: "UTF-8",
  zone: "Asia/Tokyo",
  neverTells: ["ends"],
  secret: "hex",
  retries: { unpublished: true, note: "after anything but 200" },
  mode: "`dummy` of each item",
  announces: "authorisations, captures, cancellations, payments received; amounts of the latter only, never renewals or chargebacks",
  cannotSay: "amounts of card payments, and whether a cancellation was a refund. Nothing is read back: its API is not public",
  sure: { proof: "H 1", key: "M 2", answers: "M 2", deadline: "-", retries: "L", announces: "M 2" },
  doubts: [
    "Of `Content-Hmac` only what follows `;v=` is checked, as in VeriTrans's own library; `options.merchantCcid` pins the merchant.",
    "It does not say whether an authorisation was captured at once.",
    "That it retries after anything but 200, and sends no other amounts, is an assumption (low confidence).",
  ],
};
