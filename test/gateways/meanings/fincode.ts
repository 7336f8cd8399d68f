import * as meaning from "../../../gateways/fincode/meaning.ts";
import { writer } from "../../../gateways/fincode/writer.ts";
import { now } from "../conformance/conformance.ts";
import { changed } from "./change.ts";
import { byKey, each, type Input, type Meanings, row, scenesOf, sentAt, yen } from "./row.ts";

const scene = scenesOf(writer, { contract: "su_1", customer: "c_1", charge: "o_1", order: "order1", part: "r_1" });
const customer = { customer: "c_1" };
const contract = { contract: "su_1", ...customer };
const charge = { charge: "o_1", ...customer };
const paid = { ...charge, amount: yen };
const put = (input: Input, fields: Readonly<Record<string, unknown>>): Input =>
  Object.entries(fields).reduce((made, [name, value]) => changed(made, name, value), input);
const payment = (event: string, status: string, more: Readonly<Record<string, unknown>> = {}) =>
  put(scene("paid"), { event, status, ...more });
const subscription = (event: string, status: string) => put(scene("started"), { event, status });
const ofContract = { subscription_id: "su_1" };
const exec = "payments.card.exec";
const complete = "payments.konbini.complete";

export const meanings: Meanings = {
  modules: [meaning],
  at: sentAt,
  tables: {
    statusMeanings: {
      ...byKey(
        { AUTHORIZED: "charge.authorized", CAPTURED: "charge.succeeded", EXPIRED: "charge.failed", FAILED: "charge.failed" },
        (status, type) => row(payment(exec, status), { type, ...paid }),
      ),
      CANCELED: row(payment("payments.konbini.exec", "CANCELED"), { type: "charge.voided", ...paid, incomplete: ["type"] }),
      CHECKED: row(scene("card checked"), { type: "card.verified", ...charge, amount: { minor: 0, currency: "JPY" } }),
      ...byKey(
        { UNPROCESSED: "notice", AUTHENTICATED: "notice", AWAITING_CUSTOMER_PAYMENT: "notice", AWAITING_PAYMENT_APPROVAL: "notice" },
        (status, type) => row(payment(exec, status), { type, ...charge }),
      ),
    },
    subscriptionMeanings: {
      ACTIVE: row(subscription("subscription.card.update", "ACTIVE"), { type: "notice", ...contract }),
      RUNNING: row(subscription("subscription.card.update", "RUNNING"), { type: "notice", ...contract }),
      CANCELED: row(subscription("subscription.card.update", "CANCELED"), { type: "contract.cancelled", ...contract }),
      INCOMPLETE: row(subscription("subscription.card.update", "INCOMPLETE"), {
        type: "contract.cancelled",
        ...contract,
        reason: "INCOMPLETE",
      }),
    },
  },
  others: {
    // Every kind of payment, and every operation on one.
    ...each(
      ["card", "applepay", "googlepay", "konbini", "paypay", "directdebit", "virtualaccount"].map((kind) => `payments.${kind}.exec`),
      (event) => ({ ...row(payment(event, "CAPTURED"), { type: "charge.succeeded", ...paid }), gatewayType: event }),
    ),
    ...each(
      ["capture", "auth", "change", "secure", "secure2.authenticate", "secure2.result", "complete", "complete.stub"]
        .map((operation) => `payments.card.${operation}`)
        .concat("payments.konbini.expired.update.batch", "konbini.expired.update.batch"),
      (event) => row(payment(event, "CAPTURED"), { type: "charge.succeeded", ...paid }),
    ),
    "payments.card.regist": row(payment("payments.card.regist", "CAPTURED"), { type: "notice", ...charge }),
    "payments.card.exec, to be captured": row(scene("authorized"), { type: "charge.authorized", ...paid }),
    "payments.card.capture": row(scene("captured"), { type: "charge.succeeded", ...paid }),
    "payments.card.exec, without tax": row(payment(exec, "CAPTURED", { tax: null }), {
      type: "charge.succeeded",
      ...charge,
      amount: { minor: 1800, currency: "JPY" },
    }),
    "payments.card.exec, without an amount": row(payment(exec, "CAPTURED", { amount: null }), {
      type: "charge.succeeded",
      ...charge,
      incomplete: ["amount"],
    }),
    "payments.card.exec, of a tax that cannot be read": row(payment(exec, "CAPTURED", { tax: "much" }), {
      type: "charge.succeeded",
      ...charge,
      incomplete: ["amount"],
    }),
    "payments.card.exec, of another id": row(payment(exec, "CAPTURED", { order_id: null, id: "o_2" }), {
      type: "charge.succeeded",
      ...paid,
      charge: "o_2",
    }),
    "payments.card.exec, of another status": row(payment(exec, "SOMETHING_NEW"), { type: "unknown", ...paid }),
    "payments.card.exec, without a status": row(payment(exec, ""), { type: "unknown", ...paid }),
    "a sale that fails": row(payment(exec, "UNPROCESSED", { error_code: "E92" }), { type: "charge.failed", ...paid, reason: "E92" }),
    "a sale that fails after 3-D Secure": row(payment(exec, "AUTHENTICATED", { error_code: "E92" }), {
      type: "charge.failed",
      ...paid,
      reason: "E92",
    }),
    "a sale that failed before and has come in": row(payment(exec, "CAPTURED", { error_code: "E92" }), {
      type: "charge.succeeded",
      ...paid,
      reason: "E92",
    }),
    "a check that fails": row(scene("card declined"), {
      type: "card.verification_failed",
      ...charge,
      amount: { minor: 0, currency: "JPY" },
      reason: "E92000001",
    }),
    "a cancellation": row(scene("voided"), { type: "charge.voided", ...paid, incomplete: ["type"] }),
    "a cancellation that has not happened": row(payment("payments.card.cancel", "CAPTURED"), { type: "notice", ...charge }),
    "a cancellation that names its refund": row(payment("payments.paypay.cancel", "CANCELED", { merchant_refund_id: "r_1" }), {
      type: "charge.refunded",
      ...paid,
      refund: "r_1",
    }),
    "a sale that names a refund": row(payment(exec, "CAPTURED", { merchant_refund_id: "r_1" }), { type: "charge.succeeded", ...paid }),
    "a direct debit that fails": row(payment("payments.directdebit.complete", "FAILED", { result_code: "2" }), {
      type: "charge.failed",
      ...paid,
      reason: "2",
    }),
    "a direct debit that comes in": row(payment("payments.directdebit.complete", "CAPTURED", { result_code: "0" }), {
      type: "charge.succeeded",
      ...paid,
    }),
    // Each is money of its own: a charge of its own, which renews nothing.
    ...each(["overpayment_flag", "cancel_overpayment_flag", "expire_overpayment_flag"], (flag) =>
      row(payment(complete, "CANCELED", { ...ofContract, [flag]: "1", payment_date: "2026/11/20 20:58:00" }), {
        type: "charge.succeeded",
        ...contract,
        charge: "o_1",
        part: `${flag}/2026/11/20 20:58:00`,
        reason: flag,
        amount: yen,
        occurredAt: sentAt - 60_000,
      }),
    ),
    "a slip that is paid twice, on no day that is told": row(
      payment(complete, "CAPTURED", { overpayment_flag: "1", process_date: "2026/11/20 20:58:00" }),
      {
        type: "charge.succeeded",
        ...paid,
        part: "overpayment_flag/2026/11/20 20:58:00",
        reason: "overpayment_flag",
        occurredAt: sentAt - 60_000,
      },
    ),
    "a slip that is paid twice, on no day at all": row(
      payment(complete, "CAPTURED", { overpayment_flag: "1", process_date: null, transaction_date: null }),
      { type: "charge.succeeded", ...paid, part: "overpayment_flag/", reason: "overpayment_flag", occurredAt: now },
    ),
    "a slip that is paid twice, of the test environment": row(
      payment("payments.konbini.complete.stub", "CAPTURED", { overpayment_flag: "1", payment_date: "2026/11/20 20:58:00" }),
      {
        type: "charge.succeeded",
        ...paid,
        part: "overpayment_flag/2026/11/20 20:58:00",
        reason: "overpayment_flag",
        occurredAt: sentAt - 60_000,
      },
    ),
    "a slip that is paid twice, after it was cancelled": row(
      payment(complete, "CAPTURED", { overpayment_flag: "1", cancel_overpayment_flag: "1", payment_date: "2026/11/20 20:59:00" }),
      { type: "charge.succeeded", ...paid, part: "overpayment_flag/2026/11/20 20:59:00", reason: "overpayment_flag" },
    ),
    "a slip that is paid twice, of no order": row(payment(complete, "CAPTURED", { order_id: null, overpayment_flag: "1" }), {
      type: "charge.succeeded",
      ...customer,
      amount: yen,
      reason: "overpayment_flag",
    }),
    "a slip that is not paid twice": row(payment(complete, "CAPTURED", { overpayment_flag: "0" }), {
      type: "charge.succeeded",
      ...paid,
      part: "paid",
    }),
    "a slip that is paid twice, said of something else": row(
      payment("payments.konbini.exec", "AWAITING_CUSTOMER_PAYMENT", { overpayment_flag: "1" }),
      {
        type: "notice",
        ...charge,
      },
    ),
    "a slip, when the customer paid it": row(
      payment(complete, "CAPTURED", { payment_date: "2026/11/20 20:57:00", process_date: "2026/11/20 20:58:00" }),
      { type: "charge.succeeded", ...paid, part: "paid", occurredAt: sentAt - 120_000 },
    ),
    ...each(["payments.konbini.complete.stub", "payments.virtualaccount.complete"], (event) =>
      row(payment(event, "CAPTURED"), { type: "charge.succeeded", ...paid, part: "paid" }),
    ),
    // The parts that were paid stand: only the slip itself is cancelled, or has failed.
    "a slip that is reported as cancelled": row(payment(complete, "CANCELED"), { type: "charge.voided", ...paid, incomplete: ["type"] }),
    "a transfer that is reported as failed": row(payment("payments.virtualaccount.complete", "FAILED"), { type: "charge.failed", ...paid }),
    "a wallet's payment, which is one whole": row(payment("payments.paypay.complete", "CAPTURED"), { type: "charge.succeeded", ...paid }),
    "a card, when it was processed": row(
      payment(exec, "CAPTURED", { payment_date: "2026/11/20 20:57:00", process_date: "2026/11/20 20:58:00" }),
      { type: "charge.succeeded", ...paid, occurredAt: sentAt - 60_000 },
    ),
    "no time": row(payment(exec, "CAPTURED", { transaction_date: null }), { type: "charge.succeeded", ...paid, occurredAt: now }),
    "a renewal that is told on its own": row(
      payment(exec, "CAPTURED", ofContract),
      { type: "charge.succeeded", ...contract, charge: "o_1", amount: yen },
      { type: "contract.renewed", ...contract },
    ),
    "a renewal that fails": row(
      payment(exec, "UNPROCESSED", { ...ofContract, error_code: "E92" }),
      { type: "charge.failed", ...contract, charge: "o_1", amount: yen, reason: "E92" },
      { type: "contract.past_due", ...contract },
    ),
    "a renewal by direct debit": row(
      payment("payments.directdebit.complete", "CAPTURED", ofContract),
      { type: "charge.succeeded", ...contract, charge: "o_1", amount: yen },
      { type: "contract.renewed", ...contract },
    ),
    "a renewal by direct debit, of the test environment": row(
      payment("payments.directdebit.complete.stub", "CAPTURED", ofContract),
      { type: "charge.succeeded", ...contract, charge: "o_1", amount: yen },
      { type: "contract.renewed", ...contract },
    ),
    "a contract's payment that is captured later": row(payment("payments.card.capture", "CAPTURED", ofContract), {
      type: "charge.succeeded",
      ...contract,
      charge: "o_1",
      amount: yen,
    }),
    "a contract's payment that is authorised": row(payment(exec, "AUTHORIZED", ofContract), {
      type: "charge.authorized",
      ...contract,
      charge: "o_1",
      amount: yen,
    }),
    "subscription.card.regist": row(scene("started"), { type: "contract.started", ...contract }),
    "subscription.card.regist, RUNNING": row(subscription("subscription.card.regist", "RUNNING"), {
      type: "contract.started",
      ...contract,
    }),
    "subscription.card.regist, INCOMPLETE": row(subscription("subscription.card.regist", "INCOMPLETE"), {
      type: "contract.cancelled",
      ...contract,
      reason: "INCOMPLETE",
    }),
    "subscription.card.delete": row(scene("cancelled"), { type: "contract.cancelled", ...contract }),
    "subscription.card.delete, ACTIVE": row(subscription("subscription.card.delete", "ACTIVE"), {
      type: "contract.cancelled",
      ...contract,
    }),
    "subscription.card.update, of another status": row(subscription("subscription.card.update", "NEW"), { type: "unknown", ...contract }),
    "subscription.card.update, without a status": row(subscription("subscription.card.update", ""), { type: "unknown", ...contract }),
    "subscription.directdebit.regist": row(subscription("subscription.directdebit.regist", "ACTIVE"), {
      type: "contract.started",
      ...contract,
    }),
    ...each(["recurring.card.batch", "recurring.directdebit.batch", "payments.bulk.card.batch"], (event) =>
      row(changed(scene("renewed"), "event", event), { type: "notice", incomplete: ["contract", "charge", "amount"] }),
    ),
    ...each(
      ["card.regist", "card.update", "customers.payment_methods.updated", "payments.bulk.card.regist", "contracts.status_code.updated"],
      (event) => row(changed(scene("started"), "event", event), { type: "notice", ...customer }),
    ),
    ...each(
      [
        ...["something.new", "payments.card.new", "a.payments.card.exec", "payments.card.execute", "a.recurring.card.batch"],
        ...["recurring.card.batches", "a.card.regist", "card.register", "subscription.card.new", "a.subscription.card.update"],
        ...["subscription.card.updated", "card.regist.batch"],
      ],
      (event) => row(payment(event, "CAPTURED"), { type: "unknown" }),
    ),
  },
};
