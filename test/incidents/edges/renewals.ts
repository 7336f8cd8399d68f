/** Renewals that do not come, come late, come at another price, at the ends of months (R-SILENT, R-AMOUNT, R-TIME-3). */
import { dayMs, hourMs, minuteMs, secondMs } from "../../../core/durations.ts";
import { yen } from "../../../simulator/incidents/cast.ts";
import type { Edges, Part } from "./stage.ts";

const price = yen(980);
const amount = price;
const terms = { plan: "monthly", price, interval: "month" } as const;
const renewalMs = 5 * dayMs;

const member = ({ customer, account, at, due }: Part, times = 1) => [
  ...customer.pays(
    Array.from({ length: times }, (_, index) => due(index)),
    { amount },
  ),
  account.granted(customer, at + minuteMs, terms),
];

export const renewals: Edges = {
  "R-SILENT: nothing is said of a renewal, until a later one comes": (part) => ({
    told: [...member(part, 2), ...part.customer.tells("renewed", part.due(3), { amount, payment: 3 })],
    awaited: [{ id: `SILENT:${part.line}`, from: part.due(2) + renewalMs, to: part.due(3) }],
  }),
  "R-SILENT, near miss: charged a second before the grace is over": (part) => ({
    told: [...member(part, 2), ...part.customer.tells("renewed", part.due(2) + renewalMs - secondMs, { amount, payment: 3 })],
    awaited: [],
  }),
  "R-SILENT, near miss: paused": (part) => ({
    told: [...member(part, 2), part.account.revoked(part.customer, part.due(2) - dayMs, "paused")],
    awaited: [],
  }),
  "R-SILENT, near miss: cancelled at the gateway": (part) => ({
    told: [
      ...member(part, 2),
      ...part.customer.tells("cancelled", part.due(2) - dayMs, { amount }),
      part.account.revoked(part.customer, part.due(2), "cancelled"),
    ],
    awaited: [],
  }),
  "R-SILENT, near miss: the renewal failed, and is taken on the tenth day": (part) => ({
    told: [
      ...member(part, 2),
      ...part.customer.tells("failed", part.due(2), { amount, payment: 3 }),
      ...part.customer.tells("recovered", part.due(2) + 10 * dayMs, { amount, payment: 3 }),
    ],
    awaited: [],
  }),
  "R-SILENT: yearly": (part) => ({
    told: [
      ...part.customer.pays([part.at], { amount: yen(9_800) }),
      part.account.granted(part.customer, part.at + minuteMs, { ...terms, price: yen(9_800), interval: "year" }),
      ...part.customer.tells("cancelled", part.due(1, "year") + 6 * dayMs, { amount }),
      part.account.revoked(part.customer, part.due(1, "year") + 6 * dayMs, "cancelled"),
    ],
    awaited: [{ id: `SILENT:${part.line}`, from: part.due(1, "year") + renewalMs, to: part.due(1, "year") + 6 * dayMs }],
  }),
  "R-SILENT: nothing is said when a free time is over": (part) => ({
    told: [
      ...part.customer.tells("started", part.at, { amount }),
      ...(part.gateway === "sbps" || part.gateway === "gmo-pg" ? part.customer.pays([part.at], { amount: yen(0) }) : []),
      part.account.granted(part.customer, part.at + minuteMs, { ...terms, freeUntil: new Date(part.due(1)).toISOString() }),
      part.account.revoked(part.customer, part.due(1) + 12 * hourMs, "non_payment"),
    ],
    awaited: [],
  }),
  "R-TIME-3, near miss: six months, each on its day": (part) => ({ told: member(part, 7), awaited: [] }),
  "R-AMOUNT: one renewal is dearer, and what is too much is given back": (part) => {
    const back =
      part.gateway === "sbps"
        ? []
        : part.customer.tells("refunded", part.due(2) + dayMs, { amount: yen(1_180), payment: 3, refunded: yen(200) });
    return {
      told: [...member(part, 2), ...part.customer.tells("renewed", part.due(2), { amount: yen(1_180), payment: 3 }), ...back],
      awaited: [{ id: `AMOUNT:${part.line}`, money: [yen(200)], from: part.due(2), ...(back.length > 0 && { to: part.due(2) + dayMs }) }],
    };
  },
  "R-AMOUNT: one renewal is cheaper": (part) => ({
    told: [...member(part, 2), ...part.customer.tells("renewed", part.due(2), { amount: yen(880), payment: 3 })],
    awaited: [{ id: `AMOUNT:${part.line}`, from: part.due(2) }],
  }),
  "R-APP-6, near miss: the price rises a second before the renewal": (part) => ({
    told: [
      ...member(part, 2),
      part.account.granted(part.customer, part.due(2) - secondMs, { ...terms, price: yen(1_180) }),
      ...part.customer.tells("renewed", part.due(2), { amount: yen(1_180), payment: 3 }),
    ],
    awaited: [],
  }),
  "R-APP-6, near miss: the application says within a day after the renewal what it costs now": (part) => ({
    told: [
      ...member(part, 2),
      part.account.granted(part.customer, part.due(2) + minuteMs, { ...terms, price: yen(1_180) }),
      ...part.customer.tells("renewed", part.due(2), { amount: yen(1_180), payment: 3, sentAt: part.due(2) + hourMs }),
    ],
    awaited: [],
  }),
  "R-AMOUNT, near miss: given back in part": (part) => ({
    told: [
      ...member(part, 3),
      ...(!part.tellsRefunds ? [] : part.customer.tells("refunded", part.due(2) + dayMs, { amount, payment: 3, refunded: yen(500) })),
    ],
    awaited: [],
  }),
};
