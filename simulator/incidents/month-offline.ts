/**
 * A shop that is attacked, takes its servers down for more than a month, and comes back. Meanwhile customers pay, sign up, leave and ask for
 * their money; every callback is acknowledged and stored, and waits.
 */
import type { Millis } from "../../core/callback.ts";
import { dayMs, hourMs, minuteMs } from "../../core/durations.ts";
import { dueAt } from "../../core/findings/calendar.ts";
import { type Account, accountOf } from "./account.ts";
import { type Customer, customerOf, duesOf, yen } from "./cast.ts";
import { type Incident, type Life, nameOf, peopleIn, scenesOf, type Told } from "./incident.ts";

const source = "store";
const zone = "Asia/Tokyo";
const price = yen(1_200);
const monthlyPrice = { amount: price } as const;
const terms = { plan: "box", price, interval: "month" } as const;

/** The servers are down between these days. */
export const offline = { from: 1, to: 34 } as const;
const over = 37;

interface Buyer {
  readonly customer: Customer;
  readonly account: Account;
  readonly on: (day: number, hour?: number) => Millis;
  /** Granted long ago and charged every month, on that day of the story among others; up to the end unless it says otherwise. */
  readonly monthly: (dueOn: number, until?: number) => readonly Told[];
}

const clean = (told: readonly Told[]): Life => ({ told, awaited: [] });

const line = ({ customer }: Buyer): string => `${source}/${customer.contract()}`;

const lives: Readonly<Record<string, (buyer: Buyer) => Life>> = {
  "pays as ever": ({ monthly }) => clean(monthly(6)),
  "pays on the last day": ({ monthly }) => clean(monthly(30)),

  "buys one box": ({ customer, on }) => clean(customer.tells("paid", on(15), { amount: yen(3_400), contract: "none" })),

  "signs up while nobody is there": (buyer) => {
    const { customer, account, on } = buyer;
    const at = on(10);
    return {
      told: [...customer.pays([at], monthlyPrice), account.granted(customer, on(offline.to, 2), terms)],
      awaited: [{ id: `A3:${line(buyer)}`, money: [price], from: at + 24 * hourMs, to: on(offline.to, 2) }],
    };
  },

  "leaves at the gateway's own page": (buyer) => {
    const { customer, account, on, monthly } = buyer;
    const paidUntil = on(12);
    return {
      told: [
        ...monthly(12, 11),
        ...customer.tells("cancelled", on(5), monthlyPrice),
        account.revoked(customer, on(offline.to, 3), "cancelled"),
      ],
      awaited: [{ id: `A2:${line(buyer)}`, money: [price], from: paidUntil + 48 * hourMs, to: on(offline.to, 3) }],
    };
  },

  "has a card that fails, and another one weeks later": (buyer) => {
    const { customer, on, monthly } = buyer;
    const failed = on(8);
    return {
      told: [
        ...monthly(8, 7),
        ...customer.tells("failed", failed, { ...monthlyPrice, payment: 2 }),
        ...customer.tells("recovered", on(30), { ...monthlyPrice, payment: 2 }),
      ],
      awaited: [{ id: `A2:${line(buyer)}`, money: [price], from: failed + 14 * dayMs, to: on(30) }],
    };
  },

  "asks for the money back": (buyer) => {
    const { customer, account, on, monthly } = buyer;
    const asked = on(16);
    return {
      told: [
        ...monthly(14),
        account.refundRequested(customer, asked, { payment: 2, amount: price, sentAt: on(offline.to, 4) }),
        ...customer.tells("refunded", on(36), { ...monthlyPrice, payment: 2 }),
      ],
      awaited: [{ id: `REFUND:${line(buyer)}`, money: [price], from: on(offline.to, 4), to: on(36) }],
    };
  },
};

export const monthOffline = (start: Millis, seed = "month-offline"): Incident => {
  const on = (day: number, hour = 0): Millis => start + day * dayMs + hour * hourMs;
  const told = Object.entries(lives).map(([about, lived], index): Life => {
    const who = nameOf(index);
    const customer = customerOf({ source, gateway: "payjp", seed: `${seed}/${about}`, who });
    const account = accountOf(`s-${String(index + 1).padStart(4, "0")}`, who);
    const monthly: Buyer["monthly"] = (dueOn, until = over) => {
      const dues = duesOf(dueAt(on(dueOn), "month", -1, zone), "month", on(until), zone);
      return [...customer.pays(dues, monthlyPrice), account.granted(customer, (dues[0] ?? 0) + minuteMs, terms)];
    };
    return { person: { name: who, about }, ...lived({ customer, account, on, monthly }) };
  });
  return {
    name: "month-offline",
    about: "the servers are down for a month, and the gateway goes on",
    sources: [source],
    accounts: "s-",
    people: peopleIn(told),
    scenes: scenesOf(
      [
        { at: on(0), title: "An ordinary day" },
        {
          at: on(offline.from),
          title: "The attack: the servers go down, and deliveries are held",
          deeds: [{ kind: "hold", target: "store", by: "mika", why: "the servers are being rebuilt" }],
        },
        { at: on(13), title: "Two weeks: everything is acknowledged, and waits" },
        { at: on(24), title: "Three weeks: what the shop cannot see is found" },
        {
          at: on(offline.to),
          title: "The shop is back: what waited is delivered in order, twenty a second",
          deeds: [{ kind: "resume", target: "store", by: "mika", ratePerSecond: 20 }],
        },
        { at: on(35), title: "The shop has read what it missed, and says what it made of it" },
        { at: on(over), title: "What was asked back by payment numbers is given back" },
      ],
      told,
    ),
  };
};
