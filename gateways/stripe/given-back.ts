/** What Stripe says about money that goes back: refunds and disputes. */
import type { EventType } from "../../core/event.ts";
import { at, listAt, numberAt, textAt } from "../../core/formats/json.ts";
import { omitUndefined } from "../kit/kit.ts";
import { fromOwnUnits, stripeUnits } from "../kit/own-units.ts";
import { idAt, paymentOf } from "./names.ts";
import { amountAt, type Reading } from "./reading.ts";

/**
 * The amount refunded so far of this charge, without a refund's id. Stripe counts as refunded what was never taken as well: the whole of an authorisation that
 * was released, and what a partial capture left.
 */
export const chargeRefunded: Reading = (object) => {
  const payment = paymentOf(object, textAt(object, "id"));
  if (at(object, "captured") === false)
    return [{ type: "charge.voided", ...payment, ...omitUndefined({ part: payment.charge }), ...amountAt(object, "amount") }];
  const [amount, captured, refunded] = ["amount", "amount_captured", "amount_refunded"].map((name) => numberAt(object, name));
  const neverTaken = amount !== undefined && captured !== undefined ? Math.max(0, amount - captured) : 0;
  const back = refunded === undefined ? undefined : refunded - neverTaken;
  if (back !== undefined && back <= 0 && neverTaken > 0) return [{ type: "notice", ...payment }];
  const soFar = fromOwnUnits(stripeUnits, back, textAt(object, "currency"));
  return [{ type: "charge.refunded", ...payment, ...omitUndefined({ part: textAt(object, "id"), amount: soFar }) }];
};

const stateOfRefund: Readonly<Record<string, EventType>> = {
  pending: "refund.pending",
  requires_action: "refund.pending",
  failed: "refund.failed",
  canceled: "refund.failed",
};

/** A refund is reported at each of its steps; one that has succeeded can still fail. Its part is the charge, whose sum it is in. */
export const refund: Reading = (object) => {
  const status = textAt(object, "status") ?? "succeeded";
  const type = Object.hasOwn(stateOfRefund, status) ? (stateOfRefund[status] as EventType) : "charge.refunded";
  const reason = `refund ${status}: ${textAt(object, "failure_reason") ?? "no reason given"}`;
  const payment = paymentOf(object);
  return [
    {
      type,
      ...payment,
      ...omitUndefined({ part: idAt(object, "charge") ?? payment.charge, refund: textAt(object, "id") }),
      ...amountAt(object, "amount"),
      ...(type === "refund.failed" && { reason }),
    },
  ];
};

export const dispute =
  (type: EventType): Reading =>
  (object) => [
    {
      type,
      ...paymentOf(object),
      ...omitUndefined({ dispute: textAt(object, "id"), reason: textAt(object, "reason") }),
      ...amountAt(object, "amount"),
    },
  ];

/** An inquiry that was closed without a chargeback is won: the money stays. */
const endOfDispute: Readonly<Record<string, EventType>> = {
  won: "dispute.won",
  warning_closed: "dispute.won",
  prevented: "dispute.won",
  lost: "dispute.lost",
};

/** A dispute whose status is no end is what is given. */
export const disputeBy =
  (otherwise: EventType): Reading =>
  (object, before) => {
    const status = textAt(object, "status") ?? "";
    return dispute(Object.hasOwn(endOfDispute, status) ? (endOfDispute[status] as EventType) : otherwise)(object, before);
  };

/**
 * Money that comes back, also months after a dispute was lost. Of a payment that had been refunded in part, a lost dispute's money comes back
 * in part: what is still gone is what its movements add up to, where they are in the payment's currency.
 */
export const fundsReinstated: Reading = (object, before) => {
  const currency = textAt(object, "currency");
  const movements = listAt(object, "balance_transactions").filter((one) => textAt(one, "currency") === currency);
  const gone = -movements.reduce((sum: number, one) => sum + (numberAt(one, "amount") ?? 0), 0);
  const amount = fromOwnUnits(stripeUnits, gone, currency);
  if (textAt(object, "status") !== "lost" || gone <= 0 || !amount) return dispute("dispute.won")(object, before);
  return dispute("dispute.lost")(object, before).map((draft) => ({ ...draft, amount }));
};
