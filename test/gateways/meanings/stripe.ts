import * as meaning from "../../../gateways/stripe/meaning.ts";
import { writer } from "../../../gateways/stripe/writer.ts";
import { now } from "../conformance/conformance.ts";
import { changed } from "./change.ts";
import { byKey, each, type Input, type Meanings, refund, row, scenesOf, sentAt, yen } from "./row.ts";

const scene = scenesOf(writer, { contract: "sub_1", customer: "cus_1", charge: "pi_1", order: "", part: "re_1" });
const object = (input: Input, fields: Readonly<Record<string, unknown>>): Input =>
  Object.entries(fields).reduce((made, [path, value]) => changed(made, `data/object/${path}`, value), input);
const typed = (input: Input, type: string) => changed(input, "type", type);
const contract = { contract: "sub_1", customer: "cus_1" };
const paid = { charge: "pi_1", part: "pi_1", customer: "cus_1", amount: yen };
/** As a charge of an invoice names its payment, and as the invoice itself does. */
const named = { charge: "pi_1", alsoKnownAs: ["ch_1", "in_1"] };
const charged = { ...named, part: "pi_1", customer: "cus_1", amount: yen };
const invoiced = { ...named, contract: "sub_1", customer: "cus_1", amount: yen };
const { amount: _, ...unpaid } = invoiced;
const money = (minor: number) => ({ minor, currency: "JPY" });

const renewal = scene("renewed", 1);
const first = scene("paid", 1);
/** Since API 2025-03-31 an invoice names neither its payment intent nor its charge. */
const newer = object(first, { payment_intent: undefined, charge: undefined });
const paidBy = (payment: object): Input =>
  changed(typed(first, "invoice_payment.paid"), "data/object", {
    id: "inpay_1",
    object: "invoice_payment",
    amount_paid: 1980,
    currency: "jpy",
    invoice: "in_1",
    payment,
  });
const session = (fields: object): Input =>
  changed(typed(first, "checkout.session.completed"), "data/object", {
    id: "cs_1",
    object: "checkout.session",
    customer: "cus_1",
    ...fields,
  });
const intent = scene("captured", 1);
const charge = scene("captured", 0);
const refunded = scene("refunded", 0, { refund });
const toldBack = { ...named, customer: "cus_1" };
const given = { charge: "pi_1", alsoKnownAs: ["ch_1"], part: "ch_1", refund: "re_1", amount: refund.amount };
const disputed = { charge: "pi_1", alsoKnownAs: ["ch_1"], dispute: "dp_1", reason: "fraudulent", amount: yen };
const dispute = (type: string, status: string) => object(typed(scene("disputed"), type), { status });
const reinstated = (...amounts: readonly number[]) =>
  object(dispute("charge.dispute.funds_reinstated", "lost"), {
    balance_transactions: [...amounts.map((amount) => ({ amount, currency: "jpy" })), { amount: -15, currency: "usd" }],
  });
const subscription = (type: string, status: string | undefined, was?: string) => {
  const now = object(typed(scene("cancelled"), `customer.subscription.${type}`), { status });
  return was === undefined ? now : changed(now, "data/previous_attributes", { status: was });
};
const collection = (now: object | null, before: object | null) =>
  changed(object(subscription("updated", "active"), { pause_collection: now }), "data/previous_attributes", { pause_collection: before });
const updated = (status: string, was?: string) => subscription("updated", status, was);
const failed = object(typed(intent, "payment_intent.payment_failed"), {
  last_payment_error: { message: "Your card was declined.", code: "card_declined" },
});

