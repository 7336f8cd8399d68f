/** What the callbacks of HMAC (any gateway) mean, by its options. */
import type { Millis } from "../../core/callback.ts";
import type { PaymentEvent } from "../../core/event.ts";
import { fromMajor, fromMinor } from "../../core/formats/money.ts";
import { pointed } from "../../core/formats/pointer.ts";
import type { Parse } from "../gateway.ts";
import { omitUndefined, parseInstant } from "../kit/kit.ts";
import { documentOf, idOf, textOf } from "./front.ts";
import { type HmacSettings, meaningOf } from "./options.ts";

/** A number of this size or more is milliseconds, a smaller one seconds: in seconds it would be the year 5138. */
const leastMillis = 100_000_000_000;

export const parse: Parse = (callback, settings?: HmacSettings) => {
  const options = settings?.options;
  if (!options) throw new Error("the gateway hmac cannot understand a callback without its source's options");
  const document = documentOf(callback);
  if (document === undefined) throw new Error("the body is neither JSON nor a form");
  const at = (name: string): unknown => (options[name] ? pointed(document, options[name]) : undefined);
  const gatewayType = textOf(at("typePointer")) ?? "";
  if (options.typePointer && !gatewayType) throw new Error(`there is no type at ${options.typePointer}`);
  const type = meaningOf(gatewayType, options.events);
  const amount = (options.amountUnit === "major" ? fromMajor : fromMinor)(
    at("amountPointer"),
    textOf(at("currencyPointer")) ?? options.currency,
  );
  const draft = omitUndefined({
    contract: textOf(at("contractPointer")),
    charge: textOf(at("chargePointer")),
    customer: textOf(at("customerPointer")),
    order: textOf(at("orderPointer")),
    refund: type === "charge.refunded" ? textOf(at("refundPointer")) : undefined,
    replacedBy: type === "contract.replaced" ? textOf(at("replacedByPointer")) : undefined,
    reason: textOf(at("reasonPointer")),
    amount,
  });
  const needed = type.startsWith("charge.") ? (["charge", "amount"] as const) : type.startsWith("contract.") ? (["contract"] as const) : [];
  const incomplete = needed.filter((name) => draft[name] === undefined);
  const event: PaymentEvent = {
    id: idOf(callback, settings),
    type,
    gatewayType,
    occurredAt: momentOf(at("occurredAtPointer")) ?? callback.receivedAt,
    ...draft,
    ...(incomplete.length > 0 && { incomplete }),
  };
  return [event];
};

/** ISO 8601 with a zone, or the time since 1970 in seconds or milliseconds. */
const momentOf = (value: unknown): Millis | undefined => {
  const text = textOf(value) ?? "";
  if (!/^\d{1,15}$/.test(text)) return parseInstant(text);
  return Number(text) >= leastMillis ? Number(text) : Number(text) * 1000;
};
