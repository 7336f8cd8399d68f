import { form } from "../conformance.ts";
import { named, type Row, row, type Table } from "./table.ts";

const item = (eventCode: string, success = "true", value = 1980, more: object = {}) => ({
  live: "true",
  notificationItems: [
    {
      NotificationRequestItem: {
        eventCode,
        success,
        pspReference: "psp_1",
        amount: { value, currency: "JPY" },
        eventDate: "2026-11-20T12:00:00+01:00",
        ...more,
      },
    },
  ],
});

export const adyen: Table = [
  ...named((code) => item(code), {
    AUTHORISATION: "charge.authorized",
    CAPTURE: "charge.succeeded",
    CAPTURE_FAILED: "charge.voided",
    CANCELLATION: "charge.voided",
    TECHNICAL_CANCEL: "charge.voided",
    CANCEL_OR_REFUND: "charge.refunded",
    REFUND: "charge.refunded",
    REFUND_FAILED: "charge.refunded",
    REFUNDED_REVERSED: "charge.refunded",
    EXPIRE: "charge.voided",
    RECURRING_CONTRACT: "contract.started",
    NOTIFICATION_OF_CHARGEBACK: "dispute.opened",
    CHARGEBACK: "dispute.opened",
    CHARGEBACK_REVERSED: "dispute.won",
    SECOND_CHARGEBACK: "dispute.lost",
    NOTIFICATION_OF_FRAUD: "notice",
    REPORT_AVAILABLE: "notice",
    SOMETHING_NEW: "unknown",
  }),
  row("AUTHORISATION, refused", item("AUTHORISATION", "false"), "charge.failed"),
  row("AUTHORISATION of nothing", item("AUTHORISATION", "true", 0), "card.verified"),
  row("AUTHORISATION of nothing, refused", item("AUTHORISATION", "false", 0), "card.verification_failed"),
  row("AUTHORISATION, captured at once", item("AUTHORISATION", "true", 1980, { operations: ["REFUND"] }), "charge.succeeded"),
  row("REFUND, not done", item("REFUND", "false"), "notice"),
  row("a token of its own kind", { type: "recurring.token.created", data: {} }, "contract.started"),
  row("a token that is disabled", { type: "recurring.token.disabled", data: {} }, "contract.cancelled"),
];

/** As Braintree writes it, in the form's field. */
const xml = (listed: string, subject: string, ...means: Row["means"]): Row => {
  const payload = `<notification><kind>${listed.split(",")[0]}</kind><timestamp type="datetime">2026-11-20T12:00:00Z</timestamp><subject>${subject}</subject></notification>`;
  return { listed, body: form({ bt_signature: "k|s", bt_payload: Buffer.from(payload).toString("base64") }), means };
};
const transaction =
  "<transaction><id>t1</id><type>sale</type><amount>19.80</amount><currency-iso-code>USD</currency-iso-code></transaction>";
const subscription = (cycle = 1, transactions = "") =>
  `<subscription><id>s1</id><current-billing-cycle>${cycle}</current-billing-cycle><transactions>${transactions}</transactions></subscription>`;
const dispute = "<dispute><id>d1</id><transaction><id>t1</id></transaction></dispute>";

export const braintree: Table = [
  xml("subscription_charged_successfully", subscription(1, transaction), "charge.succeeded"),
  xml("subscription_charged_successfully, again", subscription(2, transaction), "charge.succeeded", "contract.renewed"),
  xml("subscription_charged_unsuccessfully", subscription(2, transaction), "charge.failed"),
  xml("subscription_went_active", subscription(), "contract.started"),
  xml("subscription_went_past_due", subscription(), "contract.past_due"),
  xml("subscription_canceled", subscription(), "contract.cancelled"),
  xml("subscription_expired", subscription(), "contract.expired"),
  xml("subscription_trial_ended", subscription(), "notice"),
  xml("subscription_billing_skipped", subscription(), "notice"),
  xml("transaction_settled", transaction, "charge.succeeded"),
  xml("transaction_disbursed", transaction, "charge.succeeded"),
  xml("transaction_settlement_declined", transaction, "charge.voided"),
  xml("refund_failed", transaction, "notice"),
  xml("dispute_opened", dispute, "dispute.opened"),
  xml("dispute_won", dispute, "dispute.won"),
  xml("dispute_lost", dispute, "dispute.lost"),
  xml("dispute_accepted", dispute, "dispute.lost"),
  xml("dispute_expired", dispute, "dispute.lost"),
  xml("check", '<check type="boolean">true</check>', "notice"),
  xml("something_new", "", "unknown"),
];

const paddleEvent = (
  event_type: string,
  data: object = { id: "x_1", details: { totals: { grand_total: "1980" } }, currency_code: "JPY" },
) => ({
  event_id: "evt_1",
  event_type,
  data,
});
const adjusted = (action: string, status = "approved") => paddleEvent("adjustment.created", { action, status, transaction_id: "txn_1" });