export const meanings: Meanings = {
  modules: [meaning],
  at: sentAt,
  tables: {
    stateOfStatus: byKey(
      {
        past_due: "contract.past_due",
        unpaid: "contract.past_due",
        paused: "contract.paused",
        canceled: "contract.cancelled",
        incomplete_expired: "contract.expired",
      },
      (status, type) => row(updated(status, "active"), { type, ...contract, previousState: "active" }),
    ),
  },
  others: {
    "invoice.paid": { ...row(first, { type: "charge.succeeded", ...invoiced }), gatewayType: "invoice.paid" },
    "invoice.paid, of a renewal": row(renewal, { type: "charge.succeeded", ...invoiced }, { type: "contract.renewed", ...contract }),
    ...Object.fromEntries(
      [
        { proration: true },
        { parent: { subscription_item_details: { proration: true } } },
        { parent: { invoice_item_details: { proration: true } } },
      ].map((line) => [
        `invoice.paid, with the line ${JSON.stringify(line)}`,
        row(object(first, { lines: { data: [{}, line] } }), { type: "charge.succeeded", ...invoiced, isProrated: true }),
      ]),
    ),
    "invoice.paid, with lines that are not prorated": row(
      object(first, {
        lines: {
          data: [
            { proration: false },
            { parent: { subscription_item_details: { proration: false }, invoice_item_details: { proration: false } } },
          ],
        },
      }),
      { type: "charge.succeeded", ...invoiced },
    ),
    "invoice.paid, partly by payments that were recorded only": row(
      object(newer, {
        payments: { data: [{ payment: { type: "payment_record" } }, { payment: { type: "payment_intent", payment_intent: "pi_1" } }] },
      }),
      { type: "charge.succeeded", ...contract, charge: "pi_1", alsoKnownAs: ["in_1"], amount: yen },
    ),
    "invoice.paid, of a renewal over nothing": row(object(renewal, { amount_paid: 0 }), { type: "contract.renewed", ...contract }),
    "invoice.paid, of a renewal paid elsewhere": row(object(renewal, { paid_out_of_band: true }), {
      type: "contract.renewed",
      ...contract,
    }),
    "invoice.paid, of a trial": row(object(first, { amount_paid: 0 }), { type: "notice", ...unpaid }),
    "invoice.paid, elsewhere": row(object(first, { paid_out_of_band: true }), { type: "notice", ...unpaid }),
    "invoice.paid, by payments that were recorded only": row(
      object(newer, { payments: { data: [{ payment: { type: "payment_record", payment_record: "pr_1" } }] } }),
      { type: "notice", ...contract, charge: "in_1" },
    ),
    "invoice.paid, without an amount": row(object(first, { amount_paid: undefined }), { type: "charge.succeeded", ...unpaid }),
    // Its twin: the renewal may be told once only.
    "invoice.payment_succeeded, of a renewal": row(scene("renewed", 2), { type: "charge.succeeded", ...invoiced }),
    "invoice.payment_failed": row(scene("failed"), { type: "charge.failed", ...invoiced }),
    "an invoice that names its charge only": row(object(first, { payment_intent: undefined }), {
      type: "charge.succeeded",
      ...invoiced,
      charge: "ch_1",
      alsoKnownAs: ["in_1"],
    }),
    "an invoice that names no payment": row(newer, { type: "charge.succeeded", ...contract, charge: "in_1", amount: yen }),
    "an invoice that several intents paid": row(
      object(newer, {
        payments: {
          data: [{ payment: { type: "other" } }, { payment: { payment_intent: "pi_2", charge: "ch_2" } }, { payment: { charge: "ch_3" } }],
        },
      }),
      { type: "charge.succeeded", ...contract, amount: yen, charge: "pi_2", alsoKnownAs: ["ch_2", "ch_3", "in_1"] },
    ),
    "an invoice with its payments, by a charge": row(object(newer, { payments: { data: [{ payment: { charge: { id: "ch_2" } } }] } }), {
      type: "charge.succeeded",
      ...contract,
      amount: yen,
      charge: "ch_2",
      alsoKnownAs: ["in_1"],
    }),
    "an invoice with its intent whole": row(object(first, { payment_intent: { id: "pi_3" }, customer: { id: "cus_3" } }), {
      type: "charge.succeeded",
      ...invoiced,
      customer: "cus_3",
      charge: "pi_3",
    }),
    "an invoice whose parent names the subscription": row(
      object(first, { parent: { subscription_details: { subscription: "sub_2" } }, subscription: "sub_1" }),
      { type: "charge.succeeded", ...invoiced, contract: "sub_2" },
    ),
    "an invoice whose first line names the subscription": row(
      object(first, {
        subscription: undefined,
        lines: { data: [{ parent: { subscription_item_details: { subscription: "sub_3" } } }] },
      }),
      { type: "charge.succeeded", ...invoiced, contract: "sub_3" },
    ),
    "invoice_payment.paid, by an intent": row(paidBy({ type: "payment_intent", payment_intent: "pi_1", charge: "ch_1" }), {
      type: "charge.succeeded",
      ...named,
      part: "pi_1",
      amount: yen,
    }),
    "invoice_payment.paid, by a charge": row(paidBy({ type: "charge", charge: "ch_1" }), {
      type: "charge.succeeded",
      charge: "ch_1",
      alsoKnownAs: ["in_1"],
      part: "ch_1",
      amount: yen,
    }),
    "invoice_payment.paid, elsewhere": row(paidBy({ type: "payment_record", payment_record: "pr_1" }), {
      type: "notice",
      charge: "in_1",
      part: "inpay_1",
      amount: yen,
      paidElsewhere: true,
    }),
    "invoice_payment.paid, in a new way": row(paidBy({ type: "barter" }), { type: "notice", charge: "in_1" }),
    "payment_intent.succeeded": row(object(intent, { amount_received: 1500 }), {
      type: "charge.succeeded",
      ...paid,
      amount: money(1500),
    }),
    "payment_intent.succeeded, by its amount": row(intent, { type: "charge.succeeded", ...paid }),
    "payment_intent.succeeded, with its charge, of an invoice": row(object(intent, { latest_charge: "ch_1", invoice: "in_1" }), {
      type: "charge.succeeded",
      ...charged,
      incomplete: ["contract"],
    }),
    "payment_intent.succeeded, that lists its attempts": row(object(intent, { charges: { data: [{ id: "ch_2" }, { id: "ch_1" }, {}] } }), {
      type: "charge.succeeded",
      ...paid,
      alsoKnownAs: ["ch_2", "ch_1"],
    }),
    "payment_intent.succeeded, of an invoice": row(object(intent, { invoice: "in_1" }), {
      type: "charge.succeeded",
      ...paid,
      alsoKnownAs: ["in_1"],
      incomplete: ["contract"],
    }),
    "payment_intent.succeeded, that refers to its invoice": row(
      object(intent, { invoice: undefined, payment_details: { order_reference: "in_1" } }),
      { type: "charge.succeeded", ...paid, alsoKnownAs: ["in_1"], incomplete: ["contract"] },
    ),
    "payment_intent.succeeded, that refers to its Checkout session": row(
      object(intent, { invoice: undefined, payment_details: { order_reference: "cs_1" } }),
      { type: "charge.succeeded", ...paid, alsoKnownAs: ["cs_1"] },
    ),
    "payment_intent.succeeded, of an older version, that refers to its invoice": row(
      object(intent, { payment_details: { order_reference: "in_1" } }),
      { type: "charge.succeeded", ...paid, alsoKnownAs: ["in_1"], incomplete: ["contract"] },
    ),
    "payment_intent.succeeded, that refers to an order": row(
      object(intent, { invoice: undefined, payment_details: { order_reference: "order in_1" } }),
      { type: "charge.succeeded", ...paid },
    ),
    "payment_intent.succeeded, of a subscription": row(object(intent, { subscription: "sub_1" }), {
      type: "charge.succeeded",
      contract: "sub_1",
      ...paid,
    }),
    "payment_intent.amount_capturable_updated": row(object(scene("authorized"), { amount_capturable: 1500 }), {
      type: "charge.authorized",
      ...paid,
      amount: money(1500),
    }),
    "payment_intent.amount_capturable_updated, by its amount": row(object(scene("authorized"), { amount_capturable: undefined }), {
      type: "charge.authorized",
      ...paid,
    }),
    "payment_intent.amount_capturable_updated, with nothing left": row(object(scene("authorized"), { amount_capturable: 0 }), {
      type: "notice",
      charge: "pi_1",
      customer: "cus_1",
    }),
    "payment_intent.payment_failed": row(failed, { type: "charge.failed", ...paid, reason: "Your card was declined." }),
    "payment_intent.payment_failed, with a code": row(object(failed, { "last_payment_error/message": undefined }), {
      type: "charge.failed",
      ...paid,
      reason: "card_declined",
    }),
    "payment_intent.succeeded, after an error": row(typed(failed, "payment_intent.succeeded"), { type: "charge.succeeded", ...paid }),
    "payment_intent.canceled": row(scene("voided"), { type: "charge.voided", ...paid }),
    "payment_intent.canceled, all of it taken": row(object(scene("voided"), { amount_received: 1980 }), { type: "charge.voided", ...paid }),
    "payment_intent.canceled, a unit of it taken": row(object(scene("voided"), { amount_received: 1, latest_charge: "ch_1" }), {
      type: "notice",
      charge: "pi_1",
      alsoKnownAs: ["ch_1"],
      customer: "cus_1",
    }),
    "charge.succeeded": row(scene("paid"), { type: "charge.succeeded", ...charged }),
    "charge.succeeded, to be captured": row(object(scene("paid"), { captured: false }), { type: "charge.authorized", ...charged }),
    "charge.failed, that was not captured": row(
      object(typed(charge, "charge.failed"), { captured: false, failure_message: "declined", failure_code: "card_declined" }),
      { type: "charge.failed", ...charged, reason: "declined" },
    ),
    "charge.failed, with a code": row(object(typed(charge, "charge.failed"), { failure_code: "card_declined" }), {
      type: "charge.failed",
      ...charged,
      reason: "card_declined",
    }),
    "charge.succeeded, with a failure before": row(object(scene("paid"), { failure_message: "declined" }), {
      type: "charge.succeeded",
      ...charged,
    }),
    "charge.captured": row(object(charge, { amount_captured: 1500 }), { type: "charge.succeeded", ...charged, amount: money(1500) }),
    "charge.captured, by its amount": row(object(charge, { amount_captured: undefined }), { type: "charge.succeeded", ...charged }),
    "charge.expired": row(object(typed(charge, "charge.expired"), { captured: false, amount_captured: 0 }), {
      type: "charge.voided",
      ...charged,
    }),
    "charge.expired, a part of it taken": row(object(typed(charge, "charge.expired"), { amount: 1980, amount_captured: 600 }), {
      type: "notice",
      charge: "pi_1",
      alsoKnownAs: ["ch_1", "in_1"],
      customer: "cus_1",
    }),
    "charge.succeeded, without an intent": row(object(scene("paid"), { payment_intent: null }), {
      type: "charge.succeeded",
      ...charged,
      charge: "ch_1",
      alsoKnownAs: ["in_1"],
      part: "ch_1",
    }),
    ...Object.fromEntries(
      ["Subscription creation", "Subscription update", "Payment for Invoice 7"].map((description) => [
        `charge.succeeded, of an invoice it cannot name: ${description}`,
        row(object(scene("paid"), { invoice: undefined, description }), {
          type: "charge.succeeded",
          ...charged,
          alsoKnownAs: ["ch_1"],
          incomplete: ["contract"],
        }),
      ]),
    ),
    ...Object.fromEntries(
      ["My Subscription creation", "Subscription creations", "Subscription"].map((description) => [
        `charge.succeeded, of the shop's own: ${description}`,
        row(object(scene("paid"), { invoice: undefined, description }), {
          type: "charge.succeeded",
          ...charged,
          alsoKnownAs: ["ch_1"],
        }),
      ]),
    ),
    "charge.succeeded, of an older version and an invoice": row(object(scene("paid"), { description: "Subscription creation" }), {
      type: "charge.succeeded",
      ...charged,
    }),
    "charge.refunded": row(scene("refunded", 1, { refund }), { type: "charge.refunded", ...toldBack, part: "ch_1", amount: refund.soFar }),
    "charge.refunded, without an intent": row(object(scene("refunded", 1, { refund }), { payment_intent: null }), {
      type: "charge.refunded",
      ...toldBack,
      charge: "ch_1",
      alsoKnownAs: ["in_1"],
      part: "ch_1",
      amount: refund.soFar,
    }),
    // Stripe counts what was never taken as refunded too.
    "charge.refunded, after a part was captured": row(
      object(scene("refunded", 1, { refund }), { amount: 2000, amount_captured: 1500, amount_refunded: 700 }),
      { type: "charge.refunded", ...toldBack, part: "ch_1", amount: money(200) },
    ),
    "charge.refunded, one unit more than a capture left": row(
      object(scene("refunded", 1, { refund }), { amount: 2000, amount_captured: 1500, amount_refunded: 501 }),
      { type: "charge.refunded", ...toldBack, part: "ch_1", amount: money(1) },
    ),
    "charge.refunded, of the one unit that a capture left": row(
      object(scene("refunded", 1, { refund }), { amount: 1981, amount_captured: 1980, amount_refunded: 1 }),
      { type: "notice", ...toldBack },
    ),
    "charge.refunded, and taken back": row(object(scene("refunded", 1, { refund }), { amount_refunded: 0 }), {
      type: "charge.refunded",
      ...toldBack,
      part: "ch_1",
      amount: money(0),
    }),
    "charge.refunded, of a charge that does not say what was captured": row(
      object(scene("refunded", 1, { refund }), { amount_captured: undefined }),
      { type: "charge.refunded", ...toldBack, part: "ch_1", amount: refund.soFar },
    ),
    "charge.refunded, of what a capture left": row(
      object(scene("refunded", 1, { refund }), { amount: 2000, amount_captured: 1500, amount_refunded: 500 }),
      { type: "notice", ...toldBack },
    ),
    "charge.refunded, of an authorisation that was released": row(
      object(scene("refunded", 1, { refund }), { captured: false, amount_captured: 0, amount_refunded: 1980 }),
      { type: "charge.voided", ...charged },
    ),
    "charge.refunded, of an amount it does not tell": row(object(scene("refunded", 1, { refund }), { amount_refunded: undefined }), {
      type: "charge.refunded",
      ...toldBack,
      part: "ch_1",
    }),
    "refund.created, of an intent without its charge": row(object(refunded, { charge: null }), {
      type: "charge.refunded",
      charge: "pi_1",
      part: "pi_1",
      refund: "re_1",
      amount: refund.amount,
    }),
    ...each(["refund.created", "refund.updated", "charge.refund.updated"], (type) =>
      row(typed(refunded, type), { type: "charge.refunded", ...given }),
    ),
    "refund.created, without an intent": row(object(refunded, { payment_intent: null }), {
      type: "charge.refunded",
      charge: "ch_1",
      part: "ch_1",
      refund: "re_1",
      amount: refund.amount,
    }),
    ...each(["pending", "requires_action"], (status) => row(object(refunded, { status }), { type: "refund.pending", ...given })),
    "refund.failed": row(object(typed(refunded, "refund.failed"), { status: "failed", failure_reason: "lost_or_stolen_card" }), {
      type: "refund.failed",
      ...given,
      reason: "refund failed: lost_or_stolen_card",
    }),
    "refund.updated, canceled": row(object(refunded, { status: "canceled" }), {
      type: "refund.failed",
      ...given,
      reason: "refund canceled: no reason given",
    }),
    "charge.dispute.created": row(scene("disputed"), { type: "dispute.opened", ...disputed }),
    ...each(["prevented", "warning_closed", "won"], (status) =>
      row(dispute("charge.dispute.created", status), { type: "dispute.won", ...disputed }),
    ),
    "charge.dispute.closed, won": row(scene("dispute won"), { type: "dispute.won", ...disputed }),
    "charge.dispute.closed, lost": row(scene("dispute lost"), { type: "dispute.lost", ...disputed }),
    "charge.dispute.closed, prevented": row(dispute("charge.dispute.closed", "prevented"), { type: "dispute.won", ...disputed }),
    "charge.dispute.updated": row(dispute("charge.dispute.updated", "under_review"), { type: "notice", ...disputed }),
    "charge.dispute.updated, won in the end": row(dispute("charge.dispute.updated", "won"), { type: "dispute.won", ...disputed }),
    "charge.dispute.updated, lost": row(dispute("charge.dispute.updated", "lost"), { type: "dispute.lost", ...disputed }),
    "charge.dispute.funds_withdrawn": row(dispute("charge.dispute.funds_withdrawn", "needs_response"), {
      type: "dispute.opened",
      ...disputed,
    }),
    "charge.dispute.funds_withdrawn, after it was lost": row(dispute("charge.dispute.funds_withdrawn", "lost"), {
      type: "dispute.lost",
      ...disputed,
    }),
    "charge.dispute.funds_reinstated": row(dispute("charge.dispute.funds_reinstated", "won"), { type: "dispute.won", ...disputed }),
    "charge.dispute.funds_reinstated, of one that was lost": row(dispute("charge.dispute.funds_reinstated", "lost"), {
      type: "dispute.won",
      ...disputed,
    }),
    "charge.dispute.funds_reinstated, of one that was lost, in whole": row(reinstated(-1980, 1980), { type: "dispute.won", ...disputed }),
    "charge.dispute.funds_reinstated, of one that was lost, in part": row(reinstated(-1980, 980), {
      type: "dispute.lost",
      ...disputed,
      amount: money(1000),
    }),
    "charge.dispute.funds_reinstated, in part, of one that was won": row(object(reinstated(-1980, 980), { status: "won" }), {
      type: "dispute.won",
      ...disputed,
    }),
    "charge.dispute.funds_reinstated, all but one unit": row(reinstated(-1980, 1979), {
      type: "dispute.lost",
      ...disputed,
      amount: money(1),
    }),
    "charge.dispute.funds_reinstated, with a movement of no amount": row(
      object(dispute("charge.dispute.funds_reinstated", "lost"), {
        balance_transactions: [{ currency: "jpy" }, { amount: -980, currency: "jpy" }],
      }),
      { type: "dispute.lost", ...disputed, amount: money(980) },
    ),
    // An inquiry that no chargeback followed: the money stays.
    "charge.dispute.closed, an inquiry": row(dispute("charge.dispute.closed", "warning_closed"), { type: "dispute.won", ...disputed }),
    "setup_intent.succeeded": row(scene("card checked"), { type: "card.verified", customer: "cus_1" }),
    "setup_intent.setup_failed": row(object(scene("card declined"), { last_setup_error: { message: "declined" } }), {
      type: "card.verification_failed",
      customer: "cus_1",
      reason: "declined",
    }),
    "created, active": row(scene("started"), { type: "contract.started", ...contract }),
    "created, trialing": row(subscription("created", "trialing"), { type: "contract.started", ...contract }),
    "created, without a status": row(subscription("created", undefined), { type: "contract.started", ...contract }),
    "created, and still open": row(subscription("created", "incomplete"), { type: "notice", ...contract }),
    "updated to active from past due": row(updated("active", "past_due"), {
      type: "contract.resumed",
      ...contract,
      previousState: "past_due",
    }),
    "updated to trialing from paused": row(updated("trialing", "paused"), {
      type: "contract.resumed",
      ...contract,
      previousState: "paused",
    }),
    "updated, collection is paused": row(collection({ behavior: "void" }, null), {
      type: "contract.paused",
      ...contract,
      previousState: "active",
    }),
    "updated, collection goes on": row(collection(null, { behavior: "void" }), {
      type: "contract.resumed",
      ...contract,
      previousState: "paused",
    }),
    "updated to active from past due, collection is paused": row(
      changed(object(subscription("updated", "active"), { pause_collection: { behavior: "void" } }), "data/previous_attributes", {
        status: "past_due",
      }),
      { type: "contract.paused", ...contract, previousState: "past_due" },
    ),
    "updated, collection stays paused": row(collection({ behavior: "void" }, { behavior: "keep_as_draft" }), {
      type: "notice",
      ...contract,
    }),
    "updated to active from incomplete": row(updated("active", "incomplete"), { type: "contract.started", ...contract }),
    "updated to trialing from incomplete": row(updated("trialing", "incomplete"), { type: "contract.started", ...contract }),
    "updated to active from trialing": row(updated("active", "trialing"), { type: "notice", ...contract, previousState: "active" }),
    "updated in something else": row(updated("active"), { type: "notice", ...contract }),
    "updated to something else": row(updated("toString", "past_due"), { type: "notice", ...contract, previousState: "past_due" }),
    "updated from incomplete to something else": row(updated("toString", "incomplete"), { type: "notice", ...contract }),
    "updated from something else": row(updated("active", "toString"), { type: "notice", ...contract }),
    "updated, without a status": row(subscription("updated", undefined), { type: "notice", ...contract }),
    deleted: row(object(scene("cancelled"), { cancellation_details: { reason: "payment_failed" } }), {
      type: "contract.cancelled",
      ...contract,
      reason: "payment_failed",
    }),
    "paused, with the reason of an end": row(object(scene("paused"), { cancellation_details: { reason: "x" } }), {
      type: "contract.paused",
      ...contract,
    }),
    resumed: row(scene("resumed"), { type: "contract.resumed", ...contract }),
    "a thin event": row(changed(typed(intent, "v1.billing.meter.error_report_triggered"), "object", "v2.core.event"), {
      type: "unknown",
      incomplete: ["contract", "charge", "customer", "amount"],
    }),
    "a thin event about an account": row(changed(typed(intent, "v2.core.account.updated"), "object", "v2.core.event"), { type: "notice" }),
    "a time of a thin event": row(
      changed(changed(typed(intent, "v2.core.account.updated"), "object", "v2.core.event"), "created", "2026-11-20T11:58:00Z"),
      { type: "notice", occurredAt: sentAt - 60_000 },
    ),
    "no time": row(changed(intent, "created", undefined), { type: "charge.succeeded", ...paid, occurredAt: now }),
    ...each(
      [
        ...["account", "application_fee", "apps.install", "balance", "balance_settings", "billing.credit_grant", "billing_portal.session"],
        ...[
          "capability",
          "cash_balance",
          "checkout.session",
          "climate.order",
          "coupon",
          "credit_note",
          "customer_cash_balance_transaction",
        ],
        ...["entitlements.active_entitlement_summary", "file", "financial_connections.account", "identity.verification_session"],
        ...[
          "invoiceitem",
          "issuing_authorization",
          "issuing_personalization_design",
          "mandate",
          "payment_link",
          "payment_method",
          "payout",
        ],
        ...[
          "person",
          "plan",
          "price",
          "product",
          "promotion_code",
          "quote",
          "radar",
          "reporting",
          "reserve.hold",
          "review",
          "setup_intent",
        ],
        ...["sigma.scheduled_query_run", "source.transaction", "subscription_schedule", "tax", "tax_rate", "terminal.reader"],
        ...["test_helpers.test_clock", "three_d_secure.authentication", "topup", "transfer", "treasury.received_credit"],
      ].map((family) => `${family}.created`),
      (type) => row(typed(intent, type), { type: "notice", customer: "cus_1" }),
    ),
    ...each(
      [
        ...["customer.created", "customer.updated", "customer.deleted", "customer.discount.created", "customer.source.created"],
        ...["customer.tax_id.created", "customer.subscription.trial_will_end", "customer.subscription.pending_update_applied"],
        ...["customer.subscription.pending_update_expired"],
      ],
      (type) => row(typed(renewal, type), { type: "notice", ...contract }),
    ),
    ...each(
      [
        ...["invoice.created", "invoice.deleted", "invoice.finalized", "invoice.finalization_failed", "invoice.marked_uncollectible"],
        ...["invoice.overdue", "invoice.overpaid", "invoice.payment_action_required", "invoice.payment_attempt_required"],
        ...["invoice.sent", "invoice.upcoming", "invoice.updated", "invoice.voided", "invoice.will_be_due"],
      ],
      (type) => row(typed(renewal, type), { type: "notice", ...unpaid }),
    ),
    ...each(["charge.pending", "charge.updated"], (type) => row(typed(charge, type), { type: "notice", ...toldBack })),
    ...each(
      ["payment_intent.created", "payment_intent.partially_funded", "payment_intent.processing", "payment_intent.requires_action"],
      (type) => row(object(typed(intent, type), { latest_charge: "ch_1", invoice: "in_1" }), { type: "notice", ...toldBack }),
    ),
    "invoice_payment.created": row(typed(paidBy({ payment_intent: "pi_1", charge: "ch_1" }), "invoice_payment.created"), {
      type: "notice",
      ...named,
    }),
    "checkout.session.completed, of a subscription": row(session({ subscription: "sub_1", invoice: "in_1", payment_intent: null }), {
      type: "notice",
      ...contract,
      charge: "in_1",
      alsoKnownAs: ["cs_1"],
    }),
    "checkout.session.completed, of a payment": row(session({ payment_intent: "pi_1" }), {
      type: "notice",
      customer: "cus_1",
      charge: "pi_1",
      alsoKnownAs: ["cs_1"],
    }),
    "checkout.session.completed, of a card to keep": row(session({ setup_intent: "seti_1" }), { type: "notice", customer: "cus_1" }),
    ...each(
      [
        ...["something.new", "an.account.created", "my.payment_link.created", "a.transfer.created", "a.customer.created"],
        ...["customer.createds", "customer.discount.", "a.customer.subscription.trial_will_end", "customer.subscription.trial_will_ends"],
        ...["an.invoice.created", "invoice.createds", "an.invoice.sent", "invoice.sents", "a.charge.pending", "charge.pendings"],
        ...["a.payment_intent.created", "payment_intent.createds"],
      ],
      (type) => row(typed(scene("renewed", 1), type), { type: "unknown", ...contract }),
    ),
  },
};
