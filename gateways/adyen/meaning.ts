/**
 * What Adyen's notifications say, by their event code or type.
 *
 * A payment is known by its original pspReference; its captures and refunds have pspReferences of their own, which come again when one
 * fails later. Captured at once, as is Adyen's default, no CAPTURE is sent: the source's option `captureMode` says which it is. All
 * events of one dispute have one pspReference. Adyen has no subscriptions: the contract is the stored payment method, which only
 * authorisations and its own notifications name, and these name the payment that it came from. Medium confidence: what accepts and declines a pre-arbitration.
 * https://docs.adyen.com/development-resources/webhooks/webhook-types https://docs.adyen.com/online-payments/capture
 * https://docs.adyen.com/risk-management/disputes-api/dispute-notifications https://docs.adyen.com/development-resources/currency-codes
 */

import type { VerifiedCallback } from "../../core/callback.ts";
import type { EventType, PaymentEvent } from "../../core/event.ts";
import { at, parseJson, textAt } from "../../core/formats/json.ts";
import type { Money } from "../../core/formats/money.ts";
import type { Parse } from "../gateway.ts";
import { type EventDraft, omitUndefined, parseInstant, withEventIds } from "../kit/kit.ts";
import { fromAdyen } from "./amounts.ts";
import { type CaptureMode, captureModeOf } from "./capture-mode.ts";
import { disputeStatuses, failures, flatMeanings, leftOpen, meanings } from "./codes.ts";
import { front } from "./front.ts";
import { type Item, itemsIn } from "./items.ts";

export const parse: Parse = (callback, settings) => {
  const items = itemsIn(callback.body);
  const mode = captureModeOf(settings);
  if (!items) return [{ id: front.identify(callback), ...readFlat(callback) }];
  return withEventIds(
    front.identify(callback),
    items.flatMap((item) => {
      const occurredAt = parseInstant(item.field("eventDate")) ?? callback.receivedAt;
      return readItem(item, mode).map((draft) => ({ occurredAt, ...draft }));
    }),
  );
};

/** Families of flat notifications about platforms, terminals and accounts. */
const noticed = /^(balancePlatform|merchant|paymentMethod|paymentMethodRequest|terminalAssignment|terminalBoarding|terminalSettings)\./;

/** What a standard item says. The "reason" of a successful authorisation is the card's digits and expiry, and stays out. */
export const readItem = (item: Item, mode: CaptureMode): readonly (EventDraft & Pick<PaymentEvent, "gatewayType">)[] => {
  const { field } = item;
  const code = field("eventCode") ?? "";
  const amount = amountOf(item);
  const type = typeOf(item, mode, amount);
  const reference = field("pspReference");
  const original = field("originalReference");
  const isNotice = type === "notice" || type === "unknown" || type === "contract.started";
  const isRefund = type === "charge.refunded" || type.startsWith("refund.");
  const draft = {
    type,
    gatewayType: code,
    ...omitUndefined({
      contract:
        field("additionalData.recurring.recurringDetailReference") ??
        field("additionalData.tokenization.storedPaymentMethodId") ??
        (code === "RECURRING_CONTRACT" ? reference : undefined),
      charge: original ?? (isNotice ? undefined : reference),
      part: code === "CAPTURE" || code === "CAPTURE_FAILED" ? (isNotice ? undefined : reference) : undefined,
      customer:
        field("additionalData.shopperReference") ??
        field("additionalData.recurring.shopperReference") ??
        field("additionalData.tokenization.shopperReference"),
      order: field("merchantReference"),
      refund: isRefund ? reference : undefined,
      dispute: type.startsWith("dispute.") ? reference : undefined,
      reason: code === "AUTHORISATION" && field("success") === "true" ? undefined : field("reason"),
    }),
    ...(amount && !isNotice && { amount }),
  };
  // A payment that is captured at once was reported as taken without a part.
  if (code === "CAPTURE_FAILED" && mode === "automatic") return [draft, without(draft, "part")];
  // Which of the two it was is not said: of what was captured only a refund counts, of what was only authorised only the void.
  if (code === "CANCEL_OR_REFUND" && type === "charge.refunded" && mode === "manual" && actionOf(item) !== "refund")
    return [
      { ...without(draft, "refund"), type: "charge.voided", incomplete: ["type"] },
      { ...draft, incomplete: ["type"] },
    ];
  return [draft];
};

const without = <Fields extends object, Name extends keyof Fields>(fields: Fields, name: Name): Omit<Fields, Name> => {
  const { [name]: _, ...rest } = fields;
  return rest;
};

const actionOf = ({ field }: Item): string | undefined => field("additionalData.modification.action");

const typeOf = (item: Item, mode: CaptureMode, amount: Money | undefined): EventType => {
  const { field } = item;
  const code = field("eventCode") ?? "";
  const meaning = meanings.get(code) ?? "unknown";
  const succeeded = field("success") === "true";
  if (code === "AUTHORISATION") {
    if (amount?.minor === 0) return succeeded ? "card.verified" : "card.verification_failed";
    if (!succeeded) return "charge.failed";
    return mode === "automatic" ? "charge.succeeded" : "charge.authorized";
  }
  if (meaning === "unknown" || failures.has(code)) return meaning;
  if (!succeeded) return code === "REFUND" ? "refund.failed" : "notice";
  if (code === "CANCEL_OR_REFUND" && actionOf(item) === "cancel") return "charge.voided";
  if (meaning === "dispute.opened" || leftOpen.has(code))
    return disputeStatuses.get(field("additionalData.disputeStatus") ?? "") ?? meaning;
  return meaning;
};

/** A cancellation, or a "cancel or refund", may come with an amount of zero: then it is about the whole amount. */
const amountOf = ({ field }: Item): Money | undefined => {
  const amount = fromAdyen(field("value"), field("currency"));
  return amount?.minor === 0 && field("eventCode") !== "AUTHORISATION" ? undefined : amount;
};

/** These are triggered by a payment, of which `eventId` is the pspReference. */
const triggeredByPayment = new Set(["recurring.token.created", "recurring.token.alreadyExisting"]);

/** What a flat notification says. */
export const readFlat = (callback: VerifiedCallback): Omit<PaymentEvent, "id"> => {
  const body = parseJson(callback.body);
  const gatewayType = textAt(body, "type") ?? textAt(body, "eventType");
  if (!gatewayType) throw new Error("the body has neither notification items nor a type");
  const payment = triggeredByPayment.has(gatewayType) ? textAt(body, "eventId") : undefined;
  return {
    type: flatMeanings.get(gatewayType) ?? (noticed.test(gatewayType) ? "notice" : "unknown"),
    gatewayType,
    occurredAt: parseInstant(at(body, "createdAt")) ?? parseInstant(at(body, "timestamp")) ?? callback.receivedAt,
    ...omitUndefined({
      contract: textAt(body, "data", "storedPaymentMethodId"),
      alsoKnownAs: payment === undefined ? undefined : [payment],
      customer: textAt(body, "data", "shopperReference"),
    }),
  };
};
