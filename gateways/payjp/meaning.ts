/** What the callbacks of PAY.JP mean. */
import type { EventType, PaymentEvent } from "../../core/event.ts";
import { at, numberAt, parseJson, textAt } from "../../core/formats/json.ts";
import { fromMinor, type Money } from "../../core/formats/money.ts";
import type { Parse } from "../gateway.ts";
import { amountFrom, omitUndefined, withEventIds } from "../kit/kit.ts";
import { front } from "./front.ts";

export const subscriptionMeanings = new Map<string, EventType>([
  ["subscription.created", "contract.started"],
  ["subscription.renewed", "contract.renewed"],
  ["subscription.paused", "contract.paused"],
  ["subscription.resumed", "contract.resumed"],
  ["subscription.canceled", "contract.cancelled"],
  ["subscription.deleted", "contract.cancelled"],
]);

/** An update that finds a subscription active may end a pause; for one that was active all along it changes nothing. */
export const statusMeanings = new Map<string, EventType>([
  ["trial", "contract.resumed"],
  ["active", "contract.resumed"],
  ["paused", "contract.paused"],
  ["canceled", "contract.cancelled"],
]);

const noticed = /^(charge\.updated$|customer\.|plan\.|transfer\.|token\.|tenant\.|statement\.|balance\.|term\.)/;

export const parse: Parse = (callback) => {
  const body = parseJson(callback.body);
  const gatewayType = textAt(body, "type");
  if (!gatewayType) throw new Error("the body is not a PAY.JP event: it has no type");
  const created = numberAt(body, "created");
  const common = {
    gatewayType,
    occurredAt: created !== undefined && Number.isSafeInteger(created * 1_000) ? created * 1_000 : callback.receivedAt,
  };
  return withEventIds(
    front.identify(callback),
    draftsOf(gatewayType, at(body, "data")).map((event) => ({ ...common, ...event })),
  );
};

type Draft = Pick<PaymentEvent, "type"> & Partial<PaymentEvent>;

const draftsOf = (gatewayType: string, data: unknown): readonly Draft[] => {
  const charge = aboutCharge(gatewayType, data);
  if (charge) return charge;
  const subscription =
    gatewayType === "subscription.updated" ? statusMeanings.get(textAt(data, "status") ?? "") : subscriptionMeanings.get(gatewayType);
  if (subscription) return [{ type: subscription, ...omitUndefined({ contract: textAt(data, "id"), customer: textAt(data, "customer") }) }];
  return [{ type: noticed.test(gatewayType) ? "notice" : "unknown" }];
};

const aboutCharge = (gatewayType: string, data: unknown): readonly Draft[] | undefined => {
  const known = omitUndefined({
    charge: textAt(data, "id"),
    contract: textAt(data, "subscription"),
    customer: textAt(data, "customer"),
  });
  const amount = moneyAt(data, "amount");
  const refundedAmount = moneyAt(data, "amount_refunded");
  const refund: Draft = {
    type: "charge.refunded",
    ...known,
    ...amountFrom(refundedAmount),
    ...omitUndefined({ reason: textAt(data, "refund_reason") }),
  };
  const isCaptured = at(data, "captured") !== false;
  switch (gatewayType) {
    case "charge.succeeded":
      return [{ type: isCaptured ? "charge.succeeded" : "charge.authorized", ...known, ...amountFrom(amount) }];
    case "charge.captured":
      return [{ type: "charge.succeeded", ...known, ...amountFrom(amount) }, ...(refundedAmount?.minor ? [refund] : [])];
    case "charge.failed":
      return [
        {
          type: "charge.failed",
          ...known,
          ...amountFrom(amount),
          ...omitUndefined({ reason: textAt(data, "failure_code") ?? textAt(data, "failure_message") }),
        },
      ];
    case "charge.refunded":
      return [isCaptured ? refund : { ...refund, type: "charge.voided", ...amountFrom(amount) }];
    case "charge.updated":
      return [{ type: "notice", ...known }];
    default:
      return undefined;
  }
};

const moneyAt = (data: unknown, field: string): Money | undefined => fromMinor(at(data, field), at(data, "currency"));
