/** What people look up about GMO Payment Gateway (PG Multi-Payment). */
import { every, type GatewayFacts, hour } from "../facts.ts";

export const facts: GatewayFacts = {
  title: "GMO Payment Gateway (PG Multi-Payment)",
  sources: ["https://github.com/gmopg/sdk-nodejs", "https://faq.gmo-pg.com", "https://qiita.com/horikeso/items/c8e8a5ec623d94cc18cd"],
  confidence: "M",
  proof: "none: ShopID must be the configured one; the sender's address where addresses are configured",
  key: "ShopID, OrderID, AccessID, Status, JobCd, TranID, TranDate, ErrCode, ErrInfo; where they come, FinishDate and the amount cancelled",
  headers: [],
  rejections: [/^1$/],
  charset: "Shift_JIS",
  zone: "Asia/Tokyo",
  neverTells: ["ends"],
  deadlineSeconds: 15,
  retries: { waits: every(hour, 5), note: "about; failures are mailed to the shop" },
  announces: "authorisations, sales, voids, refunds, card checks, deposits; no chargebacks, and renewals without their customer",
  cannotSay: "the customer: read back by SearchTrade, where a stored member paid. The contract of a renewal: not even there",
  sure: { proof: "H 1", key: "M", answers: "M 3", deadline: "M 3", retries: "M 3", announces: "H 1" },
  doubts: [
    "Nothing is signed. `options.shopId` is required, and is not a secret; configure the addresses that GMO gives to its shops.",
    "A payment is known by its AccessID. Two payments of one order have two, and are two payments.",
    "A carrier's continuing payment keeps one AccessID: its charges are distinguished by TranDate (low confidence), and its contract goes by OrderID.",
    "CANCEL, RETURN and PAYFAIL end a continuing payment, as in GMO's own module. Whether RETURN gave a month's money back is not said.",
    "Carriers and wallets report a partial cancellation in a field of their own (AuCancelAmount ...). It is read as what this cancellation gives back, not as a sum (medium confidence).",
    "With an error, Status is the former state: where money or an authorisation stood already, the notice changes nothing.",
    "Whether a notice carries RecurringID or MemberID is not confirmed; both are read where they come.",
    "END, ERASE, RUN-END and RUN-CHANGE are read by their names (low confidence).",
    "15 seconds and 5 retries an hour apart come from code that quotes the specification of 2016 to 2018.",
  ],
};
