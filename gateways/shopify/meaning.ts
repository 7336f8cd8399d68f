/**
 * What Shopify's callbacks say, by their topic.
 *
 * A payment is known by its order's id, the one thing every topic names; each transaction that took money for it is a part, and a void
 * takes away the transaction that it names. Of an order paid in parts `orders/paid` has the whole amount. Billing attempts and contracts,
 * of which the first order is the origin, name orders: that is how a payment belongs to a contract.
 * https://shopify.dev/docs/api/webhooks
 */
import type { RawCallback } from "../../core/callback.ts";
import type { EventType } from "../../core/event.ts";
import { at, listAt, parseJson, textAt } from "../../core/formats/json.ts";
import { fromMajor } from "../../core/formats/money.ts";
import type { Parse } from "../gateway.ts";
import { amountFrom, type EventDraft, omitUndefined, parseInstant, withEventIds } from "../kit/kit.ts";
import { aboutApp } from "./app-billing.ts";
import { front, header, topicOf } from "./front.ts";
import { aboutRefund, aboutTransaction, byHand, type Draft, ownTime } from "./transactions.ts";

export const parse: Parse = (callback) => {
  const topic = topicOf(callback);
  if (!topic) throw new Error("the headers name no topic");
  const body = parseJson(callback.body);
  if (typeof body !== "object" || body === null) throw new Error("the body is not a JSON object");
  const occurredAt = timeOf(callback, body);
  return withEventIds(
    front.identify(callback),
    readShopifyEvent(topic, body).map((event) => ({ gatewayType: topic, occurredAt, ...event })),
  );
};

/** What the body says of its own time is signed, the header is not; billing attempts and contracts have only the header. */
const timeOf = (raw: RawCallback, body: unknown): number => ownTime(body) ?? parseInstant(header(raw, "triggered-at")) ?? raw.receivedAt;

export const contractStatuses = new Map<string, EventType>([
  ["active", "contract.resumed"],
  ["paused", "contract.paused"],
  ["failed", "contract.past_due"],
  ["cancelled", "contract.cancelled"],
  ["expired", "contract.expired"],
  ["stale", "notice"],
]);

export const contractTopics = new Map<string, EventType>([
  ["subscription_contracts/activate", "contract.resumed"],
  ["subscription_contracts/pause", "contract.paused"],
  ["subscription_contracts/fail", "contract.past_due"],
  ["subscription_contracts/cancel", "contract.cancelled"],
  ["subscription_contracts/expire", "contract.expired"],
]);

export const disputeStatuses = new Map<string, EventType>([
  ["needs_response", "notice"],
  ["under_review", "notice"],
  ["accepted", "dispute.lost"],
  ["lost", "dispute.lost"],
  ["won", "dispute.won"],
  // Neither became a chargeback; what the merchant has refunded is reported as a refund.
  ["charge_refunded", "dispute.won"],
  ["prevented", "dispute.won"],
]);

/** Families of topics without effect on the ledger. */
const noticed =
  /^(app|audit_events|bulk_operations|carts|channels|checkouts|collection_listings|collection_publications|collections|companies|company_\w+|customer_\w+|customer|customers|discounts|disputes|domains|draft_orders|fulfillment_\w+|fulfillments|inventory_\w+|locales|locations|markets|metafield_definitions|metaobjects|order_transactions|orders|payment_schedules|payment_terms|product_\w+|products|profiles|redact|refunds|returns|reverse_\w+|scheduled_product_listings|segments|selling_plan_groups|shop|subscription_billing_attempts|subscription_billing_cycle_edits|subscription_billing_cycles|tax_\w+|tender_transactions|themes|variants)\//;

