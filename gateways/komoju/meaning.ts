/** What the callbacks of KOMOJU mean. */
import type { EventType, PaymentEvent } from "../../core/event.ts";
import { at, listAt, parseJson, textAt } from "../../core/formats/json.ts";
import { fromMinor } from "../../core/formats/money.ts";
import type { Parse } from "../gateway.ts";
import { amountFrom, omitUndefined, parseInstant, withEventIds } from "../kit/kit.ts";
import { front } from "./front.ts";

export const paymentMeanings = new Map<string, EventType>([
  ["payment.authorized", "charge.authorized"],
  ["payment.captured", "charge.succeeded"],
  ["payment.failed", "charge.failed"],
  ["payment.expired", "charge.voided"],
  ["payment.cancelled", "charge.voided"],
  ["payment.refund.created", "charge.refunded"],
  ["payment.refunded", "charge.refunded"],
  ["payment.updated", "notice"],
  ["payment.marked.as.fraud", "notice"],
]);

export const subscriptionMeanings = new Map<string, EventType>([
  ["subscription.created", "contract.started"],
  ["subscription.captured", "contract.renewed"],
  ["subscription.failed", "contract.past_due"],
  ["subscription.suspended", "contract.paused"],
  ["subscription.deleted", "contract.cancelled"],
]);

/** Besides what a platform receives about its sellers: their payments are not its own. https://doc.komoju.com/docs/platform-model-webhooks */
const noticed = new Set([
  "customer.created",
  "customer.updated",
  "customer.deleted",
  "settlement.created",
  "refund_request.updated",
  "ping",
]);

export const parse: Parse = (callback) => {
  const body = parseJson(callback.body);
  const gatewayType = textAt(body, "type");
  if (!gatewayType) throw new Error("the body is not a KOMOJU event: it has no type");
  const common = { gatewayType, occurredAt: parseInstant(at(body, "created_at")) ?? callback.receivedAt };
  return withEventIds(
    front.identify(callback),
    draftsOf(gatewayType, at(body, "data"), textAt(body, "reason")).map((event) => ({ ...common, ...event })),
  );
};

type Draft = Pick<PaymentEvent, "type"> & Partial<PaymentEvent>;

/** Money that came in is a part, from which the expiry of a slip or an authorisation takes nothing, whichever is reported first. */
const draftsOf = (gatewayType: string, data: unknown, reason: string | undefined): readonly Draft[] => {
  const payment = paymentMeanings.get(gatewayType);
  if (payment === "charge.refunded") return aboutRefunds(data);
  if (payment)
    return [
      {
        type: payment,
        ...chargeOf(data),
        ...(payment === "charge.succeeded" && { part: "captured" }),
        ...totalOf(payment, data),
        ...omitUndefined({ reason: reason ?? failureOf(data) }),
      },
    ];
  const subscription = subscriptionMeanings.get(gatewayType);
  if (subscription)
    return [
      {
        type: subscription,
        ...omitUndefined({ contract: textAt(data, "id"), customer: textAt(data, "customer"), reason }),
        ...((subscription === "contract.started" || subscription === "contract.renewed") && { isPaidApart: true }),
      },
    ];
  return [{ type: noticed.has(gatewayType) || gatewayType.startsWith("submerchant.") ? "notice" : "unknown" }];
};

const chargeOf = (data: unknown): Partial<PaymentEvent> =>
  omitUndefined({ charge: textAt(data, "id"), customer: textAt(data, "customer"), order: textAt(data, "external_order_num") });

/** `total` is what the customer pays: amount, tax and the fee of the payment method. A notice needs none. */
const totalOf = (type: EventType, data: unknown): Pick<PaymentEvent, "amount" | "incomplete"> =>
  type === "notice" ? {} : amountFrom(fromMinor(at(data, "total"), at(data, "currency")));

const failureOf = (data: unknown): string | undefined => textAt(data, "payment_details", "failure_reason");

/** One event per refund of the list, repeated with every later one; a chargeback is among them. Without a list, the total refunded. */
const aboutRefunds = (data: unknown): readonly Draft[] => {
  const charge = chargeOf(data);
  const refunds = listAt(data, "refunds");
  if (refunds.length === 0) {
    return [{ type: "charge.refunded", ...charge, ...amountFrom(fromMinor(at(data, "amount_refunded"), at(data, "currency"))) }];
  }
  return refunds.map((refund): Draft => {
    const occurredAt = parseInstant(at(refund, "created_at"));
    const about = {
      ...charge,
      ...omitUndefined({ occurredAt, reason: textAt(refund, "description") }),
      ...amountFrom(fromMinor(at(refund, "amount"), at(refund, "currency") ?? at(data, "currency"))),
    };
    const id = textAt(refund, "id");
    return at(refund, "chargeback") === true
      ? { type: "dispute.lost", ...about, ...omitUndefined({ dispute: id }) }
      : { type: "charge.refunded", ...about, ...omitUndefined({ refund: id }) };
  });
};
