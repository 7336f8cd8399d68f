/** Subscriptions at the gateways that speak JSON: sandbox, Stripe, and Polar through Standard Webhooks. */
import { json } from "../../gateways/writing.ts";
import { calendar, type Life, price } from "./life.ts";

/** As Stripe writes it. */
const indented = (value: object): Uint8Array => Buffer.from(JSON.stringify(value, null, 2));

const iso = (moment: number): string => new Date(moment).toISOString();

export const sandboxLife: Life = (contract, random) => {
  const next = calendar(random);
  const amount = price(random);
  const charge = (number: number) => ({ charge: `ch_${contract}_${number}`, amount, currency: "JPY" });
  const happened: readonly (readonly [type: string, fields?: object])[] = [
    ["contract.started"],
    ["charge.succeeded", charge(1)],
    ["card.verified"],
    ["charge.succeeded", charge(2)],
    ["contract.renewed"],
    ["charge.refunded", { ...charge(2), amount: random.between(1, amount - 1), refund: `re_${contract}` }],
    ["charge.failed", { ...charge(3), reason: "the card has expired" }],
    random.next() < 0.5 ? ["contract.past_due"] : ["contract.cancelled"],
  ];
  return happened.map(([type, fields], index) =>
    json({ id: `evt_${contract}_${index + 1}`, type, created: next() / 1000, contract, customer: `cus_${contract}`, ...fields }),
  );
};

export const stripeLife: Life = (contract, random) => {
  const next = calendar(random);
  const amount = price(random);
  const subscription = (status: string) => ({ id: contract, object: "subscription", customer: `cus_${contract}`, status });
  const invoice = (number: number, reason: string, fields: object) => ({
    id: `in_${contract}_${number}`,
    object: "invoice",
    billing_reason: reason,
    currency: "jpy",
    customer: `cus_${contract}`,
    parent: { type: "subscription_details", subscription_details: { metadata: {}, subscription: contract } },
    ...fields,
  });
  const ended = random.next() < 0.5;
  const happened: readonly (readonly [type: string, object: object, before?: object])[] = [
    ["customer.subscription.created", subscription("active")],
    ["invoice.paid", invoice(1, "subscription_create", { amount_paid: amount })],
    ["invoice.paid", invoice(2, "subscription_cycle", { amount_paid: amount })],
    ["invoice.payment_failed", invoice(3, "subscription_cycle", { amount_due: amount })],
    ["customer.subscription.updated", subscription("past_due"), { status: "active" }],
    ended
      ? ["customer.subscription.deleted", subscription("canceled")]
      : ["customer.subscription.updated", subscription("active"), { status: "past_due" }],
  ];
  return happened.map(([type, object, before], index) =>
    indented({
      id: `evt_${contract}_${index + 1}`,
      object: "event",
      api_version: "2026-10-28.dahlia",
      created: next() / 1000,
      data: { object, ...(before && { previous_attributes: before }) },
      livemode: false,
      pending_webhooks: 1,
      type,
    }),
  );
};

export const polarLife: Life = (contract, random) => {
  const next = calendar(random);
  const amount = price(random);
  const subscription = (status: string) => ({ id: contract, status, customer_id: `cus_${contract}` });
  const order = (number: number, reason: string) => ({
    id: `ord_${contract}_${number}`,
    status: "paid",
    billing_reason: reason,
    total_amount: amount,
    currency: "jpy",
    customer_id: `cus_${contract}`,
    subscription_id: contract,
  });
  const refund = {
    id: `re_${contract}`,
    order_id: `ord_${contract}_2`,
    subscription_id: contract,
    customer_id: `cus_${contract}`,
    amount: random.between(1, amount - 1),
    tax_amount: 0,
    currency: "jpy",
    status: "succeeded",
    reason: "customer_request",
  };
  const happened: readonly (readonly [type: string, data: object])[] = [
    ["subscription.active", subscription("active")],
    ["order.paid", order(1, "subscription_create")],
    ["order.paid", order(2, "subscription_cycle")],
    ["refund.created", refund],
    random.next() < 0.5 ? ["subscription.revoked", subscription("canceled")] : ["subscription.past_due", subscription("past_due")],
  ];
  return happened.map(([type, data]) => json({ type, timestamp: iso(next()), data }));
};
