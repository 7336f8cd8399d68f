/** Braintree's refunds are transactions of their own, its local payments have an id before they have a transaction. */
import { Buffer } from "node:buffer";
import type { Callback, Sequence } from "./sequence.ts";

const start = Date.UTC(2026, 0, 1);

const notification = (hours: number, kind: string, subject: string): Callback => ({
  body: Buffer.from(
    `<notification><kind>${kind}</kind><timestamp type="datetime">${new Date(start + hours * 3_600_000).toISOString()}</timestamp><subject>${subject}</subject></notification>`,
  ),
});
const transaction = (id: string, amount: string, more = "<type>sale</type>") =>
  `<transaction><id>${id}</id>${more}<amount>${amount}</amount><currency-iso-code>USD</currency-iso-code></transaction>`;
const credit = (hours: number, kind: string, id: string, amount: string) =>
  notification(hours, kind, transaction(id, amount, "<type>credit</type><refunded-transaction-id>t1</refunded-transaction-id>"));
const subscription = (hours: number, kind: string, cycle: number, id?: string) =>
  notification(
    hours,
    `subscription_${kind}`,
    `<subscription><id>s1</id><current-billing-cycle type="integer">${cycle}</current-billing-cycle><transactions type="array">${id ? transaction(id, "10.00", "<type>sale</type><subscription-id>s1</subscription-id>") : ""}</transactions></subscription>`,
  );
const local = (hours: number, kind: string, content = "") => {
  const name = kind === "local_payment_completed" ? "local-payment" : kind.replaceAll("_", "-");
  return notification(hours, kind, `<${name}><payment-id>p1</payment-id>${content}</${name}>`);
};
const dispute = (hours: number, kind: string, id: string, amount: string, of = "chargeback") =>
  notification(
    hours,
    `dispute_${kind}`,
    `<dispute><id>${id}</id><kind>${of}</kind><amount-disputed>${amount}</amount-disputed><currency-iso-code>USD</currency-iso-code><transaction><id>t1</id></transaction></dispute>`,
  );

const braintree = { source: { gateway: "braintree", options: { publicKey: "k" } }, currency: "USD" };
const months = [
  subscription(0, "went_active", 1),
  subscription(1, "charged_successfully", 1, "t1"),
  subscription(700, "charged_successfully", 2, "t2"),
];
const settled = notification(1, "transaction_settled", transaction("t1", "10.00"));

export const sequences: readonly Sequence[] = [
  {
    what: "of three refunds of a subscription's first month one is declined and one fails",
    callbacks: [
      ...months,
      credit(701, "transaction_settled", "c1", "4.00"),
      credit(702, "transaction_settlement_declined", "c2", "3.00"),
      credit(703, "transaction_settled", "c3", "2.00"),
      credit(704, "refund_failed", "c3", "2.00"),
    ],
    contract: "s1",
    adds: { state: "active", charged: 2000, refunded: 400 },
    ...braintree,
  },
  {
    what: "a subscription ends, and its last charge is told late",
    callbacks: [...months, subscription(650, "canceled", 2)],
    contract: "s1",
    adds: { state: "cancelled", charged: 2000, refunded: 0 },
    ...braintree,
  },
  {
    what: "a charge is declined when it should settle",
    callbacks: [...months, notification(710, "transaction_settlement_declined", transaction("t2", "10.00"))],
    contract: "s1",
    adds: { state: "active", charged: 1000, refunded: 0 },
    ...braintree,
  },
  {
    what: "a payment settles in parts of what was authorised",
    callbacks: ["a1", "a2"].map((id, index) =>
      notification(
        index,
        "transaction_settled",
        transaction(id, "4.00", "<type>sale</type><authorized-transaction-id>t1</authorized-transaction-id>"),
      ),
    ),
    contract: "t1",
    adds: { charged: 800, refunded: 0 },
    ...braintree,
  },
  ...["local_payment_reversed", "local_payment_expired"].map(
    (kind): Sequence => ({
      what: `a local payment comes to nothing: ${kind}`,
      callbacks: [local(1, "local_payment_completed", transaction("t1", "10.00")), local(2, kind)],
      contract: "p1",
      adds: { charged: 0, refunded: 0 },
      ...braintree,
    }),
  ),
  {
    what: "a local payment is funded",
    callbacks: [
      local(1, "local_payment_completed", transaction("t1", "10.00")),
      local(2, "local_payment_funded", transaction("t1", "10.00")),
    ],
    contract: "p1",
    adds: { charged: 1000, refunded: 0 },
    ...braintree,
  },
  {
    what: "a part is disputed and lost, after another dispute was won",
    callbacks: [
      settled,
      dispute(2, "opened", "d1", "10.00"),
      dispute(3, "won", "d1", "10.00"),
      dispute(4, "opened", "d2", "4.00"),
      dispute(5, "lost", "d2", "4.00"),
    ],
    contract: "t1",
    adds: { charged: 1000, refunded: 0, chargedBack: 400 },
    ...braintree,
  },
  {
    what: "a retrieval is not answered, and the chargeback that follows is lost",
    callbacks: [
      settled,
      dispute(2, "opened", "d1", "10.00", "retrieval"),
      dispute(3, "expired", "d1", "10.00", "retrieval"),
      dispute(4, "opened", "d2", "10.00"),
      dispute(5, "lost", "d2", "10.00"),
    ],
    contract: "t1",
    adds: { charged: 1000, refunded: 0, chargedBack: 1000 },
    ...braintree,
  },
];