export const paddle: Table = [
  ...named((type) => paddleEvent(type), {
    "transaction.completed": "charge.succeeded",
    "transaction.paid": "charge.succeeded",
    "transaction.billed": "notice",
    "transaction.payment_failed": "charge.failed",
    "transaction.past_due": "notice",
    "transaction.canceled": "charge.voided",
    "subscription.activated": "contract.started",
    "subscription.past_due": "contract.past_due",
    "subscription.paused": "contract.paused",
    "subscription.resumed": "contract.resumed",
    "subscription.canceled": "contract.cancelled",
    "subscription.trialing": "contract.started",
    "payment_method.saved": "notice",
    "payment_method.deleted": "notice",
    "something.new": "unknown",
  }),
  row("subscription.created, active", paddleEvent("subscription.created", { id: "sub_1", status: "active" }), "contract.started"),
  row("subscription.updated, paused", paddleEvent("subscription.updated", { id: "sub_1", status: "paused" }), "contract.paused"),
  row("adjustment.created, refund", adjusted("refund"), "charge.refunded"),
  row("adjustment.created, refund to be approved", adjusted("refund", "pending_approval"), "notice"),
  row("adjustment.created, credit", adjusted("credit"), "notice"),
  row("adjustment.created, chargeback", adjusted("chargeback"), "dispute.opened"),
  row("adjustment.created, chargeback taken back", adjusted("chargeback_reverse"), "dispute.won"),
];

const polarEvent = (type: string, data: object = { id: "x_1", status: "active", total_amount: 1980, currency: "usd" }) => ({
  type,
  timestamp: "2026-11-20T12:00:00Z",
  data,
});

export const standardWebhooks: Table = [
  ...named((type) => polarEvent(type), {
    "order.created": "notice",
    "order.paid": "charge.succeeded",
    "order.updated": "notice",
    "order.refunded": "charge.refunded",
    "refund.created": "charge.refunded",
    "refund.updated": "charge.refunded",
    "subscription.active": "contract.started",
    "subscription.uncanceled": "notice",
    "subscription.revoked": "contract.cancelled",
    "subscription.past_due": "contract.past_due",
    "checkout.created": "notice",
    "something.new": "unknown",
  }),
  ...named((type) => ({ ...polarEvent(type), object: "event" }), {
    "subscription.active": "contract.started",
    "subscription.pastDue": "contract.past_due",
    "subscriptionItem.active": "contract.started",
    "subscriptionItem.canceled": "notice",
    "subscriptionItem.ended": "contract.cancelled",
    "subscriptionItem.pastDue": "contract.past_due",
    "subscriptionItem.upcoming": "notice",
  }).map((one) => ({ ...one, listed: `Clerk's ${one.listed}` })),
  row("subscription.updated, canceled", polarEvent("subscription.updated", { id: "s_1", status: "canceled" }), "contract.cancelled"),
  row("subscription.canceled, runs on", polarEvent("subscription.canceled", { id: "s_1", status: "active" }), "notice"),
  row(
    "paymentAttempt.updated, paid",
    { object: "event", type: "paymentAttempt.updated", data: { id: "pa_1", status: "paid" } },
    "charge.succeeded",
  ),
  row(
    "paymentAttempt.updated, failed",
    { object: "event", type: "paymentAttempt.updated", data: { id: "pa_1", status: "failed" } },
    "charge.failed",
  ),
].map((one) => ({ ...one, headers: { "webhook-id": "msg_1" } }));

const lemon = (event_name: string, attributes: object = { status: "active", total: 1980, currency: "JPY" }) => ({
  meta: { event_name },
  data: { type: "x", id: "1", attributes },
});
const renewal = { total: 1980, currency: "JPY", billing_reason: "renewal" };

export const lemonSqueezy: Table = [
  ...named((name) => lemon(name), {
    order_created: "notice",
    order_refunded: "notice",
    subscription_created: "contract.started",
    subscription_updated: "contract.resumed",
    subscription_cancelled: "contract.cancelled",
    subscription_resumed: "contract.resumed",
    subscription_expired: "contract.expired",
    subscription_paused: "contract.paused",
    subscription_unpaused: "contract.resumed",
    subscription_payment_success: "charge.succeeded",
    subscription_payment_failed: "charge.failed",
    subscription_payment_recovered: "charge.succeeded",
    subscription_payment_refunded: "charge.refunded",
    something_new: "unknown",
  }),
  row("subscription_payment_success, renewal", lemon("subscription_payment_success", renewal), "charge.succeeded", "contract.renewed"),
  row("subscription_payment_failed, renewal", lemon("subscription_payment_failed", renewal), "charge.failed", "contract.past_due"),
];
