/** What the callbacks of Paidy mean. */
import type { EventType, PaymentEvent } from "../../core/event.ts";
import { parseJson, textAt } from "../../core/formats/json.ts";
import type { Parse } from "../gateway.ts";
import { omitUndefined, parseInstant } from "../kit/kit.ts";
import { front } from "./front.ts";

const testPayment = "pay_0000000000000001";

export const paymentMeanings = new Map<string, EventType>([
  ["authorize_success", "charge.authorized"],
  ["capture_success", "charge.succeeded"],
  ["refund_success", "charge.refunded"],
  ["close_success", "notice"],
  ["update_success", "notice"],
]);

export const tokenMeanings = new Map<string, EventType>([
  ["activate_success", "contract.started"],
  ["suspend_success", "contract.paused"],
  ["resume_success", "contract.resumed"],
  ["delete_success", "contract.cancelled"],
]);

export const parse: Parse = (callback) => {
  const body = parseJson(callback.body);
  const status = textAt(body, "status");
  if (!status) throw new Error("the body is not a Paidy callback: it has no status");
  return [
    {
      id: front.identify(callback),
      gatewayType: status,
      occurredAt: parseInstant(textAt(body, "timestamp")) ?? callback.receivedAt,
      ...draftOf(status, body),
    },
  ];
};

const draftOf = (status: string, body: unknown): Pick<PaymentEvent, "type"> & Partial<PaymentEvent> => {
  const charge = textAt(body, "payment_id");
  const known = omitUndefined({ charge, contract: textAt(body, "token_id"), order: textAt(body, "order_ref") });
  const type = (charge ? paymentMeanings : tokenMeanings).get(status) ?? "unknown";
  if (charge === testPayment) return { type: "notice", ...known };
  if (status === "close_success") return { type, ...known, incomplete: ["type"] };
  const isAboutMoney = type.startsWith("charge.");
  return {
    type,
    ...known,
    ...omitUndefined({
      part: type === "charge.succeeded" ? textAt(body, "capture_id") : undefined,
      refund: type === "charge.refunded" ? textAt(body, "refund_id") : undefined,
    }),
    ...(isAboutMoney && { incomplete: ["amount"] }),
  };
};
