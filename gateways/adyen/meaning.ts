/**
 * What Adyen's notifications say, by their event code or type.
 *
 * A payment is known by its original pspReference. Captured at once, no CAPTURE is sent: such an AUTHORISATION can be
 * refunded and no longer captured. Only a void outweighs the success reported before a capture that fails later, and a refund
 * that fails is reported again as a refund of zero. Adyen has no subscriptions: the contract is the stored payment method, which
 * only authorisations and its own notifications name. Medium confidence: what `operations` says of a payment captured at once.
 * https://docs.adyen.com/development-resources/webhooks/webhook-types https://docs.adyen.com/development-resources/currency-codes
 */

import type { VerifiedCallback } from "../../core/callback.ts";
import type { EventType, PaymentEvent } from "../../core/event.ts";
import { at, parseJson, textAt } from "../../core/formats/json.ts";
import { fromMajor, fromMinor, type Money } from "../../core/formats/money.ts";
import type { Parse } from "../gateway.ts";
import { type EventDraft, omitUndefined, parseInstant, withEventIds } from "../kit.ts";
import { front } from "./front.ts";
import { type Item, itemsIn } from "./items.ts";

export const parse: Parse = (callback) => {
  const items = itemsIn(callback.body);
  if (!items) return [{ id: front.identify(callback), ...readFlat(callback) }];
  return withEventIds(
    front.identify(callback),
    items.map((item) => ({ occurredAt: parseInstant(item.field("eventDate")) ?? callback.receivedAt, ...readItem(item) })),
  );
};

/** Currencies whose minor units differ from ISO 4217 at Adyen, with Adyen's number of decimals. */
const ownDecimals = new Map([
  ["CLP", 2],
  ["CVE", 0],
  ["IDR", 0],
  ["ISK", 2],
]);

/** What a successful item means; an unsuccessful one is a notice, unless it is an authorisation. */
export const meanings = new Map<string, EventType>([
  ["AUTHORISATION", "charge.authorized"],
  ["AUTHORISATION_ADJUSTMENT", "charge.authorized"],
  ["CAPTURE", "charge.succeeded"],
  ["CAPTURE_FAILED", "charge.voided"],
  ["CANCELLATION", "charge.voided"],
  ["TECHNICAL_CANCEL", "charge.voided"],
  ["EXPIRE", "charge.voided"],
  ["CANCEL_OR_REFUND", "charge.refunded"],
  ["REFUND", "charge.refunded"],
  ["REFUND_FAILED", "charge.refunded"],
  ["REFUNDED_REVERSED", "charge.refunded"],
  ["RECURRING_CONTRACT", "contract.started"],
  ["NOTIFICATION_OF_CHARGEBACK", "dispute.opened"],
  ["CHARGEBACK", "dispute.opened"],
  ["CHARGEBACK_REVERSED", "dispute.won"],
  ["PREARBITRATION_WON", "dispute.won"],
  ["PREARBITRATION_LOST", "dispute.lost"],
  ["SECOND_CHARGEBACK", "dispute.lost"],
  ...[
    ...["AUTORESCUE", "CANCEL_AUTORESCUE", "DISPUTE_DEFENSE_PERIOD_ENDED", "DONATION", "HANDLED_EXTERNALLY", "INFORMATION_SUPPLIED"],
    ...["ISSUER_COMMENTS", "ISSUER_RESPONSE_TIMEFRAME_EXPIRED", "MANUAL_REVIEW_ACCEPT", "MANUAL_REVIEW_REJECT", "NOTIFICATION_OF_FRAUD"],
    ...["OFFER_CLOSED", "ORDER_CLOSED", "ORDER_OPENED", "PAIDOUT_REVERSED", "PAYOUT_DECLINE", "PAYOUT_EXPIRE", "PAYOUT_THIRDPARTY"],
    ...["PENDING", "POSTPONED_REFUND", "PROCESS_RETRY", "REFUND_WITH_DATA", "REPORT_AVAILABLE", "REQUEST_FOR_INFORMATION"],
    ...["VOID_PENDING_REFUND"],
  ].map((code): [string, EventType] => [code, "notice"]),
]);

