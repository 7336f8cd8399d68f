import * as codes from "../../../gateways/adyen/codes.ts";
import * as meaning from "../../../gateways/adyen/meaning.ts";
import { writer } from "../../../gateways/adyen/writer.ts";
import { form, now } from "../conformance/conformance.ts";
import { changed } from "./change.ts";
import { byKey, each, type Input, type Meanings, type Row, refund, row, scenesOf, sentAt, yen } from "./row.ts";

/** A merchant account that captures later: all steps are told. */
const options = { captureMode: "manual" };
const scene = scenesOf(writer, { contract: "STORED1", customer: "shopper-1", charge: "PSP1", order: "order-1", part: "PSP2" }, options);
const parties = { customer: "shopper-1", order: "order-1" };
const stored = { contract: "STORED1", ...parties };
const about = { charge: "PSP1", ...parties };
const zero = { minor: 0, currency: "JPY" };
const item = (input: Input, path: string, value: unknown) => changed(input, `notificationItems/0/NotificationRequestItem/${path}`, value);
/** A step about the payment PSP1, with an id of its own: PSP2. */
const step = (code: string) => item(scene("captured"), "eventCode", code);
const failed = (code: string) => item(step(code), "success", "false");
const authorised = (path: string, value: unknown) => item(scene("authorized"), path, value);
const flat = (type: string) => changed(scene("cancelled"), "type", type);
const captured = { ...about, part: "PSP2" };
const taken = { type: "charge.succeeded", ...captured, amount: yen } as const;
const authorizedOnly = { type: "charge.authorized", ...stored, charge: "PSP1", amount: yen } as const;
const manual = (one: Row): Row => ({ ...one, options });
const inCurrency = (currency: string, value: number) => item(item(scene("captured"), "amount/currency", currency), "amount/value", value);

const asForm = (fields: Readonly<Record<string, string>>): Input => ({
  body: form({
    eventCode: "CAPTURE",
    success: "true",
    pspReference: "PSP2",
    originalReference: "PSP1",
    merchantReference: "order-1",
    value: "1980",
    currency: "JPY",
    eventDate: new Date(sentAt).toISOString(),
    "additionalData.shopperReference": "shopper-1",
    ...fields,
  }),
});

