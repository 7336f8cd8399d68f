/** What the callbacks of GMO Epsilon mean. */
import { fromMinor } from "../../core/formats/money.ts";
import type { Parse } from "../gateway.ts";
import { amountFrom, omitUndefined } from "../kit/kit.ts";
import { fieldsOf, front } from "./front.ts";

/** What Epsilon shows for a customer who has no number. */
const nobody = "-";

export const parse: Parse = (callback) => {
  const fields = fieldsOf(callback.body);
  const { trans_code: transaction, order_number: order, user_id: customer, paid } = fields;
  const charge = transaction || order;
  if (!charge) throw new Error("the form is not an Epsilon notice: it has neither trans_code nor order_number");
  const isPaid = paid === "1";
  return [
    {
      id: front.identify(callback),
      type: isPaid ? "charge.succeeded" : "unknown",
      gatewayType: `paid=${paid ?? ""}`,
      occurredAt: callback.receivedAt,
      charge,
      ...omitUndefined({ order: order || undefined, customer: customer && customer !== nobody ? customer : undefined }),
      ...(isPaid && amountFrom(fromMinor(fields.item_price, "JPY"))),
    },
  ];
};
