/** R-REFUND: the application asked for money to be given back, and less has come back on that payment. What came back before it was asked for counts. */
import type { Millis } from "../../../callback.ts";
import type { Money } from "../../../formats/money.ts";
import { onceFor } from "../../../lazy.ts";
import { ledgerId } from "../../../ledger-id.ts";
import type { Draft } from "../../draft.ts";
import type { AskedBack, Subject } from "../../finding.ts";
import type { FindingSettings } from "../../settings.ts";
import type { ContractSide } from "../../sides/contract-side.ts";
import type { PaymentSide } from "../../sides/payment-side.ts";
import type { Sides } from "../../sides/sides.ts";
import type { Rule, RuleInput } from "../rule.ts";

type Request = Sides["refundRequests"][number];

export const refundNotSeen: Rule = (input) => {
  const byPayment = Map.groupBy(input.sides.refundRequests, (request) => {
    const payment = paymentOf(request, input.sides);
    return JSON.stringify([request.event.source, payment?.charge.id ?? ledgerId(request.event.charge), request.event.amount.currency]);
  });
  const missing = [...byPayment.values()].flatMap((requests) => missingOf(requests, input));
  // One for each contract, or for the payment where there is none.
  return [...Map.groupBy(missing, ({ subject }) => JSON.stringify(subject)).values()].map((some) => draftOf(some, input.settings));
};

interface Missing {
  readonly source: string;
  readonly subject: Subject;
  readonly contract: ContractSide | undefined;
  readonly requests: readonly Request[];
  readonly payment: PaymentSide | undefined;
  readonly asked: Money;
  readonly back: Money;
  readonly until: Millis;
}

/** By any of its ids, or its order's number, which attempts that failed have too. */
const paymentOf = ({ event }: Request, sides: Sides): PaymentSide | undefined => {
  const { byId, byOrder } = paymentsIn(sides);
  const name = JSON.stringify([event.source, ledgerId(event.charge)]);
  return byId.get(name) ?? byOrder.get(name);
};

/** Of several under one name the first. */
const paymentsIn = onceFor(({ contracts, single }: Sides) => {
  const [byId, byOrder] = [new Map<string, PaymentSide>(), new Map<string, PaymentSide>()];
  const note = (names: Map<string, PaymentSide>, source: string, id: string, payment: PaymentSide) => {
    const name = JSON.stringify([source, id]);
    if (!names.has(name)) names.set(name, payment);
  };
  const of = [...contracts.map(({ source, payments }) => [source, payments] as const), ...single];
  for (const [source, payments] of of)
    for (const payment of payments) {
      for (const id of payment.charge.ids) note(byId, source, id, payment);
      if (payment.charge.state !== "failed") for (const order of payment.orders) note(byOrder, source, order, payment);
    }
  return { byId, byOrder };
});

/** Each request adds to what was asked for, up to what was taken. What is asked for is missing once the grace of its request is over. */
const missingOf = (requests: readonly Request[], { sides, settings, watch }: RuleInput): readonly Missing[] => {
  const [first] = requests;
  if (!first) return [];
  const { source, amount } = first.event;
  const payment = paymentOf(first, sides);
  const grace = settings.traitsOf(source).tellsRefunds ? settings.graces.refund : 0;
  const taken = payment?.charge.amount?.currency === amount.currency ? payment.charge.amount.minor : Number.POSITIVE_INFINITY;
  const back = backOf(payment, amount.currency);
  let asked = 0;
  let until: Millis | undefined;
  for (const { event } of requests) {
    if (back >= Math.min(asked + event.amount.minor, taken)) {
      asked += event.amount.minor;
      continue;
    }
    if (!watch.reached(event.occurredAt + grace)) break;
    asked += event.amount.minor;
    until ??= event.occurredAt + grace;
  }
  if (until === undefined) return [];
  const { currency } = amount;
  const contract = contractOf(first, payment, sides);
  return [
    {
      source,
      subject: contract?.subject ?? { kind: "payment", source, id: payment?.charge.id ?? ledgerId(first.event.charge) },
      contract,
      requests,
      payment,
      asked: { minor: Math.min(asked, taken), currency },
      back: { minor: back, currency },
      until,
    },
  ];
};

/** A void gives back all. */
const backOf = (payment: PaymentSide | undefined, currency: string): number => {
  if (!payment) return 0;
  if (payment.charge.state === "voided") return Number.POSITIVE_INFINITY;
  return payment.charge.refunded?.currency === currency ? payment.charge.refunded.minor : 0;
};

/** That of the payment or, where that has none or is not known, the one that the request names. */
const contractOf = ({ event }: Request, payment: PaymentSide | undefined, { contracts }: Sides): ContractSide | undefined => {
  const all = contracts.filter(({ subject }) => subject.kind === "contract");
  const isNamed = ({ source, contract }: ContractSide) =>
    event.contract !== undefined && source === event.source && contract === ledgerId(event.contract);
  return all.find(({ payments }) => payment !== undefined && payments.includes(payment)) ?? all.find(isNamed);
};

const draftOf = (missing: readonly Missing[], settings: FindingSettings): Draft => {
  const [first] = missing.toSorted((one, other) => one.until - other.until) as [Missing, ...Missing[]];
  const { source, subject, contract, until } = first;
  const isSeen = settings.traitsOf(source).tellsRefunds;
  const requests = missing.flatMap((one) => one.requests);
  const missed = (one: Missing) => ({ minor: one.asked.minor - one.back.minor, currency: one.asked.currency });
  return {
    cause: { kind: isSeen ? "refund not seen" : "refund cannot be seen", class: "REFUND", ...askedBackOf(first, missing) },
    subject,
    severity: "warning",
    money: missing.map(missed),
    since: requests.map(({ event }) => event.occurredAt).reduce((earliest, one) => Math.min(earliest, one)),
    last: requests.map(({ event }) => event.occurredAt).reduce((last, one) => Math.max(last, one)),
    accounts: requests.map(({ event }) => event.account),
    ...(contract && { contracts: [contract] }),
    entries: missing.flatMap(({ payment }) => payment?.entries ?? []),
    applicationEvents: requests,
    back: {
      payments: missing.flatMap((one) => (one.payment ? [{ payment: one.payment, ...(contract && { contract }), most: missed(one) }] : [])),
    },
    ...(isSeen && { grace: { name: "refund" as const, until } }),
  };
};

/** Of several payments the sums, in the currency of the first that was missed, and beside it in the others. */
const askedBackOf = (first: Missing, missing: readonly Missing[]): AskedBack => {
  const payments = new Set(missing.map(({ payment, requests }) => payment?.charge.id ?? ledgerId(requests[0]?.event.charge ?? ""))).size;
  const byCurrency = Map.groupBy([first, ...missing.filter((one) => one !== first)], ({ asked }) => asked.currency);
  const [sum = first, ...others] = [...byCurrency].map(([currency, some]) => ({
    asked: { minor: some.reduce((all, { asked }) => all + asked.minor, 0), currency },
    back: { minor: some.reduce((all, { back }) => all + back.minor, 0), currency },
  }));
  return { asked: sum.asked, back: sum.back, ...(payments > 1 && { payments }), ...(others.length > 0 && { others }) };
};