export const meanings: Meanings = {
  modules: [codes, meaning],
  at: sentAt,
  tables: {
    meanings: {
      AUTHORISATION: manual(row(scene("authorized"), authorizedOnly)),
      AUTHORISATION_ADJUSTMENT: row(step("AUTHORISATION_ADJUSTMENT"), {
        type: "charge.authorized",
        ...about,
        amount: yen,
      }),
      CAPTURE: row(scene("captured"), taken),
      CAPTURE_FAILED: manual(row(step("CAPTURE_FAILED"), { type: "charge.voided", ...captured, amount: yen })),
      ...byKey(
        { CANCEL: "charge.voided", CANCELLATION: "charge.voided", TECHNICAL_CANCEL: "charge.voided", EXPIRE: "charge.voided" },
        (code, type) => row(step(code), { type, ...about, amount: yen }),
      ),
      ...byKey({ CANCEL_OR_REFUND: "charge.refunded", REFUND: "charge.refunded" }, (code, type) =>
        row(step(code), { type, ...about, refund: "PSP2", amount: yen }),
      ),
      POSTPONED_REFUND: row(step("POSTPONED_REFUND"), { type: "refund.pending", ...about, refund: "PSP2", amount: yen }),
      // The refund PSP2 once more: the money stayed, or came back.
      ...byKey({ REFUND_FAILED: "refund.failed", REFUNDED_REVERSED: "refund.failed" }, (code, type) =>
        row(step(code), { type, ...about, refund: "PSP2", amount: yen }),
      ),
      RECURRING_CONTRACT: row(scene("started"), { type: "contract.started", ...stored }),
      ...byKey(
        {
          NOTIFICATION_OF_CHARGEBACK: "dispute.opened",
          CHARGEBACK: "dispute.opened",
          CHARGEBACK_REVERSED: "dispute.won",
          DISPUTE_DEFENSE_PERIOD_ENDED: "dispute.lost",
          SECOND_CHARGEBACK: "dispute.lost",
          PREARBITRATION_OPEN: "dispute.opened",
          PREARBITRATION_ACCEPTED: "dispute.lost",
          PREARBITRATION_ISSUER_WITHDRAWN: "dispute.won",
          PREARBITRATION_WON: "dispute.won",
          PREARBITRATION_LOST: "dispute.lost",
          SCHEME_ARBITRATION: "dispute.opened",
          SCHEME_ARBITRATION_WON: "dispute.won",
          SCHEME_ARBITRATION_LOST: "dispute.lost",
        },
        (code, type) => row(step(code), { type, ...about, dispute: "PSP2", amount: yen }),
      ),
      ...each(
        [
          ...["AUTORESCUE", "CANCEL_AUTORESCUE", "ACH_NOTIFICATION_OF_CHANGE", "DONATION", "HANDLED_EXTERNALLY", "INFORMATION_SUPPLIED"],
          ...["ISSUER_COMMENTS", "ISSUER_RESPONSE_TIMEFRAME_EXPIRED", "MANUAL_REVIEW_ACCEPT", "MANUAL_REVIEW_REJECT"],
          ...["NOTIFICATION_OF_FRAUD", "OFFER_CLOSED", "ORDER_CLOSED", "ORDER_OPENED", "PAIDOUT_REVERSED", "PAYOUT_DECLINE"],
          ...["PAYOUT_EXPIRE", "PAYOUT_THIRDPARTY", "PENDING", "PREARBITRATION_DECLINED", "PROCESS_RETRY", "REFUND_WITH_DATA"],
          ...["REPORT_AVAILABLE", "REQUEST_FOR_INFORMATION", "VOID_PENDING_REFUND", "DIRECT_DEBIT_NOTICE_OF_CHANGE_NOTIFICATION"],
        ],
        (code) => row(step(code), { type: "notice", ...about }),
      ),
    },
    disputeStatuses: byKey(
      { Won: "dispute.won", Lost: "dispute.lost", Accepted: "dispute.lost", Expired: "dispute.lost" },
      (status, type) =>
        row(item(step("CHARGEBACK"), "additionalData/disputeStatus", status), { type, ...about, dispute: "PSP2", amount: yen }),
    ),
    flatMeanings: {
      // Their `eventId` is the payment that they came from.
      ...byKey({ "recurring.token.created": "contract.started", "recurring.token.alreadyExisting": "notice" }, (key, type) => ({
        ...row(flat(key), { type, contract: "STORED1", alsoKnownAs: ["moment1"], customer: "shopper-1" }),
        gatewayType: key,
      })),
      ...byKey({ "recurring.token.updated": "notice", "recurring.token.disabled": "contract.cancelled" }, (key, type) => ({
        ...row(flat(key), { type, contract: "STORED1", customer: "shopper-1" }),
        gatewayType: key,
      })),
    },
  },
  others: {
    "a token of which no payment is named": row(changed(flat("recurring.token.created"), "eventId", undefined), {
      type: "contract.started",
      contract: "STORED1",
      customer: "shopper-1",
    }),
    "a flat notification with a type and an older name for it": row(changed(flat("recurring.token.disabled"), "eventType", "old.name"), {
      type: "contract.cancelled",
      contract: "STORED1",
      customer: "shopper-1",
    }),
    "a payment taken at once": {
      ...row(scene("paid"), { type: "charge.succeeded", ...stored, charge: "PSP1", amount: yen }),
      gatewayType: "AUTHORISATION",
    },
    "a payment of which the operations say that it may be captured": {
      ...row(authorised("operations", ["CANCEL", "CAPTURE", "REFUND"]), {
        type: "charge.succeeded",
        ...stored,
        charge: "PSP1",
        amount: yen,
      }),
      options: { captureMode: "automatic" },
    },
    "a payment of an account that captures later, whatever its operations say": manual(
      row(authorised("operations", ["REFUND"]), authorizedOnly),
    ),
    "a payment taken, of an account that captures later": manual(row(scene("paid", 1), taken)),
    "a payment that is refused": row(scene("failed"), { type: "charge.failed", ...stored, charge: "PSP1", amount: yen, reason: "Refused" }),
    "a card that is checked": row(scene("card checked"), { type: "card.verified", ...stored, charge: "PSP1", amount: zero }),
    "a card that fails its check": row(scene("card declined"), {
      type: "card.verification_failed",
      ...stored,
      charge: "PSP1",
      amount: zero,
      reason: "Refused",
    }),
    "a cancellation of everything": row(scene("voided"), { type: "charge.voided", ...about }),
    "a refund in part": row(scene("refunded", 0, { refund }), { type: "charge.refunded", ...about, refund: "PSP2", amount: refund.amount }),
    "which of the two it was: a cancellation": row(item(step("CANCEL_OR_REFUND"), "additionalData/modification.action", "cancel"), {
      type: "charge.voided",
      ...about,
      amount: yen,
    }),
    "which of the two it was: nothing is said, and nothing need be captured": manual(
      row(
        step("CANCEL_OR_REFUND"),
        { type: "charge.voided", ...about, amount: yen, incomplete: ["type"] },
        { type: "charge.refunded", ...about, refund: "PSP2", amount: yen, incomplete: ["type"] },
      ),
    ),
    "which of the two it was: a refund, of an account that captures later": manual(
      row(item(step("CANCEL_OR_REFUND"), "additionalData/modification.action", "refund"), {
        type: "charge.refunded",
        ...about,
        refund: "PSP2",
        amount: yen,
      }),
    ),
    "which of the two it was: neither, of an account that captures later": manual(
      row(failed("CANCEL_OR_REFUND"), { type: "notice", ...about }),
    ),
    "a refund, of an account that captures later": manual(
      row(step("REFUND"), { type: "charge.refunded", ...about, refund: "PSP2", amount: yen }),
    ),
    "which of the two it was: a refund": row(item(step("CANCEL_OR_REFUND"), "additionalData/modification.action", "refund"), {
      type: "charge.refunded",
      ...about,
      refund: "PSP2",
      amount: yen,
    }),
    "a refund that has nothing to do with a cancellation": row(item(step("REFUND"), "additionalData/modification.action", "cancel"), {
      type: "charge.refunded",
      ...about,
      refund: "PSP2",
      amount: yen,
    }),
    ...each(["CAPTURE", "CANCELLATION", "CANCEL_OR_REFUND", "CHARGEBACK", "AUTHORISATION_ADJUSTMENT"], (code) => ({
      ...row(failed(code), { type: "notice", ...about }),
      gatewayType: code,
    })),
    "a refund that is not made": row(item(failed("REFUND"), "reason", "Not captured"), {
      type: "refund.failed",
      ...about,
      refund: "PSP2",
      amount: yen,
      reason: "Not captured",
    }),
    "an issuer that did not answer": row(item(step("ISSUER_RESPONSE_TIMEFRAME_EXPIRED"), "additionalData/disputeStatus", "Won"), {
      type: "dispute.won",
      ...about,
      dispute: "PSP2",
      amount: yen,
    }),
    "a pre-arbitration that is declined, and lost": row(item(step("PREARBITRATION_DECLINED"), "additionalData/disputeStatus", "Lost"), {
      type: "dispute.lost",
      ...about,
      dispute: "PSP2",
      amount: yen,
    }),
    "a dispute that is not over": row(item(step("CHARGEBACK"), "additionalData/disputeStatus", "Pending"), {
      type: "dispute.opened",
      ...about,
      dispute: "PSP2",
      amount: yen,
    }),
    // The verdict is the code's.
    "a chargeback reversed for now": row(item(step("CHARGEBACK_REVERSED"), "additionalData/disputeStatus", "Lost"), {
      type: "dispute.won",
      ...about,
      dispute: "PSP2",
      amount: yen,
    }),
    "a capture that fails, of an account that captures at once": row(
      step("CAPTURE_FAILED"),
      { type: "charge.voided", ...captured, amount: yen },
      { type: "charge.voided", ...about, amount: yen },
    ),
    // These tell of a failure; whether they call that a success says nothing.
    "CAPTURE_FAILED, without success": manual(row(failed("CAPTURE_FAILED"), { type: "charge.voided", ...captured, amount: yen })),
    ...each(["REFUND_FAILED", "REFUNDED_REVERSED"], (code) =>
      row(failed(code), { type: "refund.failed", ...about, refund: "PSP2", amount: yen }),
    ),
    "a refund of nothing that says so": row(item(step("REFUND"), "amount/value", 0), { type: "charge.refunded", ...about, refund: "PSP2" }),
    "a step's reason": manual(
      row(item(step("CAPTURE_FAILED"), "reason", "Capture Failed"), {
        type: "charge.voided",
        ...captured,
        amount: yen,
        reason: "Capture Failed",
      }),
    ),
    "a code of another name": row(step("SOMETHING_NEW"), { type: "unknown", ...about }),
    "a code of another name, without success": row(failed("SOMETHING_NEW"), { type: "unknown", ...about }),
    "a notice about no payment": row(item(step("REPORT_AVAILABLE"), "originalReference", undefined), { type: "notice", ...parties }),
    "an unknown one about no payment": row(item(step("SOMETHING_NEW"), "originalReference", undefined), { type: "unknown", ...parties }),
    "a stored payment method by its newer name": row(
      authorised("additionalData", { "tokenization.storedPaymentMethodId": "STORED2", "tokenization.shopperReference": "shopper-2" }),
      {
        type: "charge.succeeded",
        contract: "STORED2",
        customer: "shopper-2",
        order: "order-1",
        charge: "PSP1",
        amount: yen,
      },
    ),
    "a stored payment method by all its names": row(
      authorised("additionalData", {
        "recurring.recurringDetailReference": "STORED1",
        "tokenization.storedPaymentMethodId": "STORED2",
        shopperReference: "shopper-1",
        "recurring.shopperReference": "shopper-2",
        "tokenization.shopperReference": "shopper-3",
      }),
      { type: "charge.succeeded", ...stored, charge: "PSP1", amount: yen },
    ),
    "a shopper by the recurring name": row(
      authorised("additionalData", { "recurring.shopperReference": "shopper-2", "tokenization.shopperReference": "shopper-3" }),
      {
        type: "charge.succeeded",
        customer: "shopper-2",
        order: "order-1",
        charge: "PSP1",
        amount: yen,
      },
    ),
    "a contract named by its notification alone": row(item(item(scene("started"), "additionalData", {}), "pspReference", "STORED3"), {
      type: "contract.started",
      contract: "STORED3",
      order: "order-1",
    }),
    // Adyen's own table of decimals, where it is not ISO 4217's.
    "Chilean pesos": row(inCurrency("CLP", 198000), { ...taken, amount: { minor: 1980, currency: "CLP" } }),
    "Cape Verdean escudos": row(inCurrency("CVE", 1980), { ...taken, amount: { minor: 198000, currency: "CVE" } }),
    "Indonesian rupiah": row(inCurrency("IDR", 1980), { ...taken, amount: { minor: 198000, currency: "IDR" } }),
    "Icelandic kronur": row(inCurrency("ISK", 198000), { ...taken, amount: { minor: 1980, currency: "ISK" } }),
    "a card that is checked in kronur": row(item(scene("card checked"), "amount/currency", "ISK"), {
      type: "card.verified",
      ...stored,
      charge: "PSP1",
      amount: { minor: 0, currency: "ISK" },
    }),
    "less than one króna": row(inCurrency("ISK", 5), { type: "charge.succeeded", ...captured }),
    dollars: row(inCurrency("USD", 1980), { ...taken, amount: { minor: 1980, currency: "USD" } }),
    "an amount below nothing": row(inCurrency("ISK", -100), { type: "charge.succeeded", ...captured }),
    "no time": row(item(scene("captured"), "eventDate", undefined), { ...taken, occurredAt: now }),
    "a form": row(asForm({}), taken),
    "a form of a payment taken at once": row(asForm({ eventCode: "AUTHORISATION", reason: "1234:1111:03/2030" }), {
      type: "charge.succeeded",
      ...about,
      amount: yen,
    }),
    "a flat one by its former name": row(changed(changed(scene("cancelled"), "type", undefined), "eventType", "recurring.token.disabled"), {
      type: "contract.cancelled",
      contract: "STORED1",
      customer: "shopper-1",
    }),
    "a flat one with a time of another name": row(
      changed(changed(flat("recurring.token.disabled"), "createdAt", undefined), "timestamp", "2026-11-20T11:58:00Z"),
      {
        type: "contract.cancelled",
        contract: "STORED1",
        customer: "shopper-1",
        occurredAt: sentAt - 60_000,
      },
    ),
    "a flat one without a time": row(changed(flat("recurring.token.disabled"), "createdAt", undefined), {
      type: "contract.cancelled",
      contract: "STORED1",
      customer: "shopper-1",
      occurredAt: now,
    }),
    ...each(
      [
        ...["balancePlatform.accountHolder.updated", "merchant.created", "paymentMethod.created", "paymentMethodRequest.removed"],
        ...["terminalAssignment.created", "terminalBoarding.triggered", "terminalSettings.modified"],
      ],
      (type) => row(flat(type), { type: "notice", contract: "STORED1", customer: "shopper-1" }),
    ),
    ...each(["something.new", "a.merchant.created", "recurring.token.new"], (type) =>
      row(flat(type), { type: "unknown", contract: "STORED1", customer: "shopper-1" }),
    ),
  },
};
