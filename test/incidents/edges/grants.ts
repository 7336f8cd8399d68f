/** Somebody is entitled and not charged, or charged and not entitled (R-A2, R-A3). */
import { dayMs, hourMs, minuteMs, secondMs } from "../../../core/durations.ts";
import { says, yen } from "../../../simulator/incidents/cast.ts";
import { type Edges, late } from "./stage.ts";

const price = yen(1_480);
const amount = price;
const terms = { plan: "premium", price, interval: "month" } as const;
const grantMs = 24 * hourMs;
const endMs = 48 * hourMs;
const dunningMs = 14 * dayMs;
const twice = yen(2_960);

export const grants: Edges = {
  "R-A2 1: granted and never charged, more with each month": ({ customer, account, line, at, due }) => ({
    told: [account.granted(customer, at, terms), account.revoked(customer, due(2) - minuteMs, "cancelled")],
    awaited: [
      { id: `A2:${line}`, money: [price], from: at + grantMs, to: due(1) },
      { id: `A2:${line}`, money: [twice], from: due(1), to: due(2) - minuteMs },
    ],
  }),
  "R-A2 1: the first charge failed and there was none since": ({ customer, account, line, at, due }) => ({
    told: [
      account.granted(customer, at, terms),
      ...customer.tells("failed", at + minuteMs, { amount }),
      account.revoked(customer, due(1) - minuteMs, "non_payment"),
    ],
    awaited: [{ id: `A2:${line}`, money: [price], from: at + grantMs, to: due(1) - minuteMs }],
  }),
  "R-A2 1, near miss: charged a second before the grace is over": ({ customer, account, at }) => ({
    told: [account.granted(customer, at, terms), ...customer.pays([at + grantMs - secondMs], { amount })],
    awaited: [],
  }),
  "R-A2 1: charged in time and reported three days later": ({ customer, account, line, at }) => ({
    told: [account.granted(customer, at, terms), ...late(customer.pays([at + minuteMs], { amount }), at + 3 * dayMs)],
    awaited: [{ id: `A2:${line}`, money: [price], from: at + grantMs, to: at + 3 * dayMs }],
  }),
  "R-A2 1, near miss: revoked a second before the grace is over": ({ customer, account, at }) => ({
    told: [account.granted(customer, at, terms), account.revoked(customer, at + grantMs - secondMs, "non_payment")],
    awaited: [],
  }),
  "R-A2 1, near miss: the account is closed": ({ customer, account, at }) => ({
    told: [account.granted(customer, at, terms), account.closed(at + grantMs - secondMs)],
    awaited: [],
  }),
  "R-A2 1, near miss: in a free time, and charged when it is over": ({ customer, account, at, due }) => ({
    told: [
      account.granted(customer, at, { ...terms, freeUntil: new Date(due(1)).toISOString() }),
      ...customer.pays([due(1) + minuteMs], { amount }),
    ],
    awaited: [],
  }),
  "R-A2 1: a gift is none, and the grant after it is one": ({ customer, account, line, at }) => ({
    told: [
      account.granted(customer, at, { plan: "premium", basis: "complimentary" }),
      account.granted(customer, at + 9 * dayMs, terms),
      account.revoked(customer, at + 20 * dayMs, "cancelled"),
    ],
    awaited: [{ id: `A2:${line}`, money: [price], from: at + 10 * dayMs, to: at + 20 * dayMs }],
  }),
  "R-APP-5: granted by an order that nothing was ever heard of": ({ customer, account, gateway, at }) => ({
    told: [
      says("entitlement.granted", at, {
        account: account.account,
        source: gateway,
        order: customer.order(),
        customer: customer.customer,
        ...terms,
      }),
      says("entitlement.revoked", at + 5 * dayMs, {
        account: account.account,
        source: gateway,
        order: customer.order(),
        reason: "cancelled",
      }),
    ],
    awaited: [{ id: `A2:${gateway}/${customer.order()}`, money: [price], from: at + grantMs, to: at + 5 * dayMs }],
  }),
  "R-A2 2: ended in the midst of a paid month": ({ customer, account, line, at, due }) => ({
    told: [
      ...customer.pays([at, due(1)], { amount }),
      account.granted(customer, at + minuteMs, terms),
      ...customer.tells("cancelled", due(1) + 9 * dayMs, { amount }),
      account.revoked(customer, due(4) - minuteMs, "cancelled"),
    ],
    awaited: [
      { id: `A2:${line}`, money: [price], from: due(2) + endMs, to: due(3) },
      { id: `A2:${line}`, money: [twice], from: due(3), to: due(4) - minuteMs },
    ],
  }),
  "R-A2 2: ended after the paid month": ({ customer, account, line, at, due }) => ({
    told: [
      ...customer.pays([at], { amount }),
      account.granted(customer, at + minuteMs, terms),
      ...customer.tells("cancelled", due(1) + 3 * dayMs, { amount }),
      account.revoked(customer, due(2) - minuteMs, "cancelled"),
    ],
    awaited: [{ id: `A2:${line}`, money: [price], from: due(1) + 5 * dayMs, to: due(2) - minuteMs }],
  }),
  "R-A2 2, near miss: revoked a second before the grace is over": ({ customer, account, at, due }) => ({
    told: [
      ...customer.pays([at], { amount }),
      account.granted(customer, at + minuteMs, terms),
      ...customer.tells("cancelled", at + 3 * dayMs, { amount }),
      account.revoked(customer, due(1) + endMs - secondMs, "cancelled"),
    ],
    awaited: [],
  }),
  "R-A2 2: a year that was paid, and ended in its second month": ({ customer, account, line, at, due }) => ({
    told: [
      ...customer.pays([at], { amount: yen(14_800) }),
      account.granted(customer, at + minuteMs, { ...terms, price: yen(14_800), interval: "year" }),
      ...customer.tells("cancelled", at + 40 * dayMs, { amount }),
      account.revoked(customer, due(1, "year") + 9 * dayMs, "cancelled"),
    ],
    awaited: [{ id: `A2:${line}`, money: [yen(14_800)], from: due(1, "year") + endMs, to: due(1, "year") + 9 * dayMs }],
  }),
  "R-A2 3: a renewal fails and nothing more is said": ({ customer, account, line, at, due }) => ({
    told: [
      ...customer.pays([at, due(1)], { amount }),
      account.granted(customer, at + minuteMs, terms),
      ...customer.tells("failed", due(2) + minuteMs, { amount, payment: 3 }),
      account.revoked(customer, due(3) - minuteMs, "non_payment"),
    ],
    awaited: [{ id: `A2:${line}`, money: [price], from: due(2) + minuteMs + dunningMs, to: due(3) - minuteMs }],
  }),
  "R-A2 3: failed three times, from the first failure": ({ customer, account, line, at, due }) => ({
    told: [
      ...customer.pays([at], { amount }),
      account.granted(customer, at + minuteMs, terms),
      ...[0, 3, 9].flatMap((day) => customer.tells("failed", due(1) + day * dayMs, { amount, payment: 2 })),
      account.revoked(customer, due(2) - minuteMs, "non_payment"),
    ],
    awaited: [{ id: `A2:${line}`, money: [price], from: due(1) + dunningMs, to: due(2) - minuteMs }],
  }),
  "R-A2 5, near miss: taken a second before the grace is over": ({ customer, account, at, due }) => ({
    told: [
      ...customer.pays([at], { amount }),
      account.granted(customer, at + minuteMs, terms),
      ...customer.tells("failed", due(1), { amount, payment: 2 }),
      ...customer.tells("recovered", due(1) + dunningMs - secondMs, { amount, payment: 2 }),
    ],
    awaited: [],
  }),
  "R-A2 4, near miss: the only payment was given back, out of courtesy": ({ customer, account, at, tellsRefunds }) => ({
    told: [
      ...customer.pays([at], { amount }),
      account.granted(customer, at + minuteMs, terms),
      ...(!tellsRefunds ? [] : customer.tells("refunded", at + 3 * dayMs, { amount })),
    ],
    awaited: [],
  }),
  "R-A3: charged after the entitlement was revoked, at once": ({ customer, account, line, at, due }) => ({
    told: [
      ...customer.pays([at, due(1)], { amount }),
      account.granted(customer, at + minuteMs, terms),
      account.revoked(customer, due(1) - dayMs, "paused"),
    ],
    awaited: [{ id: `A3:${line}`, money: [price], from: due(1) }],
  }),
  "R-A3: charged twice after it was revoked": ({ customer, account, line, at, due }) => ({
    told: [
      ...customer.pays([at, due(1), due(2)], { amount }),
      account.granted(customer, at + minuteMs, terms),
      account.revoked(customer, due(1) - dayMs, "non_payment"),
    ],
    awaited: [
      { id: `A3:${line}`, money: [price], from: due(1), to: due(2) },
      { id: `A3:${line}`, money: [twice], from: due(2) },
    ],
  }),
  "R-A3: a grant within the grace after the charge heals it": ({ customer, account, line, at, due }) => ({
    told: [
      ...customer.pays([at, due(1)], { amount }),
      account.granted(customer, at + minuteMs, terms),
      account.revoked(customer, due(1) - dayMs, "non_payment"),
      account.granted(customer, due(1) + grantMs - secondMs, terms),
    ],
    awaited: [{ id: `A3:${line}`, money: [price], from: due(1), to: due(1) + grantMs - secondMs }],
  }),
  "R-A3: a grant later than that does not": ({ customer, account, line, at, due }) => ({
    told: [
      ...customer.pays([at, due(1)], { amount }),
      account.granted(customer, at + minuteMs, terms),
      account.revoked(customer, due(1) - dayMs, "non_payment"),
      account.granted(customer, due(1) + grantMs + secondMs, terms),
    ],
    awaited: [{ id: `A3:${line}`, money: [price], from: due(1) }],
  }),
  "R-TIME-1, near miss: charged before the revocation and reported after it": ({ customer, account, at, due }) => ({
    told: [
      ...customer.pays([at], { amount }),
      account.granted(customer, at + minuteMs, terms),
      ...customer.tells("renewed", due(1), { amount, payment: 2, sentAt: due(1) + 3 * dayMs }),
      account.revoked(customer, due(1) + secondMs, "paused"),
    ],
    awaited: [],
  }),
  "R-A3: never granted, where the application speaks of that source": ({ customer, account, line, at, due, other, otherAccount }) => {
    const neighbour = other("neighbour");
    return {
      told: [
        ...customer.pays([at, due(1)], { amount }),
        ...neighbour.pays([at], { amount }),
        otherAccount("neighbour").granted(neighbour, at + minuteMs, terms),
        account.granted(customer, due(1) + 2 * dayMs, terms),
      ],
      awaited: [
        { id: `A3:${line}`, money: [price], from: at + grantMs, to: due(1) },
        { id: `A3:${line}`, money: [twice], from: due(1), to: due(1) + 2 * dayMs },
      ],
    };
  },
};

export const unspokenOf: Edges = {
  "R-APP-2, near miss: never granted, where the application never said anything": ({ customer, at, due }) => ({
    told: customer.pays([at, due(1)], { amount }),
    awaited: [],
  }),
};
