/** What the callbacks of Telecom Credit mean. */
import type { PaymentEvent } from "../../core/event.ts";
import { fromMinor } from "../../core/formats/money.ts";
import type { Parse } from "../gateway.ts";
import { amountFrom, omitUndefined, withEventIds } from "../kit/kit.ts";
import { chargeOf, type Fields, fieldsOf, front, isEnd } from "./front.ts";

export const parse: Parse = (callback) => {
  const fields = fieldsOf(callback.body);
  const drafts = isEnd(fields) ? aboutEnd(fields) : aboutPayment(fields);
  return withEventIds(
    front.identify(callback),
    drafts.map((event) => ({ occurredAt: callback.receivedAt, ...event })),
  );
};

type Draft = Pick<PaymentEvent, "type" | "gatewayType"> & Partial<PaymentEvent>;

const aboutEnd = ({ member_id: member }: Fields): readonly Draft[] => [
  { type: "contract.cancelled", gatewayType: "member_id", ...omitUndefined({ contract: member, customer: member }) },
];

const aboutPayment = (fields: Fields): readonly Draft[] => {
  const { rel, cont, money, sendid, option } = fields;
  const contract = omitUndefined({ contract: sendid || undefined, customer: sendid || undefined });
  const gatewayType = `rel=${rel ?? ""}`;
  const about = { gatewayType, ...contract, ...omitUndefined({ charge: chargeOf(fields), order: option || undefined }) };
  if (rel !== "yes" && rel !== "no") return [{ type: "unknown", ...about }];
  const passed = rel === "yes";
  if (money === "0") return [{ type: passed ? "card.verified" : "card.verification_failed", ...about }];
  const charge: Draft = { type: passed ? "charge.succeeded" : "charge.failed", ...about, ...amountFrom(fromMinor(money, "JPY")) };
  if (cont !== "yes") return [charge];
  return [charge, { type: passed ? "contract.renewed" : "contract.past_due", gatewayType, ...contract }];
};
