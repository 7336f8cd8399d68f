/** What the callbacks of fincode byGMO mean. */
import type { EventType, PaymentEvent } from "../../core/event.ts";
import { parseJson, textAt } from "../../core/formats/json.ts";
import { fromMinor, type Money } from "../../core/formats/money.ts";
import type { Parse } from "../gateway.ts";
import { amountFrom, japanTime, omitUndefined, withEventIds } from "../kit/kit.ts";
import { front } from "./front.ts";

/** The state of a payment after an event about it. What waits for the customer or the bank has not happened yet. */
export const statusMeanings = new Map<string, EventType>([
  ["CHECKED", "card.verified"],
  ["AUTHORIZED", "charge.authorized"],
  ["CAPTURED", "charge.succeeded"],
  ["CANCELED", "charge.voided"],
  ["EXPIRED", "charge.failed"],
  ["FAILED", "charge.failed"],
  ["UNPROCESSED", "notice"],
  ["AUTHENTICATED", "notice"],
  ["AWAITING_CUSTOMER_PAYMENT", "notice"],
  ["AWAITING_PAYMENT_APPROVAL", "notice"],
]);

/** A registration that failed was never a contract that could be charged. An update of an active one changes no state. */
export const subscriptionMeanings = new Map<string, EventType>([
  ["ACTIVE", "notice"],
  ["RUNNING", "notice"],
  ["CANCELED", "contract.cancelled"],
  ["INCOMPLETE", "contract.cancelled"],
]);

/** The specification spells the expiry of a slip with and without `payments.` in front. */
const aPayment =
  /^(?:payments\.(?:card|applepay|googlepay|konbini|paypay|directdebit|virtualaccount)|konbini)\.(regist|exec|capture|cancel|auth|change|secure|secure2\.authenticate|secure2\.result|complete|complete\.stub|expired\.update\.batch)$/;

const aSubscription = /^subscription\.(?:card|directdebit)\.(regist|update|delete)$/;

/** Results in batches: only a read-back says whose they are. */
const aBatch = /^(?:recurring\.(?:card|directdebit)|payments\.bulk\.card)\.batch$/;

const noticed =
  /^(?:card\.(?:regist|update)|customers\.payment_methods\.updated|payments\.bulk\.card\.regist|contracts\.status_code\.updated)$/;

export const parse: Parse = (callback) => {
  const body = parseJson(callback.body);
  const gatewayType = textAt(body, "event");
  if (!gatewayType) throw new Error("the body is not a fincode event: it has no event");
  const common = { gatewayType, occurredAt: momentOf(gatewayType, body) ?? callback.receivedAt };
  return withEventIds(
    front.identify(callback),
    draftsOf(gatewayType, body).map((event) => ({ ...common, ...event })),
  );
};

type Draft = Pick<PaymentEvent, "type"> & Partial<PaymentEvent>;

const draftsOf = (gatewayType: string, body: unknown): readonly Draft[] => {
  const operation = aPayment.exec(gatewayType)?.[1];
  if (operation) return aboutPayment(gatewayType, operation, body);
  const change = aSubscription.exec(gatewayType)?.[1];
  if (change) return [aboutSubscription(change, body)];
  if (aBatch.test(gatewayType)) return [{ type: "notice", incomplete: ["contract", "charge", "amount"] }];
  return [
    noticed.test(gatewayType) ? { type: "notice", ...omitUndefined({ customer: textAt(body, "customer_id") }) } : { type: "unknown" },
  ];
};

const aboutSubscription = (change: string, body: unknown): Draft => {
  const status = textAt(body, "status") ?? "";
  const meaning = change === "delete" ? "contract.cancelled" : (subscriptionMeanings.get(status) ?? "unknown");
  return {
    type: change === "regist" && meaning === "notice" ? "contract.started" : meaning,
    ...omitUndefined({
      contract: textAt(body, "subscription_id"),
      customer: textAt(body, "customer_id"),
      reason: status === "INCOMPLETE" ? status : undefined,
    }),
  };
};

