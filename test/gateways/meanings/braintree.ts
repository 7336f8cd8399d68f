import * as meaning from "../../../gateways/braintree/meaning.ts";
import { writer } from "../../../gateways/braintree/writer.ts";
import { now } from "../conformance/conformance.ts";
import { withText } from "./change.ts";
import { byKey, each, type Input, type Meanings, row, scenesOf, sentAt, yen } from "./row.ts";

const scene = scenesOf(writer, { contract: "s1", customer: "7", charge: "t1", order: "order-1", part: "d1" });
const kindOf = (input: Input, from: string, to: string) => withText(input, `<kind>${from}</kind>`, `<kind>${to}</kind>`);
const dispute = (kind: string) => kindOf(scene("disputed"), "dispute_opened", kind);
const subscription = (kind: string) => kindOf(scene("started"), "subscription_went_active", kind);

/** The writer writes no transaction on its own: plain sales are never announced. */
const notification = (kind: string, subject: string): Input => ({
  body: Buffer.from(
    `<notification><kind>${kind}</kind><timestamp type="datetime">${new Date(sentAt).toISOString()}</timestamp>${subject}</notification>`,
  ),
});
const transactionOf = (more = "<type>sale</type>") =>
  `<transaction><id>t1</id>${more}<amount>1980</amount><currency-iso-code>JPY</currency-iso-code><order-id>order-1</order-id><subscription-id>s1</subscription-id><customer><id>7</id></customer><processor-response-text>Declined</processor-response-text></transaction>`;
const transaction = (kind: string, more?: string) => notification(kind, `<subject>${transactionOf(more)}</subject>`);
const localPayment = (kind: string, name: string) =>
  notification(kind, `<subject><${name}><payment-id>p1</payment-id>${transactionOf()}</${name}></subject>`);
const credit = "<type>credit</type><refunded-transaction-id>t0</refunded-transaction-id>";

const paid = { charge: "t1", contract: "s1", customer: "7", order: "order-1", amount: yen };
const local = { ...paid, alsoKnownAs: ["p1"] };
const given = { ...paid, charge: "t0", refund: "t1" };
const disputed = { charge: "t1", dispute: "d1", reason: "fraud", amount: yen };

const noticed = [
  ...["disbursement_exception", "sub_merchant_account_approved", "sub_merchant_account_declined"],
  ...["subscription_trial_ended", "subscription_billing_skipped", "transaction_retried", "transaction_reviewed"],
  ...["dispute_disputed", "dispute_under_review", "check"],
  ...["account_updater_daily_report", "connected_merchant_paypal_status_changed", "connected_merchant_status_transitioned"],
  ...["disbursement", "grantor_updated_granted_payment_method", "granted_payment_instrument_update", "granted_payment_method_revoked"],
  ...["oauth_access_revoked", "partner_merchant_connected", "partner_merchant_declined", "partner_merchant_disconnected"],
  ...["payment_method_customer_data_updated", "payment_method_revoked_by_customer", "recipient_updated_granted_payment_method"],
];

