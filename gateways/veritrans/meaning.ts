/** What the callbacks of VeriTrans4G mean. */

import type { EventType, PaymentEvent } from "../../core/event.ts";
import { fromMinor } from "../../core/formats/money.ts";
import type { Parse } from "../gateway.ts";
import { amountFrom, japanTime, omitUndefined, withEventIds } from "../kit/kit.ts";
import { front, type Item, pushOf, statusesOf } from "./front.ts";

/** What a transaction means when it succeeded. */
export const transactionMeanings = new Map<string, EventType>([
  ["Authorize", "charge.authorized"],
  ["AuthorizeConfirm", "charge.authorized"],
  ["Capture", "charge.succeeded"],
  ["Cancel", "charge.voided"],
]);

export const parse: Parse = (callback) => {
  const { pushTime, items } = pushOf(callback.body);
  if (items.length === 0) throw new Error("the form is not a VeriTrans push: it has no item with an orderId");
  const pushed = japanTime(pushTime) ?? callback.receivedAt;
  return withEventIds(
    front.identify(callback),
    items.map((item) => ({
      occurredAt: japanTime(item.rcvDate ?? item.receiptDate) ?? pushed,
      ...draftOf(item),
      ...omitUndefined({ charge: item.orderId, order: item.orderId }),
    })),
  );
};

const draftOf = (item: Item): Pick<PaymentEvent, "type" | "gatewayType"> & Partial<PaymentEvent> => {
  const { txnType, rcvAmount } = item;
  if (!txnType) {
    return rcvAmount
      ? { type: "charge.succeeded", gatewayType: "rcvAmount", part: receiptOf(item), ...amountFrom(fromMinor(rcvAmount, "JPY")) }
      : { type: "unknown", gatewayType: Object.keys(item).join(",") };
  }
  const type = outcomeOf(txnType, item);
  const failed = type === "charge.failed";
  return {
    type,
    gatewayType: `txnType=${txnType}`,
    ...omitUndefined({ reason: failed ? item.vResultCode : undefined }),
    ...(type.startsWith("charge.") && { incomplete: txnType === "Capture" || failed ? ["amount"] : ["amount", "type"] }),
  };
};

/** Money that came in is a part of its own: an order can be paid in several deposits, or twice. */
const receiptOf = ({ rcvDate, receiptDate }: Item): string => `received ${rcvDate ?? receiptDate ?? ""}`.trim();

/** A card is authorised when its own status says so; `mpiMstatus` alone says only that 3-D Secure went well. */
const outcomeOf = (txnType: string, item: Item): EventType => {
  const meaning = transactionMeanings.get(txnType);
  const statuses = statusesOf(item);
  if (!meaning || statuses.length === 0) return "unknown";
  if (statuses.includes("failure")) return meaning === "charge.voided" ? "notice" : "charge.failed";
  const isDone = statuses.every((status) => status === "success") && (item.mpiMstatus === undefined || item.cardMstatus !== undefined);
  return isDone ? meaning : "notice";
};
