/** Checks of cards, refunds and disputes (R-CHECK, R-REFUND, R-DISPUTE). */
import { dayMs, hourMs, minuteMs, secondMs } from "../../../core/durations.ts";
import { yen } from "../../../simulator/incidents/cast.ts";
import type { Edges, Part } from "./stage.ts";

const price = yen(3_300);
const amount = price;
const terms = { plan: "course", price, interval: "month" } as const;
const one = { amount: yen(1), contract: "none" } as const;
const voidMs = 72 * hourMs;
const refundMs = 7 * dayMs;

const member = ({ customer, account, at }: Part) => [...customer.pays([at], { amount }), account.granted(customer, at + minuteMs, terms)];

const payment = ({ customer, gateway }: Part): string => `CHECK:${gateway}/${customer.charge(1, "none")}`;

export const checks: Edges = {
  "R-CHECK 3: one yen, undone after the fourth day": (part) => ({
    told: [...part.customer.tells("paid", part.at, one), ...part.customer.tells("voided", part.at + 4 * dayMs, one)],
    awaited: [{ id: payment(part), money: [yen(1)], from: part.at + voidMs, to: part.at + 4 * dayMs }],
  }),
  "R-CHECK 3, near miss: undone a second before the grace is over": (part) => ({
    told: [...part.customer.tells("paid", part.at, one), ...part.customer.tells("voided", part.at + voidMs - secondMs, one)],
    awaited: [],
  }),
  "R-CHECK 2, near miss: its undoing is reported first, and its sale a week later": (part) => ({
    told: [
      ...part.customer.tells("voided", part.at + secondMs, one),
      ...part.customer.tells("paid", part.at, { ...one, sentAt: part.at + 7 * dayMs }),
    ],
    awaited: [],
  }),
  "R-CHECK 2, near miss: given back instead of voided, in the same second": (part) => ({
    told: [...part.customer.tells("paid", part.at, one), ...part.customer.tells("refunded", part.at, one)],
    awaited: [],
  }),
  "R-CHECK 1: authorised for one yen and left": (part) => ({
    told: [...part.customer.tells("authorized", part.at, one), ...part.customer.tells("voided", part.at + 5 * dayMs, one)],
    awaited: [{ id: payment(part), money: [yen(1)], from: part.at + voidMs, to: part.at + 5 * dayMs }],
  }),
  "R-CHECK 4, near miss: one yen of a contract is a charge": (part) => ({
    told: [
      ...part.customer.pays([part.at], { amount: yen(1) }),
      part.account.granted(part.customer, part.at + minuteMs, { ...terms, price: yen(1) }),
    ],
    awaited: [],
  }),
  "R-CHECK 5, near miss: two yen": (part) => ({ told: part.customer.tells("paid", part.at, { ...one, amount: yen(2) }), awaited: [] }),
  "R-CHECK 6: eleven checks in just under thirty days": (part) => {
    const last = part.at + 30 * dayMs - secondMs;
    const times = [...Array.from({ length: 10 }, (_, index) => part.at + index * dayMs), last];
    return {
      told: times.flatMap((at, index) => [
        ...part.customer.tells("paid", at, { ...one, payment: index + 1 }),
        ...part.customer.tells("voided", at + secondMs, { ...one, payment: index + 1 }),
      ]),
      awaited: [{ id: `CHECK.often:${part.gateway}/${part.customer.customer}`, from: last }],
    };
  },
  "R-CHECK 6, near miss: eleven checks in thirty days and a second": (part) => {
    const times = [...Array.from({ length: 10 }, (_, index) => part.at + index * dayMs), part.at + 30 * dayMs + secondMs];
    return {
      told: times.flatMap((at, index) => [
        ...part.customer.tells("paid", at, { ...one, payment: index + 1 }),
        ...part.customer.tells("voided", at + secondMs, { ...one, payment: index + 1 }),
      ]),
      awaited: [],
    };
  },
};

export const refunds: Edges = {
  "R-REFUND 1: nothing comes back, then part, then the rest": (part) => {
    const at = part.at + dayMs;
    const asked = part.account.refundRequested(part.customer, at, { amount });
    return {
      told: [
        ...member(part),
        asked,
        ...part.customer.tells("refunded", at + 8 * dayMs, { amount, refunded: yen(1_300) }),
        ...part.customer.tells("refunded", at + 9 * dayMs, { amount, refunded: yen(2_000), refundedBefore: yen(1_300) }),
      ],
      awaited: [
        { id: `REFUND:${part.line}`, money: [price], from: at + refundMs, to: at + 8 * dayMs },
        { id: `REFUND:${part.line}`, money: [yen(2_000)], from: at + 8 * dayMs, to: at + 9 * dayMs },
      ],
    };
  },
  "R-REFUND 1, near miss: seen before it was asked for": (part) => ({
    told: [
      ...member(part),
      ...part.customer.tells("refunded", part.at + dayMs, { amount }),
      part.account.refundRequested(part.customer, part.at + 2 * dayMs, { amount }),
    ],
    awaited: [],
  }),
  "R-REFUND 1, near miss: the part that was asked for came back a second before the grace is over": (part) => ({
    told: [
      ...member(part),
      part.account.refundRequested(part.customer, part.at + dayMs, { amount: yen(300) }),
      ...part.customer.tells("refunded", part.at + dayMs + refundMs - secondMs, { amount, refunded: yen(300) }),
    ],
    awaited: [],
  }),
  "R-REFUND 1, near miss: given back before the charge was reported": (part) => ({
    told: [
      ...part.customer.tells("refunded", part.at + hourMs, { amount }),
      ...part.customer.tells("started", part.at, { amount, sentAt: part.at + 2 * hourMs }),
      ...part.customer.tells("paid", part.at, { amount, sentAt: part.at + 2 * hourMs }),
      { ...part.account.granted(part.customer, part.at + minuteMs, terms), sentAt: part.at + 2 * hourMs },
      part.account.refundRequested(part.customer, part.at + 30 * minuteMs, { amount, sentAt: part.at + 3 * hourMs }),
    ],
    awaited: [],
  }),
};

export const refundsUnseen: Edges = {
  "R-REFUND 3: where refunds are never reported it is said at once": (part) => ({
    told: [...member(part), part.account.refundRequested(part.customer, part.at + dayMs, { amount })],
    awaited: [{ id: `REFUND:${part.line}`, money: [price], from: part.at + dayMs }],
  }),
};

export const disputes: Edges = {
  "R-DISPUTE: open until it is won": (part) => ({
    told: [
      ...member(part),
      ...part.customer.tells("disputed", part.at + 9 * dayMs, { amount, part: "dispute" }),
      ...part.customer.tells("dispute won", part.at + 12 * dayMs, { amount, part: "dispute" }),
    ],
    awaited: [{ id: `DISPUTE:${part.line}`, money: [price], from: part.at + 9 * dayMs, to: part.at + 12 * dayMs }],
  }),
};