export const meanings: Meanings = {
  modules: [meaning],
  at: sentAt,
  tables: {
    meanings: {
      subscription_charged_successfully: row(
        scene("renewed"),
        { type: "charge.succeeded", ...paid },
        { type: "contract.renewed", contract: "s1", customer: "7" },
      ),
      subscription_charged_unsuccessfully: row(scene("failed"), { type: "charge.failed", ...paid, reason: "Insufficient Funds" }),
      ...byKey(
        {
          subscription_went_active: "contract.started",
          subscription_went_past_due: "contract.past_due",
          subscription_canceled: "contract.cancelled",
          subscription_expired: "contract.expired",
        },
        (kind, type) => row(subscription(kind), { type, contract: "s1" }),
      ),
      transaction_settled: row(transaction("transaction_settled"), { type: "charge.succeeded", ...paid }),
      transaction_disbursed: row(transaction("transaction_disbursed"), { type: "charge.succeeded", ...paid }),
      // It takes back the charge that was told before.
      transaction_settlement_declined: row(transaction("transaction_settlement_declined"), {
        type: "charge.voided",
        ...paid,
        reason: "Declined",
      }),
      refund_failed: row(transaction("refund_failed", credit), { type: "refund.failed", ...given, reason: "Declined" }),
      local_payment_completed: row(localPayment("local_payment_completed", "local-payment"), { type: "charge.authorized", ...local }),
      local_payment_funded: row(localPayment("local_payment_funded", "local-payment-funded"), { type: "charge.succeeded", ...local }),
      // They name the payment only: there need not be a transaction.
      ...byKey({ local_payment_expired: "charge.voided", local_payment_reversed: "charge.voided" }, (kind, type) =>
        row(
          notification(kind, `<subject><${kind.replaceAll("_", "-")}><payment-id>p1</payment-id></${kind.replaceAll("_", "-")}></subject>`),
          {
            type,
            charge: "p1",
          },
        ),
      ),
      ...byKey(
        {
          dispute_opened: "dispute.opened",
          dispute_won: "dispute.won",
          dispute_lost: "dispute.lost",
          dispute_accepted: "dispute.lost",
          dispute_auto_accepted: "dispute.lost",
          dispute_expired: "dispute.lost",
        },
        (kind, type) => row(dispute(kind), { type, ...disputed }),
      ),
    },
  },
  others: {
    "the first charge of a contract": {
      ...row(scene("paid", 0, { cycle: 1 }), { type: "charge.succeeded", ...paid, contract: "s1" }),
      gatewayType: "subscription_charged_successfully",
    },
    "a charge of a contract without its transaction": row(
      kindOf(scene("started"), "subscription_went_active", "subscription_charged_successfully"),
      {
        type: "charge.succeeded",
        contract: "s1",
        incomplete: ["charge", "amount"],
      },
      { type: "contract.renewed", contract: "s1" },
    ),
    "a contract's end, with its last transaction": row(
      kindOf(scene("renewed"), "subscription_charged_successfully", "subscription_canceled"),
      {
        type: "contract.cancelled",
        contract: "s1",
        customer: "7",
      },
    ),
    "the newest transaction of several": row(
      withText(scene("paid", 0, { cycle: 1 }), "</transaction>", "</transaction><transaction><id>t0</id></transaction>"),
      { type: "charge.succeeded", ...paid },
    ),
    "a dispute of a part of the payment": row(
      withText(dispute("dispute_opened"), "<amount-disputed>", "<amount>9999</amount><amount-disputed>"),
      { type: "dispute.opened", ...disputed },
    ),
    ...byKey({ dispute_opened: "dispute.opened", dispute_lost: "dispute.won", dispute_expired: "dispute.won" }, (kind, type) =>
      row(withText(dispute(kind), "<amount-disputed>", "<kind>retrieval</kind><amount-disputed>"), { type, ...disputed }),
    ),
    "a credit": row(transaction("transaction_settled", credit), { type: "charge.refunded", ...given }),
    "a credit of what was captured of an authorisation": row(
      transaction("transaction_settled", `${credit}<authorized-transaction-id>t9</authorized-transaction-id>`),
      { type: "charge.refunded", ...given },
    ),
    "a credit that is declined": row(transaction("transaction_settlement_declined", credit), {
      type: "refund.failed",
      ...given,
      reason: "Declined",
    }),
    "a credit that is reviewed": row(transaction("transaction_reviewed", credit), { type: "notice", ...given }),
    "a refund that failed, without its type": row(transaction("refund_failed", "<refunded-transaction-id>t0</refunded-transaction-id>"), {
      type: "refund.failed",
      ...given,
      reason: "Declined",
    }),
    "a part of what was authorised": row(
      transaction("transaction_settled", "<type>sale</type><authorized-transaction-id>t0</authorized-transaction-id>"),
      { type: "charge.succeeded", ...paid, alsoKnownAs: ["t0"], part: "t1" },
    ),
    "a local payment that is a part of what was authorised": row(
      withText(
        localPayment("local_payment_funded", "local-payment-funded"),
        "<type>sale</type>",
        "<authorized-transaction-id>t0</authorized-transaction-id>",
      ),
      { type: "charge.succeeded", ...paid, alsoKnownAs: ["t0", "p1"], part: "t1" },
    ),
    "a local payment without its id": row(
      withText(localPayment("local_payment_completed", "local-payment"), "<payment-id>p1</payment-id>", ""),
      {
        type: "charge.authorized",
        ...paid,
      },
    ),
    "a credit of another kind": row(transaction("transaction_new", credit), { type: "unknown", ...given }),
    "a transaction without an amount": row(withText(transaction("transaction_settled"), "<amount>1980</amount>", ""), {
      type: "charge.succeeded",
      charge: "t1",
      contract: "s1",
      customer: "7",
      order: "order-1",
      incomplete: ["amount"],
    }),
    "a dispute by its former field": row(
      withText(withText(scene("disputed"), "<amount-disputed>", "<amount>"), "</amount-disputed>", "</amount>"),
      {
        type: "dispute.opened",
        ...disputed,
      },
    ),
    "a dispute without an amount": row(withText(withText(scene("disputed"), "<amount-disputed>", "<x>"), "</amount-disputed>", "</x>"), {
      type: "dispute.opened",
      charge: "t1",
      dispute: "d1",
      reason: "fraud",
      incomplete: ["amount"],
    }),
    "an event about a dispute without effect": row(dispute("dispute_under_review"), { type: "notice", ...disputed }),
    ...each(noticed, (kind) => row(notification(kind, "<subject></subject>"), { type: "notice" })),
    "no subject": row(notification("check", ""), { type: "notice" }),
    "no time": row(withText(notification("check", ""), new Date(sentAt).toISOString(), ""), { type: "notice", occurredAt: now }),
    something_new: { ...row(notification("something_new", ""), { type: "unknown" }), gatewayType: "something_new" },
  },
};
