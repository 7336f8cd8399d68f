/**
 * Paidy: `GET /payments/{id}` has what its callbacks leave out, the amounts, and what a closing meant: a payment that was closed
 * without a capture is void, one with a capture is what it was. A refund's own id is there too, and its moment.
 * Amounts are yen, as numbers. A 404 is a payment that Paidy does not know, and a callback that Paidy did not send.
 * https://paidy.com/docs/api/en/index.html#2-5-retrieve-a-payment https://github.com/xin9le/PaidySDK
 */
import type { PaymentEvent } from "../../core/event.ts";
import { at, listAt, parseJson, textAt } from "../../core/formats/json.ts";
import { fromMajor, type Money } from "../../core/formats/money.ts";
import { type Question, type ReadBack, without } from "../../core/read-back.ts";
import { parseInstant } from "../kit/kit.ts";
import { acceptJson, bearer } from "../read-back.ts";

/** The version of the API that documents and public code agree on. */
const version = "2018-04-10";

export const readBack: ReadBack = {
  url: "https://api.paidy.com",
  ask(event): Question | undefined {
    const { charge } = event;
    if (charge === undefined) return undefined;
    return {
      request: (credential) => ({
        method: "GET",
        path: `/payments/${encodeURIComponent(charge)}`,
        headers: { ...bearer(credential), ...acceptJson, "content-type": "application/json", "paidy-version": version },
      }),
      read(answer) {
        const payment = parseJson(answer);
        if (textAt(payment, "id") !== charge) throw new Error(`the answer is not the payment ${charge}`);
        return { kind: "completed", events: eventsOf(event, payment) };
      },
    };
  },
};

const eventsOf = (event: PaymentEvent, payment: unknown): readonly PaymentEvent[] => {
  const order = textAt(payment, "order", "order_ref");
  const known: PaymentEvent = { ...(order !== undefined && { order }), ...event };
  const captures = listAt(payment, "captures");
  if (event.gatewayType === "close_success") return [closed(known, payment, captures)];
  switch (event.type) {
    case "charge.authorized":
      return [withAmount(known, moneyIn(payment, payment))];
    case "charge.succeeded":
      return [captured(known, payment, captures)];
    case "charge.refunded":
      return refunded(known, payment);
    default:
      return [known];
  }
};

/** The one that the callback names; without a name, or one that is not there, all captures together. */
const captured = ({ part, ...event }: PaymentEvent, payment: unknown, captures: readonly unknown[]): PaymentEvent => {
  const own = captures.find((capture) => part !== undefined && textAt(capture, "id") === part);
  if (own) return withAmount({ ...event, ...(part !== undefined && { part }) }, moneyIn(own, payment));
  return withAmount(event, sum(captures.map((capture) => moneyIn(capture, payment))));
};

const closed = (event: PaymentEvent, payment: unknown, captures: readonly unknown[]): PaymentEvent =>
  captures.length > 0
    ? without(event, "type")
    : withAmount({ ...without(event, "type"), type: "charge.voided" }, moneyIn(payment, payment));

/**
 * One event for each refund so far: the callback may name the capture only, and a set of refunds by their ids is right in any
 * order. The one the callback names keeps its place, so that its id stays the same.
 */
const refunded = (event: PaymentEvent, payment: unknown): readonly PaymentEvent[] => {
  const refunds = listAt(payment, "refunds").filter((refund) => textAt(refund, "id") !== undefined);
  if (refunds.length === 0) return [event];
  const named = event.refund ?? textAt(refunds.at(-1), "id");
  return refunds.map((refund): PaymentEvent => {
    const id = textAt(refund, "id") ?? "";
    const occurredAt = parseInstant(at(refund, "created_at")) ?? event.occurredAt;
    const own = id === named ? event.id : `${event.charge}/refund_success/${id}`;
    return withAmount({ ...event, id: own, refund: id, occurredAt }, moneyIn(refund, payment));
  });
};

const moneyIn = (part: unknown, payment: unknown): Money | undefined => fromMajor(at(part, "amount"), at(payment, "currency") ?? "JPY");

const sum = (amounts: readonly (Money | undefined)[]): Money | undefined => {
  const [first] = amounts;
  if (!first || amounts.includes(undefined)) return undefined;
  return { ...first, minor: amounts.reduce((total, amount) => total + (amount?.minor ?? 0), 0) };
};

const withAmount = (event: PaymentEvent, amount: Money | undefined): PaymentEvent =>
  amount ? { ...without(event, "amount"), amount } : event;
