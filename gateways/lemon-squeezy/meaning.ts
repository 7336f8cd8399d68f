/** What the callbacks of Lemon Squeezy mean. */
import type { EventType, PaymentEvent } from "../../core/event.ts";
import { at, numberAt, parseJson, textAt } from "../../core/formats/json.ts";
import { fromMinor, type Money } from "../../core/formats/money.ts";
import { bytesId } from "../../core/record.ts";
import type { Parse, SourceSettings } from "../gateway.ts";
import { amountFrom, omitUndefined, parseInstant, withEventIds } from "../kit/kit.ts";

/** What a subscription's event means; for `subscription_updated` its status decides. */
export const subscriptionMeanings = new Map<string, EventType>([
  ["subscription_created", "contract.started"],
  ["subscription_cancelled", "contract.cancelled"],
  ["subscription_resumed", "contract.resumed"],
  ["subscription_expired", "contract.expired"],
  ["subscription_paused", "contract.paused"],
  ["subscription_unpaused", "contract.resumed"],
  ["subscription_plan_changed", "notice"],
]);

/** An update that finds a subscription active may end a pause; for one that was active all along it changes nothing. */
export const statusMeanings = new Map<string, EventType>([
  ["on_trial", "contract.resumed"],
  ["active", "contract.resumed"],
  ["past_due", "contract.past_due"],
  ["unpaid", "contract.past_due"],
  ["paused", "contract.paused"],
  ["cancelled", "contract.cancelled"],
  ["expired", "contract.expired"],
]);

export const paymentMeanings = new Map<string, EventType>([
  ["subscription_payment_success", "charge.succeeded"],
  ["subscription_payment_recovered", "charge.succeeded"],
  ["subscription_payment_failed", "charge.failed"],
  ["subscription_payment_refunded", "charge.refunded"],
]);

export const orderMeanings = new Map<string, EventType>([
  ["order_created", "charge.succeeded"],
  ["order_refunded", "charge.refunded"],
]);

const noticed = /^(license_key|affiliate|customer)_/;

export const parse: Parse = (callback, settings?: Pick<SourceSettings, "options">) => {
  const body = parseJson(callback.body);
  const name = textAt(body, "meta", "event_name");
  if (!name) throw new Error("the body is not a Lemon Squeezy event: it has no meta.event_name");
  const data = at(body, "data");
  const common = { gatewayType: name, occurredAt: momentOf(data) ?? callback.receivedAt };
  return withEventIds(
    bytesId(callback.body),
    draftsOf(name, data, settings?.options?.orders).map((event) => ({ ...common, ...event })),
  );
};

type Draft = Pick<PaymentEvent, "type"> & Partial<PaymentEvent>;

const draftsOf = (name: string, data: unknown, orders: string | undefined): readonly Draft[] => {
  const payment = paymentMeanings.get(name);
  if (payment) return aboutInvoice(payment, data, orders === "charges");
  const order = orderMeanings.get(name);
  if (order) return [aboutOrder(order, data, orders !== "notices")];
  if (name.startsWith("subscription_")) return [aboutSubscription(name, data)];
  return [{ type: noticed.test(name) ? "notice" : "unknown" }];
};

/** The first payment of a subscription, which is an order and an invoice that do not name each other. */
const firstPaymentOf = (subscription: string): string => `subscription-${subscription}-first`;

/** A subscription names the order by which it was bought: with the first invoice, which names the subscription, one payment. */
const aboutSubscription = (name: string, data: unknown): Draft => {
  const status = textAt(data, "attributes", "status") ?? "";
  const meaning = name === "subscription_updated" ? statusMeanings.get(status) : subscriptionMeanings.get(name);
  const [id, order] = [textAt(data, "id"), textAt(data, "attributes", "order_id")];
  return {
    type: meaning ?? "unknown",
    ...omitUndefined({ contract: id, customer: textAt(data, "attributes", "customer_id") }),
    ...(id && order && { charge: `order-${order}`, alsoKnownAs: [firstPaymentOf(id)] }),
  };
};

/** What the payment of an invoice says of the charge, and then of its contract. An invoice of zero is not a charge. */
const aboutInvoice = (type: EventType, data: unknown, ordersOnly: boolean): readonly Draft[] => {
  const [id, subscription] = [textAt(data, "id"), textAt(data, "attributes", "subscription_id")];
  const contract = omitUndefined({ contract: subscription, customer: textAt(data, "attributes", "customer_id") });
  const reason = textAt(data, "attributes", "billing_reason");
  const names = omitUndefined({
    charge: id && `invoice-${id}`,
    alsoKnownAs: reason === "initial" && subscription ? [firstPaymentOf(subscription)] : undefined,
  });
  const amount = type === "charge.refunded" ? refundedOf(data) : totalOf(data);
  // The order is the whole, of which the invoice is the one part.
  const part = type === "charge.refunded" ? undefined : names.charge;
  const isOrders = ordersOnly && reason === "initial";
  const charge: Draft = { type, ...contract, ...names, ...omitUndefined({ part }), ...amountFrom(amount) };
  const state = stateOf(type, reason);
  const events: readonly Draft[] = [
    ...(isOrders || totalOf(data)?.minor === 0 ? [] : [charge]),
    ...(state ? [{ type: state, ...contract, ...(isOrders && names) }] : []),
  ];
  return events.length > 0 ? events : [{ type: "notice", ...contract, ...(isOrders && names) }];
};

/** A renewal that could not be charged leaves the subscription past due until it is recovered. */
const stateOf = (type: EventType, reason: string | undefined): EventType | undefined => {
  if (type === "charge.succeeded" && reason === "initial") return "contract.started";
  if (type === "charge.succeeded" && reason === "renewal") return "contract.renewed";
  return type === "charge.failed" && reason === "renewal" ? "contract.past_due" : undefined;
};

const aboutOrder = (type: EventType, data: unknown, counts: boolean): Draft => {
  const id = textAt(data, "id");
  const total = totalOf(data);
  const known = {
    ...omitUndefined({
      charge: id && `order-${id}`,
      customer: textAt(data, "attributes", "customer_id"),
      order: textAt(data, "attributes", "order_number"),
    }),
  };
  if (!counts || total?.minor === 0) return { type: "notice", ...known };
  if (type === "charge.refunded") return { type, ...known, ...amountFrom(refundedOf(data)) };
  const status = textAt(data, "attributes", "status");
  const meaning = status === "failed" ? "charge.failed" : status === "pending" ? "notice" : "charge.succeeded";
  return { type: meaning, ...known, ...amountFrom(total) };
};

const totalOf = (data: unknown): Money | undefined =>
  fromMinor(numberAt(data, "attributes", "total"), textAt(data, "attributes", "currency"));

/** Older payloads say only that it was refunded: then all of it was refunded. */
const refundedOf = (data: unknown): Money | undefined => {
  const amount = numberAt(data, "attributes", "refunded_amount");
  return amount ? fromMinor(amount, textAt(data, "attributes", "currency")) : totalOf(data);
};

const momentOf = (data: unknown): number | undefined =>
  parseInstant(textAt(data, "attributes", "updated_at")) ?? parseInstant(textAt(data, "attributes", "created_at"));
