/** GMO-PG: result notices of card payments. None of them names a contract, so a renewal looks like any other sale. */
import type { EventType } from "../../core/event.ts";
import type { Moment } from "../moment.ts";
import type { Options, Writer, Written } from "../writer.ts";
import { japanDigits, shiftJisForm, taxed } from "../writing.ts";

type Fields = Readonly<Record<string, string>>;

const notice =
  (status: string, reports: EventType, more: Fields = {}) =>
  (moment: Moment, options: Options): readonly Written[] => {
    const { net, tax } = taxed(moment.amount);
    const body = shiftJisForm({
      ShopID: options.shopId ?? "tshop00000001",
      ShopPass: "**********",
      AccessID: moment.charge,
      AccessPass: "********************************",
      OrderID: moment.order,
      Status: status,
      JobCd: status,
      Amount: String(net),
      Tax: String(tax),
      Currency: "JPN",
      Forward: "2a99662",
      Method: "1",
      PayTimes: "",
      TranID: `${japanDigits(moment.at)}${moment.id.replace(/\D/g, "0").slice(0, 14)}`,
      Approve: "6294780",
      TranDate: japanDigits(moment.at),
      ErrCode: "",
      ErrInfo: "",
      PayType: "0",
      ...more,
    });
    return [{ body, reports: [reports] }];
  };

const refused: Fields = { Status: "UNPROCESSED", Approve: "", ErrCode: "G12", ErrInfo: "42G120000" };
const sale = notice("CAPTURE", "charge.succeeded");
const giveBack = notice("RETURN", "charge.refunded");

export const writer: Writer = {
  ids: {
    contract: ({ text }) => text,
    customer: ({ text }) => text,
    charge: ({ text }) => text.padStart(32, "0"),
    order: ({ text }) => `order-${text}`,
    part: ({ text }) => text,
  },
  ownPayment: ["failed", "recovered"],
  scenes: {
    "card checked": notice("CHECK", "card.verified", { Amount: "", Tax: "" }),
    "card declined": notice("CHECK", "card.verification_failed", { ...refused, Amount: "", Tax: "" }),
    paid: sale,
    renewed: sale,
    failed: notice("CAPTURE", "charge.failed", refused),
    recovered: sale,
    refunded: (moment, options) => (moment.refund?.isWhole ? giveBack(moment, options) : []),
    authorized: notice("AUTH", "charge.authorized"),
    captured: notice("SALES", "charge.succeeded"),
    voided: notice("VOID", "charge.voided"),
  },
};
