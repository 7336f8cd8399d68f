/**
 * What SBPS's notices say. Amounts are yen and contain the tax (M: the notices name no currency).
 * `OK` by a method that is paid later (convenience store, Pay-easy, bank transfer) is a slip, not a payment: the payment is `PY`,
 * whose res_payinfo_key holds the kind (P early, D final), the deposit and the sum of all deposits (M: public integrations).
 * Whether a card was captured or only authorised is the shop's setting and is not reported: `OK` counts as paid (L).
 * How the later months of a recurring purchase are reported is not public: a notice with a tracking_id counts as one (L).
 */

import type { EventType } from "../../core/event.ts";
import { fromMajor, type Money } from "../../core/formats/money.ts";
import { type XmlElement, xmlTextAt } from "../../core/formats/xml.ts";
import type { Parse } from "../gateway.ts";
import { type EventDraft, japanTime, omitUndefined, withEventIds } from "../kit/kit.ts";
import { front } from "./front.ts";
import { type Fields, noticeOf, type SbpsNotice } from "./notice.ts";

export const parse: Parse = (callback) => {
  const notice = noticeOf(callback);
  const { gatewayType, times, drafts } = sbpsMeaning(notice);
  const occurredAt = times.map(japanTime).find((time) => time !== undefined) ?? callback.receivedAt;
  return withEventIds(
    front.identify(callback),
    drafts.map((one) => ({ ...one, gatewayType, occurredAt })),
  );
};

interface SbpsMeaning {
  readonly gatewayType: string;
  /** Where the time of the event may be, best first. */
  readonly times: readonly (string | undefined)[];
  readonly drafts: readonly EventDraft[];
}

/** Methods whose `OK` means that the buyer has received instructions to pay. */
const paidLater: readonly string[] = ["webcvs", "payeasy", "banktransfer"];

const sbpsMeaning = (notice: SbpsNotice): SbpsMeaning => {
  if (notice.kind === "deposit") return depositMeaning(notice.id, notice.root);
  const { fields } = notice;
  const result = fields.res_result?.trim();
  if (!result) throw new Error("the notice has no res_result");
  return {
    gatewayType: notice.kind === "customer" ? `B03-1 res_result=${result}` : `res_result=${result}`,
    times: [fields.res_date, fields.res_payment_date],
    drafts: notice.kind === "customer" ? [{ type: "notice", ...partiesOf(fields), ...reasonOf(fields) }] : purchase(result, fields),
  };
};

const purchase = (result: string, fields: Fields): readonly EventDraft[] => {
  const monthly = fields.pay_type === "1" || fields.pay_type === "2";
  const [agreement, charge] = [text(fields.tracking_id), text(fields.res_tracking_id)];
  const parties = { ...partiesOf(fields), ...omitUndefined({ contract: monthly ? (agreement ?? charge) : undefined }) };
  const cancels = fields.service_type === "1";
  // A cancellation may have a tracking id of its own, and names that of the purchase.
  const about = { ...parties, ...omitUndefined({ charge: cancels ? (agreement ?? charge) : charge, amount: yen(fields.amount) }) };
  if (!cancels && fields.service_type && fields.service_type !== "0") return [{ type: "unknown", ...about }];
  switch (result) {
    case "OK":
      if (cancels) return [monthly ? { type: "contract.cancelled", ...parties } : { type: "charge.voided", ...about }];
      return [
        { type: bought(fields), ...about },
        ...(monthly ? [{ type: agreement ? ("contract.renewed" as const) : ("contract.started" as const), ...parties }] : []),
      ];
    case "NG":
      return [{ type: cancels ? "notice" : "charge.failed", ...about, ...reasonOf(fields) }];
    case "PY":
      return [deposit(fields, about)];
    case "CN":
      return [{ type: "charge.voided", ...about, reason: "not paid in time, or cancelled" }];
    default:
      return [{ type: "unknown", ...about }];
  }
};

/** Rakuten Pay reports one purchase twice: R01 authorised, R03 captured. */
const bought = (fields: Fields): EventType => {
  const method = text(fields.res_pay_method) ?? fields.pay_method ?? "";
  if (method.startsWith("rakuten") && /^R\d\d$/.test(fields.res_payinfo_key ?? ""))
    return fields.res_payinfo_key === "R01" ? "charge.authorized" : fields.res_payinfo_key === "R03" ? "charge.succeeded" : "unknown";
  if (paidLater.includes(method)) return "notice";
  return yen(fields.amount)?.minor === 0 ? "card.verified" : "charge.succeeded";
};

/**
 * Each of several deposits for one slip carries the sum so far, so the latest is right. They are a part, so that the slip's expiry takes
 * nothing from money that came in, whichever is reported first. One that carries no sum is a part of its own.
 */
const deposit = (fields: Fields, about: Omit<EventDraft, "type">): EventDraft => {
  const [kind, single, sum] = (text(fields.res_payinfo_key) ?? "").split(",");
  const amount = yen(sum) ?? yen(single);
  if (kind && kind !== "P" && kind !== "D") return { type: "unknown", ...about, ...omitUndefined({ amount }) };
  const part = partOf(yen(sum) === undefined && yen(single) !== undefined, fields.res_date);
  return { type: "charge.succeeded", ...about, part, ...omitUndefined({ amount }) };
};

const partOf = (isSingle: boolean, date: string | undefined): string => (isSingle ? `deposit ${text(date) ?? ""}`.trim() : "deposits");

/** NT01-00103 is a deposit, NT01-00104 a slip that was not paid in time; the last part names the method. */
const depositMeaning = (id: string | undefined, root: XmlElement | undefined): SbpsMeaning => {
  if (!id || !root) throw new Error("the notice is not XML with a sps-api-request and its id");
  const info = (name: string) => xmlTextAt(root, "pay_method_info", name);
  const charge = xmlTextAt(root, "tracking_id");
  const amount = yen(info("rec_amount_total")) ?? yen(info("rec_amount"));
  const paid = id.startsWith("NT01-00103-");
  // The hash does not cover the kind: a deposit without a sum is another notice posing as one.
  if (paid && !amount) throw new Error("the deposit names no amount");
  const knownDeposit = ["1", "2"].includes(info("rec_type") ?? "");
  const type: EventType = paid
    ? knownDeposit
      ? "charge.succeeded"
      : "unknown"
    : id.startsWith("NT01-00104-")
      ? "charge.voided"
      : "unknown";
  const part =
    type === "charge.succeeded" ? partOf(yen(info("rec_amount_total")) === undefined, xmlTextAt(root, "rec_datetime")) : undefined;
  return {
    gatewayType: id,
    times: [xmlTextAt(root, "rec_datetime"), xmlTextAt(root, "request_date")],
    drafts: [{ type, ...omitUndefined({ charge, part, amount }), incomplete: ["customer", "order"] }],
  };
};

const text = (value: string | undefined): string | undefined => value?.trim() || undefined;

const yen = (value: string | undefined): Money | undefined => fromMajor(value, "JPY");

const partiesOf = (fields: Fields): Partial<EventDraft> =>
  omitUndefined({ customer: text(fields.cust_code), order: text(fields.order_id) });

const reasonOf = (fields: Fields): Partial<EventDraft> => omitUndefined({ reason: text(fields.res_err_code) });
