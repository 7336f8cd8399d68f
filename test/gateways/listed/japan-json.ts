import { named, row, type Table } from "./table.ts";

const fin = (event: string, more: object = {}) => ({
  event,
  order_id: "o_1",
  access_id: "a_1",
  amount: "1800",
  tax: "180",
  process_date: "2026/11/20 21:00:00.000",
  ...more,
});
const finPayment = (event: string, status: string, ...means: Parameters<typeof row>[2][]) =>
  row(`${event}, ${status}`, fin(event, { status }), ...means.map((one) => one ?? "unknown"));
const finSubscription = (event: string, status: string) => ({
  event,
  subscription_id: "su_1",
  status,
  process_date: "2026/11/20 21:00:00.000",
});

export const fincode: Table = [
  finPayment("payments.card.exec", "CAPTURED", "charge.succeeded"),
  finPayment("payments.card.exec", "AUTHORIZED", "charge.authorized"),
  finPayment("payments.card.exec", "AUTHENTICATED", "notice"),
  finPayment("payments.card.exec", "CHECKED", "card.verified"),
  finPayment("payments.card.exec", "SOMETHING_NEW", "unknown"),
  finPayment("payments.card.capture", "CAPTURED", "charge.succeeded"),
  finPayment("payments.card.cancel", "CANCELED", "charge.voided"),
  finPayment("payments.card.auth", "AUTHORIZED", "charge.authorized"),
  finPayment("payments.card.change", "AUTHORIZED", "charge.authorized"),
  finPayment("payments.directdebit.complete", "CAPTURED", "charge.succeeded"),
  finPayment("payments.konbini.expired.update.batch", "EXPIRED", "charge.failed"),
  finPayment("konbini.expired.update.batch", "EXPIRED", "charge.failed"),
  row("a failed sale", fin("payments.card.exec", { status: "UNPROCESSED", error_code: "E92000001" }), "charge.failed"),
  row(
    "a failed check",
    fin("payments.card.exec", { status: "UNPROCESSED", job_code: "CHECK", error_code: "E9" }),
    "card.verification_failed",
  ),
  row(
    "a renewal told by itself",
    fin("payments.card.exec", { status: "CAPTURED", subscription_id: "su_1" }),
    "charge.succeeded",
    "contract.renewed",
  ),
  ...["subscription.card", "subscription.directdebit"].flatMap((kind) => [
    row(`${kind}.regist`, finSubscription(`${kind}.regist`, "ACTIVE"), "contract.started"),
    row(`${kind}.update`, finSubscription(`${kind}.update`, "ACTIVE"), "notice"),
    row(`${kind}.delete`, finSubscription(`${kind}.delete`, "CANCELED"), "contract.cancelled"),
  ]),
  ...named((event) => fin(event), {
    "card.regist": "notice",
    "card.update": "notice",
    "customers.payment_methods.updated": "notice",
    "recurring.card.batch": "notice",
    "recurring.directdebit.batch": "notice",
    "payments.bulk.card.batch": "notice",
    "something.new": "unknown",
  }),
];

const payjpEvent = (type: string, data: object = { id: "x_1", amount: 1980, currency: "jpy", captured: true, status: "active" }) => ({
  id: "evnt_1",
  type,
  created: 1_795_175_990,
  data,
});

export const payjp: Table = [
  ...named((type) => payjpEvent(type), {
    "charge.succeeded": "charge.succeeded",
    "charge.failed": "charge.failed",
    "charge.updated": "notice",
    "charge.refunded": "charge.refunded",
    "charge.captured": "charge.succeeded",
    "customer.created": "notice",
    "customer.updated": "notice",
    "customer.deleted": "notice",
    "customer.card.created": "notice",
    "plan.created": "notice",
    "subscription.created": "contract.started",
    "subscription.updated": "contract.resumed",
    "subscription.deleted": "contract.cancelled",
    "subscription.paused": "contract.paused",
    "subscription.resumed": "contract.resumed",
    "subscription.canceled": "contract.cancelled",
    "subscription.renewed": "contract.renewed",
    "transfer.succeeded": "notice",
    "token.create": "notice",
    "something.new": "unknown",
  }),
  row("charge.succeeded, to be captured", payjpEvent("charge.succeeded", { id: "ch_1", captured: false }), "charge.authorized"),
  row("charge.refunded, never captured", payjpEvent("charge.refunded", { id: "ch_1", captured: false }), "charge.voided"),
];

const komojuEvent = (type: string, data: object = { id: "x_1", total: 1980, currency: "JPY" }) => ({ id: "evt_1", type, data });
const chargeback = { id: "x_1", currency: "JPY", refunds: [{ id: "r_1", amount: 1980, chargeback: true }] };

export const komoju: Table = [
  ...named((type) => komojuEvent(type), {
    "payment.authorized": "charge.authorized",
    "payment.captured": "charge.succeeded",
    "payment.updated": "notice",
    "payment.expired": "charge.voided",
    "payment.cancelled": "charge.voided",
    "payment.refund.created": "charge.refunded",
    "payment.refunded": "charge.refunded",
    "payment.failed": "charge.failed",
    "payment.marked.as.fraud": "notice",
    "customer.created": "notice",
    "customer.updated": "notice",
    "customer.deleted": "notice",
    "subscription.created": "contract.started",
    "subscription.captured": "contract.renewed",
    "subscription.failed": "contract.past_due",
    "subscription.suspended": "contract.paused",
    "subscription.deleted": "contract.cancelled",
    "settlement.created": "notice",
    ping: "notice",
    "something.new": "unknown",
  }),
  row("payment.refunded, a chargeback", komojuEvent("payment.refunded", chargeback), "charge.refunded", "dispute.opened"),
];

const aboutPayment = (status: string) => ({ payment_id: "pay_1", event_type: "payment", status, timestamp: "2026-11-20T12:00:00Z" });
const aboutToken = (status: string) => ({ token_id: "tok_1", event_type: "token", status, timestamp: "2026-11-20T12:00:00Z" });

export const paidy: Table = [
  ...named(aboutPayment, {
    authorize_success: "charge.authorized",
    capture_success: "charge.succeeded",
    refund_success: "charge.refunded",
    update_success: "notice",
    close_success: "notice",
    something_new: "unknown",
  }),
  ...named(aboutToken, {
    activate_success: "contract.started",
    suspend_success: "contract.paused",
    resume_success: "contract.resumed",
    delete_success: "contract.cancelled",
  }),
  row("the test payment", { ...aboutPayment("capture_success"), payment_id: "pay_0000000000000001" }, "notice"),
];