/** What a customer pays by a slip or a transfer, whenever he likes. */
const paidLater = /(?:konbini|virtualaccount)\.complete/;

const aboutPayment = (gatewayType: string, operation: string, body: unknown): readonly Draft[] => {
  const contract = omitUndefined({ contract: textAt(body, "subscription_id"), customer: textAt(body, "customer_id") });
  const order = textAt(body, "order_id") ?? textAt(body, "id");
  const extra = operation.startsWith("complete") ? overpaid(body) : undefined;
  const type = extra ? "charge.succeeded" : meaningOf(operation, body);
  const about: Draft = {
    type,
    ...contract,
    ...omitUndefined({
      charge: order,
      part: order && type === "charge.succeeded" && paidLater.test(gatewayType) ? partOf(extra, body) : undefined,
      refund: type === "charge.refunded" ? textAt(body, "merchant_refund_id") : undefined,
      reason: extra ?? textAt(body, "error_code") ?? failureCode(body),
    }),
    ...(type === "notice" ? {} : amountFrom(yenOf(body))),
    ...(type === "charge.voided" && { incomplete: ["type"] }),
  };
  const state = contract.contract && !extra ? stateOf(operation, type) : undefined;
  return state ? [about, { type: state, ...contract }] : [about];
};

const meaningOf = (operation: string, body: unknown): EventType => {
  const status = textAt(body, "status") ?? "";
  if (operation === "regist") return "notice";
  if (operation === "cancel" && status !== "CANCELED") return "notice";
  // The payment stands as it did, whatever amount was asked for.
  if (operation === "change" && textAt(body, "error_code")) return "notice";
  if (operation === "cancel" && textAt(body, "merchant_refund_id")) return "charge.refunded";
  const reachedNothing = status === "UNPROCESSED" || status === "AUTHENTICATED";
  if (!reachedNothing || !textAt(body, "error_code")) return statusMeanings.get(status) ?? "unknown";
  return textAt(body, "job_code") === "CHECK" ? "card.verification_failed" : "charge.failed";
};

/** A paid renewal renews the subscription; a failed one leaves it past due. */
const stateOf = (operation: string, type: EventType): EventType | undefined => {
  if (operation !== "exec" && !operation.startsWith("complete")) return undefined;
  return type === "charge.succeeded" ? "contract.renewed" : type === "charge.failed" ? "contract.past_due" : undefined;
};

/** The flag on money that arrived for a payment already paid, cancelled or expired. */
const overpaid = (body: unknown): string | undefined =>
  ["overpayment_flag", "cancel_overpayment_flag", "expire_overpayment_flag"].find((flag) => textAt(body, flag) === "1");

/**
 * Money that came in for a slip is a part of its own, the second time too: the slip's cancellation or expiry takes nothing from it, whichever
 * is reported first.
 */
const partOf = (flag: string | undefined, body: unknown): string =>
  flag === undefined ? "paid" : `${flag}/${textAt(body, "payment_date") ?? textAt(body, "process_date") ?? ""}`;

/** The bank's answer to a direct debit; 0 is success. */
const failureCode = (body: unknown): string | undefined => {
  const code = textAt(body, "result_code");
  return code === "0" ? undefined : code;
};

const yenOf = (body: unknown): Money | undefined => {
  const [amount, tax] = [fromMinor(textAt(body, "amount"), "JPY"), fromMinor(textAt(body, "tax") ?? "0", "JPY")];
  return amount && tax && { minor: amount.minor + tax.minor, currency: "JPY" };
};

/** A slip is paid when the customer paid it; everything else happens when fincode processes it. */
const momentOf = (gatewayType: string, body: unknown): number | undefined => {
  const processed = japanTime(textAt(body, "process_date")) ?? japanTime(textAt(body, "transaction_date"));
  return gatewayType.includes(".complete") ? (japanTime(textAt(body, "payment_date")) ?? processed) : processed;
};
