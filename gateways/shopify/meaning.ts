/**
 * What Shopify's callbacks say, by their topic.
 *
 * A payment is known by its order's id, the one thing every topic names. Of an order paid in parts, `orders/paid` has the
 * whole amount, and a voided transaction says nothing of the other parts: the order says that all is void.
 * https://shopify.dev/docs/api/webhooks
 */
import type { RawCallback } from "../../core/callback.ts";
import type { EventType } from "../../core/event.ts";
import { at, listAt, parseJson, textAt } from "../../core/formats/json.ts";
import { fromMajor } from "../../core/formats/money.ts";
import type { Parse } from "../gateway.ts";
import { amountFrom, type EventDraft, omitUndefined, parseInstant, withEventIds } from "../kit.ts";
import { front, header, topicOf } from "./front.ts";

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
const timeOf = (raw: RawCallback, body: unknown): number =>
  ["updated_at", "processed_at", "created_at", "finalized_on", "initiated_at"]
    .map((field) => parseInstant(at(body, field)))
    .find((instant) => instant !== undefined) ??
  parseInstant(header(raw, "triggered-at")) ??
  raw.receivedAt;

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

/** What a successful transaction of each kind means; a failed one failed to charge, or changes nothing. */
export const transactionKinds = new Map<string, EventType>([
  ["authorization", "charge.authorized"],
  ["capture", "charge.succeeded"],
  ["sale", "charge.succeeded"],
  ["refund", "charge.refunded"],
  ["void", "notice"],
  ["change", "notice"],
]);

export const disputeStatuses = new Map<string, EventType>([
  ["needs_response", "notice"],
  ["under_review", "notice"],
  ["charge_refunded", "notice"],
  ["accepted", "dispute.lost"],
  ["lost", "dispute.lost"],
  ["won", "dispute.won"],
]);

/** Families of topics without effect on the ledger. */
const noticed =
  /^(app|audit_events|bulk_operations|carts|channels|checkouts|collection_listings|collection_publications|collections|companies|company_\w+|customer_\w+|customer|customers|discounts|disputes|domains|draft_orders|fulfillment_\w+|fulfillments|inventory_\w+|locales|locations|markets|metafield_definitions|metaobjects|order_transactions|orders|payment_schedules|payment_terms|product_\w+|products|profiles|redact|refunds|returns|reverse_\w+|scheduled_product_listings|segments|selling_plan_groups|shop|subscription_billing_attempts|subscription_billing_cycle_edits|subscription_billing_cycles|tax_\w+|tender_transactions|themes|variants)\//;

/** What the body of a callback with that topic says, one entry for each event of ours. */
export const readShopifyEvent = (topic: string, body: unknown): readonly EventDraft[] => {
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
      return [
        topic.startsWith("subscription_contracts/") ? aboutContract(topic, body) : { type: noticed.test(topic) ? "notice" : "unknown" },
      ];
  }
};

/** What a paid order says. The topic is not signed: an order that says it is unpaid is unpaid, whatever the topic. */
const paidStatuses = new Set(["paid", "partially_refunded", "refunded"]);

const aboutOrder = (topic: string, order: unknown): EventDraft => {
  const amount = fromMajor(at(order, "total_price"), at(order, "currency"));
  const status = textAt(order, "financial_status");
  const paid = topic === "orders/paid" && amount?.minor !== 0 && paidStatuses.has(status ?? "paid");
  const voided = topic !== "orders/paid" && status === "voided";
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

const aboutTransaction = (transaction: unknown): EventDraft => {
  const amount = fromMajor(at(transaction, "amount"), at(transaction, "currency"));
  const [kind, status] = [textAt(transaction, "kind") ?? "", textAt(transaction, "status")];
  const meaning = transactionKinds.get(kind) ?? "unknown";
  const takes = meaning === "charge.authorized" || meaning === "charge.succeeded";
  const failed = status === "failure" || status === "error";
  const type = status === "success" || meaning === "unknown" ? meaning : failed && takes ? "charge.failed" : "notice";
  const checked = takes && amount?.minor === 0;
  return {
    type: checked && type !== "notice" ? (failed ? "card.verification_failed" : "card.verified") : type,
    ...omitUndefined({
      charge: textAt(transaction, "order_id"),
      refund: meaning === "charge.refunded" ? textAt(transaction, "id") : undefined,
      reason: failed ? (textAt(transaction, "error_code") ?? textAt(transaction, "message")) : undefined,
    }),
    ...amountFrom(amount),
  };
};

/** One event per transaction that gave money back, under the id that `order_transactions/create` gives it too. */
const aboutRefund = (refund: unknown): readonly EventDraft[] => {
  const charge = textAt(refund, "order_id");
  const given = listAt(refund, "transactions").filter((one) => textAt(one, "kind") === "refund" && textAt(one, "status") === "success");
  if (given.length === 0) return [{ type: "notice", ...omitUndefined({ charge }) }];
  return given.map((one) => ({ ...aboutTransaction(one), ...omitUndefined({ charge }) }));
};

const aboutDispute = (topic: string, dispute: unknown): EventDraft => ({
  type: topic === "disputes/create" ? "dispute.opened" : (disputeStatuses.get(textAt(dispute, "status") ?? "") ?? "unknown"),
  ...omitUndefined({ charge: textAt(dispute, "order_id"), reason: textAt(dispute, "reason") }),
  ...amountFrom(fromMajor(at(dispute, "amount"), at(dispute, "currency"))),
});

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

const aboutContract = (topic: string, contract: unknown): EventDraft => {
  const status = contractStatuses.get((textAt(contract, "status") ?? "").toLowerCase()) ?? "unknown";
  const isNew = topic === "subscription_contracts/create";
  const type = isNew && status === "contract.resumed" ? "contract.started" : status;
  return {
    type: contractTopics.get(topic) ?? (isNew || topic === "subscription_contracts/update" ? type : "unknown"),
    ...omitUndefined({
      contract: textAt(contract, "id"),
      customer: textAt(contract, "customer_id"),
      order: textAt(contract, "origin_order_id"),
    }),
  };
};
