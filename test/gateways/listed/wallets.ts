import { named, row, type Table } from "./table.ts";

const paypalEvent = (type: string, resource: object = { id: "x_1" }) => ({ id: "WH-1", event_type: type, resource });
const resolved = (outcome_code: string) => paypalEvent("CUSTOMER.DISPUTE.RESOLVED", { dispute_outcome: { outcome_code } });

export const paypal: Table = [
  ...named((type) => paypalEvent(type), {
    "PAYMENT.SALE.COMPLETED": "charge.succeeded",
    "PAYMENT.SALE.DENIED": "charge.failed",
    "PAYMENT.SALE.REFUNDED": "charge.refunded",
    "PAYMENT.SALE.REVERSED": "charge.refunded",
    "PAYMENT.CAPTURE.COMPLETED": "charge.succeeded",
    "PAYMENT.CAPTURE.DENIED": "charge.failed",
    "PAYMENT.CAPTURE.REFUNDED": "charge.refunded",
    "PAYMENT.CAPTURE.REVERSED": "charge.refunded",
    "PAYMENT.AUTHORIZATION.CREATED": "charge.authorized",
    "PAYMENT.AUTHORIZATION.VOIDED": "charge.voided",
    "BILLING.SUBSCRIPTION.CREATED": "notice",
    "BILLING.SUBSCRIPTION.ACTIVATED": "contract.started",
    "BILLING.SUBSCRIPTION.UPDATED": "notice",
    "BILLING.SUBSCRIPTION.EXPIRED": "contract.expired",
    "BILLING.SUBSCRIPTION.CANCELLED": "contract.cancelled",
    "BILLING.SUBSCRIPTION.SUSPENDED": "contract.paused",
    "BILLING.SUBSCRIPTION.PAYMENT.FAILED": "charge.failed",
    "VAULT.PAYMENT-TOKEN.CREATED": "notice",
    "VAULT.PAYMENT-TOKEN.DELETED": "notice",
    "CUSTOMER.DISPUTE.CREATED": "dispute.opened",
    "CUSTOMER.DISPUTE.UPDATED": "notice",
    "SOMETHING.NEW": "unknown",
  }),
  row("a subscription updated to active", paypalEvent("BILLING.SUBSCRIPTION.UPDATED", { id: "I-1", status: "ACTIVE" }), "contract.resumed"),
  row("a dispute resolved for the seller", resolved("RESOLVED_SELLER_FAVOUR"), "dispute.won"),
  row("a dispute resolved for the buyer", resolved("RESOLVED_BUYER_FAVOUR"), "dispute.lost"),
  row("a dispute resolved in a new way", resolved("SOMETHING_NEW"), "unknown"),
];

const squareEvent = (type: string, object: object = {}) => ({ event_id: "e_1", type, data: { object } });
const statuses = (type: string, kind: string, field: string, meanings: Readonly<Record<string, Parameters<typeof row>[2]>>) =>
  Object.entries(meanings).map(([status, means = "unknown"]) =>
    row(`${type}, ${status}`, squareEvent(type, { [kind]: { id: "x_1", [field]: status } }), means),
  );

export const square: Table = [
  ...["payment.created", "payment.updated"].flatMap((type) =>
    statuses(type, "payment", "status", {
      APPROVED: "charge.authorized",
      COMPLETED: "charge.succeeded",
      CANCELED: "charge.voided",
      FAILED: "charge.failed",
      PENDING: "notice",
      SOMETHING_NEW: "unknown",
    }),
  ),
  ...["refund.created", "refund.updated"].flatMap((type) =>
    statuses(type, "refund", "status", { COMPLETED: "charge.refunded", PENDING: "notice" }),
  ),
  ...statuses("subscription.created", "subscription", "status", { ACTIVE: "contract.started" }),
  ...statuses("subscription.updated", "subscription", "status", {
    ACTIVE: "contract.resumed",
    CANCELED: "contract.cancelled",
    PAUSED: "contract.paused",
    DEACTIVATED: "contract.cancelled",
  }),
  ...statuses("dispute.created", "dispute", "state", { EVIDENCE_REQUIRED: "dispute.opened" }),
  ...statuses("dispute.state.updated", "dispute", "state", {
    WON: "dispute.won",
    LOST: "dispute.lost",
    ACCEPTED: "dispute.lost",
    PROCESSING: "notice",
  }),
  row(
    "invoice.payment_made of a contract",
    squareEvent("invoice.payment_made", { invoice: { subscription_id: "s_1" } }),
    "contract.renewed",
  ),
  ...named((type) => squareEvent(type), {
    "invoice.payment_made": "notice",
    "invoice.scheduled_charge_failed": "charge.failed",
    "invoice.refunded": "notice",
    "card.created": "notice",
    "card.disabled": "notice",
    "something.new": "unknown",
  }),
];

const topic = (name: string, body: object, ...means: Parameters<typeof row>[2][]): Table[number] => ({
  ...row(name, { id: 1, order_id: 2, ...body }, ...means.map((one) => one ?? "unknown")),
  headers: { "x-shopify-topic": name.split(" ")[0] ?? "", "x-shopify-event-id": "ev_1" },
});
const paid = { total_price: "19.80", currency: "USD", financial_status: "paid" };
const transaction = (kind: string, status: string, amount = "19.80") => ({ kind, status, amount, currency: "USD" });

export const shopify: Table = [
  topic("orders/paid", paid, "charge.succeeded"),
  topic("orders/cancelled and voided", { ...paid, financial_status: "voided" }, "charge.voided"),
  topic("orders/cancelled and given back", { ...paid, financial_status: "refunded" }, "notice"),
  topic("order_transactions/create authorization", transaction("authorization", "success"), "charge.authorized"),
  topic("order_transactions/create sale", transaction("sale", "success"), "charge.succeeded"),
  topic("order_transactions/create capture", transaction("capture", "success"), "charge.succeeded"),
  topic("order_transactions/create refund", transaction("refund", "success"), "charge.refunded"),
  topic("order_transactions/create void", transaction("void", "success"), "notice"),
  topic("order_transactions/create failed sale", transaction("sale", "failure"), "charge.failed"),
  topic("order_transactions/create of nothing", transaction("authorization", "success", "0.00"), "card.verified"),
  topic("refunds/create", { transactions: [transaction("refund", "success")] }, "charge.refunded"),
  topic("disputes/create", {}, "dispute.opened"),
  topic("disputes/update won", { status: "won" }, "dispute.won"),
  topic("disputes/update lost", { status: "lost" }, "dispute.lost"),
  topic("subscription_contracts/create", { status: "active" }, "contract.started"),
  topic("subscription_contracts/update paused", { status: "paused" }, "contract.paused"),
  topic("subscription_contracts/update cancelled", { status: "cancelled" }, "contract.cancelled"),
  topic("subscription_billing_attempts/success", {}, "charge.succeeded", "contract.renewed"),
  topic("subscription_billing_attempts/failure", {}, "charge.failed"),
  topic("subscription_billing_attempts/challenged", {}, "notice"),
  topic("something/new", {}, "unknown"),
];