/** What the body of a callback with that topic says, one entry for each event of ours. */
export const readShopifyEvent = (topic: string, body: unknown): readonly Draft[] => {
  switch (topic) {
    case "orders/paid":
    case "orders/cancelled":
    case "orders/updated":
      return [aboutOrder(topic, body)];
    case "order_transactions/create":
      return [aboutTransaction(body)];
    case "refunds/create":
      return aboutRefund(body);
    case "disputes/create":
    case "disputes/update":
      return [aboutDispute(topic, body)];
    case "subscription_billing_attempts/success":
    case "subscription_billing_attempts/failure":
      return aboutAttempt(topic, body);
    default:
      if (topic.startsWith("subscription_contracts/")) return [aboutContract(topic, body)];
      return [aboutApp(topic, body) ?? { type: noticed.test(topic) ? "notice" : "unknown" }];
  }
};

/** What a paid order says. The topic is not signed: an order that says it is unpaid is unpaid, whatever the topic. */
const paidStatuses = new Set(["paid", "partially_refunded", "refunded"]);

/** Every means by which it was paid is one that the merchant only writes down. */
const isPaidByHand = (order: unknown): boolean => {
  const names = listAt(order, "payment_gateway_names");
  return names.length > 0 && names.every((name) => typeof name === "string" && byHand.has(name.toLowerCase()));
};

const aboutOrder = (topic: string, order: unknown): EventDraft => {
  const amount = fromMajor(at(order, "total_price"), at(order, "currency"));
  const status = textAt(order, "financial_status");
  const paid = topic === "orders/paid" && amount?.minor !== 0 && paidStatuses.has(status ?? "paid") && !isPaidByHand(order);
  const voided = topic !== "orders/paid" && (status === "voided" || status === "expired");
  return {
    type: paid ? "charge.succeeded" : voided ? "charge.voided" : "notice",
    ...omitUndefined({
      charge: textAt(order, "id"),
      customer: textAt(order, "customer", "id"),
      order: textAt(order, "name"),
      reason: textAt(order, "cancel_reason"),
    }),
    ...amountFrom(amount),
  };
};

/** A new one is open, unless it is over by the time it is sent. */
const aboutDispute = (topic: string, dispute: unknown): EventDraft => {
  const status = disputeStatuses.get(textAt(dispute, "status") ?? "") ?? "unknown";
  const isNew = topic === "disputes/create";
  return {
    type: isNew && (status === "notice" || status === "unknown") ? "dispute.opened" : status,
    ...omitUndefined({ charge: textAt(dispute, "order_id"), dispute: textAt(dispute, "id"), reason: textAt(dispute, "reason") }),
    ...amountFrom(fromMajor(at(dispute, "amount"), at(dispute, "currency"))),
  };
};

/** An attempt names its contract and its order, but no amount: `orders/paid` has it. */
const aboutAttempt = (topic: string, attempt: unknown): readonly EventDraft[] => {
  const contract = textAt(attempt, "subscription_contract_id");
  const charge = textAt(attempt, "order_id");
  const reason = textAt(attempt, "error_message") ?? textAt(attempt, "error_code");
  const incomplete = charge ? ["amount"] : ["charge", "amount"];
  if (topic === "subscription_billing_attempts/failure")
    return [{ type: "charge.failed", ...omitUndefined({ contract, charge, reason }), incomplete }];
  return [
    { type: "charge.succeeded", ...omitUndefined({ contract, charge }), incomplete },
    { type: "contract.renewed", ...omitUndefined({ contract }) },
  ];
};

/** The payment a contract began with; more than one contract may. */
const originOf = (contract: unknown): string | undefined => textAt(contract, "origin_order_id");

const aboutContract = (topic: string, contract: unknown): EventDraft => {
  const status = contractStatuses.get((textAt(contract, "status") ?? "").toLowerCase()) ?? "unknown";
  const isNew = topic === "subscription_contracts/create";
  const type = isNew && status === "contract.resumed" ? "contract.started" : status;
  return {
    type: contractTopics.get(topic) ?? (isNew || topic === "subscription_contracts/update" ? type : "unknown"),
    ...omitUndefined({
      contract: textAt(contract, "id"),
      customer: textAt(contract, "customer_id"),
      order: originOf(contract),
      alsoKnownAs: originOf(contract) === undefined ? undefined : [originOf(contract) as string],
    }),
  };
};
