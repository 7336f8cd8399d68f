/** Braintree: XML about subscriptions and disputes. Plain sales, voids, refunds and card checks are never announced. */
import type { EventType } from "../../core/event.ts";
import type { Moment } from "../moment.ts";
import type { Writer, Written } from "../writer.ts";
import { iso, major } from "../writing.ts";

type Elements = Readonly<Record<string, string>>;

/** The elements to which Braintree adds a type, because XML has none. */
const types: Elements = { timestamp: "datetime", "current-billing-cycle": "integer", transactions: "array" };

const elements = (of: Elements): string =>
  Object.entries(of)
    .map(([name, content]) => `<${name}${types[name] ? ` type="${types[name]}"` : ""}>${content}</${name}>`)
    .join("");

const notification = (moment: Moment, said: { kind: string; subject: Elements; reports: readonly EventType[] }): Written => ({
  body: Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n${elements({
      notification: elements({ kind: said.kind, timestamp: iso(moment.at), subject: elements(said.subject) }),
    })}\n`,
  ),
  reports: said.reports,
});

const transaction = (moment: Moment, status: string, more: Elements = {}): string =>
  elements({
    transaction: elements({
      id: moment.charge,
      status,
      type: "sale",
      "currency-iso-code": moment.amount.currency,
      amount: major(moment.amount),
      "order-id": moment.order,
      customer: elements({ id: moment.customer }),
      ...more,
    }),
  });

const subscription =
  (
    kind: string,
    status: string,
    reports: (moment: Moment) => readonly EventType[],
    payment?: { readonly status: string; readonly more?: Elements },
  ) =>
  (moment: Moment): readonly Written[] => {
    if (!moment.contract) return [];
    const content = elements({
      id: moment.contract,
      status,
      "current-billing-cycle": String(moment.cycle),
      transactions: payment ? transaction(moment, payment.status, payment.more) : "",
    });
    return [notification(moment, { kind, subject: { subscription: content }, reports: reports(moment) })];
  };

const taken = subscription(
  "subscription_charged_successfully",
  "Active",
  ({ cycle }) => (cycle > 1 ? ["charge.succeeded", "contract.renewed"] : ["charge.succeeded"]),
  { status: "submitted_for_settlement" },
);

const declined = { status: "processor_declined", more: { "processor-response-text": "Insufficient Funds" } };

const dispute =
  (kind: string, reports: EventType) =>
  (moment: Moment): readonly Written[] => {
    const content = elements({
      id: moment.part,
      "amount-disputed": major(moment.amount),
      "currency-iso-code": moment.amount.currency,
      reason: "fraud",
      transaction: elements({ id: moment.charge }),
    });
    return [notification(moment, { kind, subject: { dispute: content }, reports: [reports] })];
  };

const short = ({ text }: { readonly text: string }): string => text.slice(0, 8);

export const writer: Writer = {
  ids: { contract: short, customer: ({ digits }) => digits, charge: short, order: ({ text }) => `order-${text}`, part: ({ text }) => text },
  ownPayment: ["failed", "recovered"],
  scenes: {
    started: subscription("subscription_went_active", "Active", () => ["contract.started"]),
    paid: taken,
    renewed: taken,
    failed: (moment) => [
      ...subscription("subscription_charged_unsuccessfully", "Past Due", () => ["charge.failed"], declined)(moment),
      ...subscription("subscription_went_past_due", "Past Due", () => ["contract.past_due"])(moment),
    ],
    recovered: taken,
    cancelled: subscription("subscription_canceled", "Canceled", () => ["contract.cancelled"]),
    expired: subscription("subscription_expired", "Expired", () => ["contract.expired"]),
    disputed: dispute("dispute_opened", "dispute.opened"),
    "dispute won": dispute("dispute_won", "dispute.won"),
    "dispute lost": dispute("dispute_lost", "dispute.lost"),
  },
};
