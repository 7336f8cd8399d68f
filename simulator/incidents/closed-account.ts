/** A marketplace: customers who cannot cancel a recurring order close the whole account, and are still charged. */
import type { Millis } from "../../core/callback.ts";
import { dayMs, hourMs, minuteMs } from "../../core/durations.ts";
import { dueAt } from "../../core/findings/calendar.ts";
import type { Money } from "../../core/formats/money.ts";
import { type Account, accountOf } from "./account.ts";
import { type Customer, customerOf, duesOf, yen } from "./cast.ts";
import { type Incident, type Life, nameOf, peopleIn, scenesOf, type Told } from "./incident.ts";

const source = "market";
const price = yen(2_980);
const dollars: Money = { minor: 1_900, currency: "USD" };

interface Buyer {
  readonly customer: Customer;
  readonly account: Account;
  readonly on: (day: number, hour?: number) => Millis;
  /** A recurring order: granted, and charged every month on that day of the story among others, up to it. */
  readonly orders: (
    dueOn: number,
    until?: number,
    about?: { readonly name?: string; readonly amount?: Money; readonly plan?: string },
  ) => readonly Told[];
}

const charged = ({ account }: Account): string => `CLOSE.charged:account:${account}`;
const outlives = ({ account }: Account): string => `CLOSE.outlives:account:${account}`;
const clean = (told: readonly Told[]): Life => ({ told, awaited: [] });
const closureMs = 48 * hourMs;

const lives: Readonly<Record<string, (buyer: Buyer) => Life>> = {
  "cannot cancel, and closes the account": ({ customer, account, on, orders }) => {
    const closed = on(3, 2);
    return {
      told: [
        ...orders(9),
        account.closed(closed),
        ...customer.tells("cancelled", on(11), { amount: price }),
        account.refundRequested(customer, on(11, 1), { payment: 2, amount: price }),
        ...customer.tells("refunded", on(11, 2), { amount: price, payment: 2 }),
      ],
      awaited: [
        { id: outlives(account), from: closed + closureMs, to: on(11) },
        { id: charged(account), money: [price], from: on(9), to: on(11, 2) },
      ],
    };
  },

  "two orders in two currencies, given back in parts": ({ customer, account, on, orders }) => {
    const closed = on(2);
    const other = { name: "second", amount: dollars, plan: "coffee" };
    const rest = { minor: 900, currency: "USD" };
    return {
      told: [
        ...orders(8),
        ...orders(7, 7, other),
        account.closed(closed),
        ...customer.tells("cancelled", on(11, 1), { amount: price }),
        ...customer.tells("cancelled", on(11, 3), { amount: dollars, contract: "second" }),
        ...customer.tells("refunded", on(11, 4), { amount: price, payment: 2 }),
        ...customer.tells("refunded", on(11, 5), {
          amount: dollars,
          payment: 2,
          contract: "second",
          refunded: { minor: 1_000, currency: "USD" },
        }),
        ...customer.tells("refunded", on(13), {
          amount: dollars,
          payment: 2,
          contract: "second",
          refunded: rest,
          refundedBefore: { minor: 1_000, currency: "USD" },
        }),
      ],
      awaited: [
        { id: outlives(account), from: closed + closureMs, to: on(11, 3) },
        { id: charged(account), money: [dollars], from: on(7), to: on(8) },
        { id: charged(account), money: [price, dollars], from: on(8), to: on(11, 4) },
        { id: charged(account), money: [rest], from: on(11, 5), to: on(13) },
      ],
    };
  },

  "charged while closed, and back again": ({ customer, account, on, orders }) => ({
    told: [
      ...orders(4),
      account.closed(on(2, 5)),
      account.reopened(on(6)),
      ...customer.tells("refunded", on(11, 6), { amount: price, payment: 2 }),
    ],
    awaited: [
      { id: charged(account), money: [price], from: on(4), to: on(11, 6) },
      { id: outlives(account), from: on(4, 5), to: on(6) },
    ],
  }),

  "ended within two days, and charged just before": ({ customer, account, on, orders }) =>
    clean([
      ...orders(3, 2),
      ...customer.tells("renewed", on(3), { amount: price, payment: 2, sentAt: on(5) }),
      account.closed(on(3, 1)),
      ...customer.tells("cancelled", on(4, 12), { amount: price }),
    ]),

  "back the next day": ({ account, on, orders }) => clean([...orders(7), account.closed(on(3, 4)), account.reopened(on(4, 4))]),

  "ends with its paid year": ({ customer, account, on }) => {
    const signUp = on(-300);
    const amount = yen(12_000);
    return clean([
      ...customer.pays([signUp], { amount }),
      account.granted(customer, signUp + minuteMs, { plan: "yearly", price: amount, interval: "year" }),
      account.closed(on(3, 6)),
      ...customer.tells("end announced", on(3, 6) + minuteMs, { amount, endsAt: signUp + 365 * dayMs }),
    ]);
  },

  "ended long ago": ({ customer, account, on, orders }) =>
    clean([
      ...orders(-50, -50),
      ...customer.tells("cancelled", on(-40), { amount: price }),
      account.revoked(customer, on(-40), "cancelled"),
      account.closed(on(3, 8)),
    ]),

  "goes on ordering": ({ orders }) => clean(orders(10)),
};

export const closedAccount = (start: Millis, seed = "closed-account"): Incident => {
  const on = (day: number, hour = 0): Millis => start + day * dayMs + hour * hourMs;
  const told = Object.entries(lives).map(([about, lived], index): Life => {
    const who = nameOf(index);
    const customer = customerOf({ source, gateway: "stripe", seed: `${seed}/${about}`, who });
    const account = accountOf(`c-${String(index + 1).padStart(4, "0")}`, who);
    const orders: Buyer["orders"] = (dueOn, until = dueOn, { name = "first", amount = price, plan = "vegetables" } = {}) => {
      const dues = duesOf(dueAt(on(dueOn), "month", -1, "UTC"), "month", on(until), "UTC");
      const [first = 0] = dues;
      const terms = { plan, price: amount, interval: "month" } as const;
      return [...customer.pays(dues, { amount, contract: name }), account.granted(customer, first + minuteMs, terms, name)];
    };
    return { person: { name: who, about }, ...lived({ customer, account, on, orders }) };
  });
  return {
    name: "closed-account",
    about: "an account is closed, and its recurring order is still charged",
    sources: [source],
    accounts: "c-",
    people: peopleIn(told),
    scenes: scenesOf(
      [
        { at: on(0), title: "Recurring orders, as both sides know them" },
        { at: on(4, 12), title: "Customers close their accounts" },
        { at: on(6), title: "Two days later a contract that did not end is a finding" },
        { at: on(10), title: "The month's charges: each of a closed account is a finding at once" },
        { at: on(12), title: "The orders are cancelled at the gateway, and the money is given back" },
        { at: on(14), title: "Two days later" },
      ],
      told,
    ),
  };
};
