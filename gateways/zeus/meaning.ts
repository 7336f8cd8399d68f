/** What the callbacks of ZEUS mean. */
import type { EventType, PaymentEvent } from "../../core/event.ts";
import { fromMinor } from "../../core/formats/money.ts";
import type { Parse } from "../gateway.ts";
import { amountFrom, omitUndefined } from "../kit/kit.ts";
import { type Fields, fieldsOf, front } from "./front.ts";

export const slipMeanings = new Map<string, EventType>([
  ["01", "notice"],
  ["02", "charge.failed"],
  ["03", "charge.failed"],
  ["04", "charge.succeeded"],
  ["05", "charge.succeeded"],
  ["06", "charge.voided"],
  ["11", "charge.succeeded"],
  ["12", "charge.succeeded"],
  ["13", "charge.voided"],
]);

export const transferMeanings = new Map<string, EventType>([
  ["01", "notice"],
  ["02", "notice"],
  ["03", "charge.succeeded"],
  ["04", "charge.failed"],
  ["05", "charge.failed"],
]);

export const parse: Parse = (callback) => {
  const fields = fieldsOf(callback.body);
  const draft = fields.result === undefined ? aboutStatus(fields) : aboutCard(fields);
  if (!draft) throw new Error("the query is not a ZEUS result: it has neither ordd with result nor order_no with status");
  const key = omitUndefined({ contract: fields.sendid || undefined, customer: fields.sendid || undefined });
  return [{ id: front.identify(callback), occurredAt: callback.receivedAt, ...key, ...draft }];
};

type Draft = Pick<PaymentEvent, "type" | "gatewayType"> & Partial<PaymentEvent>;

const aboutCard = ({ ordd, result, money }: Fields): Draft | undefined => {
  if (!ordd) return undefined;
  const isCheck = money === "0";
  const meanings = isCheck ? (["card.verified", "card.verification_failed"] as const) : (["charge.succeeded", "charge.failed"] as const);
  const type = result === "OK" ? meanings[0] : result === "NG" ? meanings[1] : "unknown";
  return { type, gatewayType: `result=${result}`, charge: ordd, ...(!isCheck && amountFrom(fromMinor(money, "JPY"))) };
};

/**
 * Money that came in, and what takes it back, are a part: no time is sent, and an expiry or an error that is reported after the money takes
 * nothing from it.
 */
const isMoney = (type: EventType): boolean => type === "charge.succeeded" || type === "charge.voided";

const aboutStatus = ({ order_no: order, tracking_no: tracking, status, money, ...fields }: Fields): Draft | undefined => {
  if (!order || !status) return undefined;
  const type = (tracking ? transferMeanings : slipMeanings).get(status) ?? "unknown";
  return {
    type,
    gatewayType: `status=${status}`,
    charge: order,
    ...(isMoney(type) && { part: "paid" }),
    ...omitUndefined({ reason: fields.error_code || fields.error_message || undefined }),
    ...(type.startsWith("charge.") && amountFrom(fromMinor(money, "JPY"))),
  };
};
