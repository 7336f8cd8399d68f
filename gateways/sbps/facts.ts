/** What people look up about SB Payment Service. */
import type { GatewayFacts } from "../facts.ts";

export const facts: GatewayFacts = {
  title: "SB Payment Service",
  sources: [
    "https://developer.sbpayment.jp/en/system-specifications/link-type/2517",
    "https://developer.sbpayment.jp/en/system-specifications/link-type/4266",
    "https://github.com/wozaki/sbpayment.rb",
  ],
  confidence: "M",
  proof: "sps_hashcode: SHA-1 (hex) of the values in the specification's order and the hash key; no time; addresses where configured",
  key: "res_tracking_id, order_id, res_result, res_payinfo_key (without the mail address), res_date; XML: ids, rec_datetime, rec_type, rec_amount_total",
  headers: [],
  rejections: [/^NG(,|$)/, /^<(\?xml|sps-api-response).*<res_result>\s*NG\s*<\/res_result>/],
  charset: "Shift_JIS (hashed as UTF-8)",
  zone: "Asia/Tokyo",
  neverTells: ["refunds"],
  retries: { waits: [], note: "of purchase results; of deposits by a paid service" },
  announces: "purchases, deposits and their expiry; never captures, refunds or voids made by API or by hand, nor chargebacks",
  cannotSay: "the customer and order of an API-type deposit notice. Nothing is read back",
  sure: { proof: "H 3", key: "M", answers: "H 3", deadline: "-", retries: "M", announces: "M 2" },
  doubts: [
    "The hash has no separators and no time: text can slide from one field into the next, and an old notice never expires. Configure the addresses too.",
    "Amounts are assumed to contain the tax (medium confidence), and `OK` for a card counts as paid, although the shop may only authorise (low confidence).",
    "For convenience stores, Pay-easy and bank transfer `OK` is a slip and a notice; `PY` is the payment.",
    "What R02 of Rakuten Pay means is not known.",
    "A monthly notice that carries a tracking_id counts as a renewal (low confidence): how later months are reported is not public.",
    "A cancellation of a single purchase that has a tracking_id is about the purchase of that number (low confidence).",
    "The hash of XML notices is accepted over Shift_JIS or UTF-8; encrypted XML is not read.",
    "Whether an explicit `NG,` makes SBPS void the purchase is not known, so it is never sent unless you say so.",
  ],
};
