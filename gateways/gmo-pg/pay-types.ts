/**
 * What GMO-PG's pay types have of their own. `PayType`: 3 convenience store, 4 Pay-easy, 8 au, 9 docomo, 10 docomo continuing, 11 SoftBank,
 * 13 au continuing (H: GMO's EC-CUBE module); 20 LINE Pay, 45 PayPay, 36 transfer to an account of its own (M).
 */
import type { EventType } from "../../core/event.ts";
import { fromMajor, type Money } from "../../core/formats/money.ts";
import type { Fields } from "./front.ts";

/** Payments that a carrier repeats. They keep one AccessID and OrderID, by which the contract goes. */
export const continuing: ReadonlySet<string> = new Set(["10", "13"]);

/** What is paid later than it is ordered: Suica, Edy, convenience store, Pay-easy, WebMoney, Jibun Bank, a transfer. */
const paidLater: ReadonlySet<string> = new Set(["1", "2", "3", "4", "7", "12", "36"]);

export const moneyOf = (amount: string | undefined, tax: string | undefined, currency: string | undefined): Money | undefined => {
  const code = !currency || currency === "JPN" ? "JPY" : currency;
  const [net, more] = [fromMajor(amount, code), fromMajor(tax || "0", code)];
  return net && more ? { minor: net.minor + more.minor, currency: net.currency } : undefined;
};

/** `AuCancelAmount`, `DocomoCancelAmount`, `SbCancelAmount`, `LinepayCancelAmount` ...: each pay type has a field of its own. */
const cancelField = /^([A-Z][A-Za-z]*)CancelAmount$/;

/** What this cancellation gives back, in the pay type's own field: `Amount` is the payment's there. */
const cancelAmountOf = (fields: Fields): Money | undefined => {
  for (const [name, value] of Object.entries(fields)) {
    const [, prefix] = cancelField.exec(name) ?? [];
    const money = prefix && value ? moneyOf(value, fields[`${prefix}CancelTax`], fields.Currency) : undefined;
    if (money && money.minor > 0) return money;
  }
  return undefined;
};

export const cancelledOf = (type: EventType, fields: Fields): Money | undefined =>
  type === "charge.refunded" || type === "charge.voided" ? cancelAmountOf(fields) : undefined;

/** A cancellation of a part leaves the rest of the payment as it is. */
export const isPartlyCancelled = (fields: Fields): boolean => {
  const [cancelled, whole] = [cancelAmountOf(fields), moneyOf(fields.Amount, fields.Tax, fields.Currency)];
  return cancelled !== undefined && whole !== undefined && cancelled.minor < whole.minor;
};

/** Partial cancellations have no id, and one payment can have several, whose `TranID` may be the payment's: each goes by its time too. */
export const refundOf = ({ TranID, TranDate, FinishDate, AccessID = "" }: Fields): string =>
  [TranID, TranDate || FinishDate].filter(Boolean).join(" ") || AccessID;

/**
 * Money that came in for a slip is a part of its own: the slip's expiry takes nothing from it, whichever is reported first, and a slip that
 * is paid twice is two. Of a continuing payment each charge is a part: all have the AccessID of the agreement.
 */
export const partOf = (status: string, { PayType = "", FinishDate, TranDate }: Fields): string | undefined => {
  if (status === "PAYSUCCESS" && paidLater.has(PayType)) return `paid ${FinishDate || TranDate || ""}`.trim();
  return continuing.has(PayType) && TranDate ? TranDate : undefined;
};