export const flatMeanings = new Map<string, EventType>([
  ["recurring.token.created", "contract.started"],
  ["recurring.token.updated", "notice"],
  ["recurring.token.alreadyExisting", "notice"],
  ["recurring.token.disabled", "contract.cancelled"],
]);

/** Families of flat notifications about platforms, terminals and accounts. */
const noticed = /^(balancePlatform|merchant|paymentMethod|paymentMethodRequest|terminalAssignment|terminalBoarding|terminalSettings)\./;

/** What a standard item says. The "reason" of a successful authorisation is the card's digits and expiry, and stays out. */
export const readItem = (item: Item): EventDraft & Pick<PaymentEvent, "gatewayType"> => {
  const { field } = item;
  const code = field("eventCode") ?? "";
  const amount = code === "REFUND_FAILED" || code === "REFUNDED_REVERSED" ? moneyOf("0", field("currency")) : amountOf(item);
  const type = typeOf(item, amount);
  const original = field("originalReference");
  const isNotice = type === "notice" || type === "unknown" || type === "contract.started";
  return {
    type,
    gatewayType: code,
    ...omitUndefined({
      contract:
        field("additionalData.recurring.recurringDetailReference") ??
        field("additionalData.tokenization.storedPaymentMethodId") ??
        (code === "RECURRING_CONTRACT" ? field("pspReference") : undefined),
      charge: original ?? (isNotice ? undefined : field("pspReference")),
      customer:
        field("additionalData.shopperReference") ??
        field("additionalData.recurring.shopperReference") ??
        field("additionalData.tokenization.shopperReference"),
      order: field("merchantReference"),
      refund: type === "charge.refunded" ? field("pspReference") : undefined,
      reason: code === "AUTHORISATION" && field("success") === "true" ? undefined : field("reason"),
      incomplete: type === "charge.authorized" ? ["type"] : undefined,
    }),
    ...(amount && !isNotice && { amount }),
  };
};

const typeOf = ({ field, operations }: Item, amount: Money | undefined): EventType => {
  const code = field("eventCode") ?? "";
  const meaning = meanings.get(code) ?? "unknown";
  const succeeded = field("success") === "true";
  if (code === "AUTHORISATION") {
    if (amount?.minor === 0) return succeeded ? "card.verified" : "card.verification_failed";
    if (!succeeded) return "charge.failed";
    return operations.includes("REFUND") && !operations.includes("CAPTURE") ? "charge.succeeded" : "charge.authorized";
  }
  if (meaning === "unknown" || code === "CAPTURE_FAILED" || code === "REFUND_FAILED" || code === "REFUNDED_REVERSED") return meaning;
  if (!succeeded) return "notice";
  if (code === "CANCEL_OR_REFUND" && field("additionalData.modification.action") === "cancel") return "charge.voided";
  return meaning;
};

/** A cancellation, or a "cancel or refund", may come with an amount of zero: then it is about the whole amount. */
const amountOf = ({ field }: Item): Money | undefined => {
  const amount = moneyOf(field("value"), field("currency"));
  return amount?.minor === 0 && field("eventCode") !== "AUTHORISATION" ? undefined : amount;
};

const moneyOf = (value: string | undefined, currency: string | undefined): Money | undefined => {
  const decimals = ownDecimals.get(currency ?? "");
  if (decimals === undefined) return fromMinor(value, currency);
  if (value === undefined || !/^\d+$/.test(value)) return undefined;
  const digits = value.padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  return fromMajor(decimals === 0 ? whole : `${whole}.${digits.slice(-decimals)}`, currency);
};

/** What a flat notification says. */
export const readFlat = (callback: VerifiedCallback): Omit<PaymentEvent, "id"> => {
  const body = parseJson(callback.body);
  const gatewayType = textAt(body, "type") ?? textAt(body, "eventType");
  if (!gatewayType) throw new Error("the body has neither notification items nor a type");
  return {
    type: flatMeanings.get(gatewayType) ?? (noticed.test(gatewayType) ? "notice" : "unknown"),
    gatewayType,
    occurredAt: parseInstant(at(body, "createdAt")) ?? parseInstant(at(body, "timestamp")) ?? callback.receivedAt,
    ...omitUndefined({ contract: textAt(body, "data", "storedPaymentMethodId"), customer: textAt(body, "data", "shopperReference") }),
  };
};
