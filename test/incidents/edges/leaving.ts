/** Somebody leaves: the gateway confirms it, or goes on; accounts are closed and reopened (R-CONFIRM, R-AFTER, R-CLOSE, R-SIBLING). */
import { dayMs, hourMs, minuteMs, secondMs } from "../../../core/durations.ts";
import { yen } from "../../../simulator/incidents/cast.ts";
import type { Edges, Part } from "./stage.ts";

const price = yen(2_310);
const amount = price;
const twice = yen(4_620);
const terms = { plan: "box", price, interval: "month" } as const;
const confirmMs = 48 * hourMs;
const closureMs = 48 * hourMs;
const siblingMs = 14 * dayMs;

/** Granted, and paid so many times. */
const member = ({ customer, account, at, due }: Part, times = 1) => [
  ...customer.pays(
    Array.from({ length: times }, (_, index) => due(index)),
    { amount },
  ),
  account.granted(customer, at + minuteMs, terms),
];

export const leaving: Edges = {
  "R-CONFIRM 1: requested, and confirmed late": (part) => {
    const at = part.at + 5 * dayMs;
    return {
      told: [...member(part), part.account.requested(part.customer, at), ...part.customer.tells("cancelled", at + 3 * dayMs, { amount })],
      awaited: [
        { id: `CONFIRM:${part.line}`, from: at + confirmMs, to: at + 3 * dayMs },
        // Entitled beyond what was paid for, as nobody has revoked it.
        { id: `A2:${part.line}`, money: [price], from: part.due(1) + 2 * dayMs },
      ],
    };
  },
  "R-CONFIRM 1, near miss: confirmed a second before the grace is over": (part) => {
    const at = part.at + 5 * dayMs;
    return {
      told: [
        ...member(part),
        part.account.requested(part.customer, at),
        ...part.customer.tells("cancelled", at + confirmMs - secondMs, { amount }),
        part.account.revoked(part.customer, part.due(1), "cancelled"),
      ],
      awaited: [],
    };
  },
  "R-CONFIRM 1: from the first word of it": (part) => {
    const at = part.at + 5 * dayMs;
    return {
      told: [
        ...member(part),
        part.account.requested(part.customer, at),
        part.account.revoked(part.customer, at + dayMs, "cancelled"),
        ...part.customer.tells("cancelled", at + 4 * dayMs, { amount }),
      ],
      awaited: [{ id: `CONFIRM:${part.line}`, from: at + confirmMs, to: at + 4 * dayMs }],
    };
  },
  "R-CONFIRM 1: revoked for a change of plan": (part) => {
    const at = part.at + 5 * dayMs;
    return {
      told: [
        ...member(part),
        part.account.revoked(part.customer, at, "plan_change"),
        ...part.customer.tells("cancelled", at + 4 * dayMs, { amount }),
      ],
      awaited: [{ id: `CONFIRM:${part.line}`, from: at + confirmMs, to: at + 4 * dayMs }],
    };
  },
  "R-CONFIRM 1, near miss: revoked because nobody paid": (part) => ({
    told: [...member(part), part.account.revoked(part.customer, part.at + 5 * dayMs, "non_payment")],
    awaited: [],
  }),
  "R-CONFIRM 1, near miss: granted again a second before the grace is over": (part) => {
    const at = part.at + 5 * dayMs;
    return {
      told: [
        ...member(part),
        part.account.requested(part.customer, at),
        part.account.granted(part.customer, at + confirmMs - secondMs, terms),
      ],
      awaited: [],
    };
  },
  "R-CONFIRM 2, near miss: the end was before the request": (part) => ({
    told: [
      ...member(part),
      ...part.customer.tells("cancelled", part.at + 5 * dayMs, { amount }),
      part.account.requested(part.customer, part.at + 5 * dayMs + minuteMs),
      part.account.revoked(part.customer, part.due(1), "cancelled"),
    ],
    awaited: [],
  }),
  "R-CONFIRM 3: everything given back confirms nothing": (part) => {
    const at = part.at + 5 * dayMs;
    const refunded = !part.tellsRefunds ? [] : part.customer.tells("refunded", at + hourMs, { amount });
    return {
      told: [
        ...member(part),
        part.account.revoked(part.customer, at, "cancelled"),
        ...refunded,
        ...part.customer.tells("cancelled", at + 9 * dayMs, { amount }),
      ],
      awaited: [{ id: `CONFIRM:${part.line}`, from: at + confirmMs, to: at + 9 * dayMs }],
    };
  },
  "R-CONFIRM 5, near miss: the gateway never said anything of it": (part) => ({
    told: [
      part.account.granted(part.customer, part.at, terms),
      part.account.requested(part.customer, part.at + hourMs),
      part.account.revoked(part.customer, part.at + 2 * hourMs, "cancelled"),
    ],
    awaited: [],
  }),
  "R-CONFIRM 6: of a closed account it is a contract that outlives it": (part) => {
    const at = part.at + 5 * dayMs;
    return {
      told: [
        ...member(part),
        part.account.requested(part.customer, at),
        part.account.closed(at + hourMs),
        ...part.customer.tells("cancelled", at + 4 * dayMs, { amount }),
      ],
      awaited: [{ id: `CLOSE.outlives:account:${part.account.account}`, from: at + hourMs + closureMs, to: at + 4 * dayMs }],
    };
  },
  "R-AFTER: charged after the gateway's own end, at once, and given back in two parts": (part) => {
    const { customer, account, due, line, tellsRefunds } = part;
    const ended = due(1) - dayMs;
    const late = due(2) + 5 * hourMs;
    const back = tellsRefunds;
    return {
      told: [
        ...member(part),
        account.requested(customer, ended - minuteMs),
        ...customer.tells("cancelled", ended, { amount }),
        account.revoked(customer, due(1) + minuteMs, "cancelled"),
        ...customer.tells("renewed", due(2), { amount, payment: 2 }),
        ...(back
          ? [
              ...customer.tells("refunded", late, { amount, payment: 2, refunded: yen(310) }),
              ...customer.tells("refunded", late + hourMs, { amount, payment: 2, refunded: yen(2_000), refundedBefore: yen(310) }),
            ]
          : []),
      ],
      awaited: back
        ? [
            { id: `AFTER:${line}`, money: [price], from: due(2), to: late },
            { id: `AFTER:${line}`, money: [yen(2_000)], from: late, to: late + hourMs },
          ]
        : [{ id: `AFTER:${line}`, money: [price], from: due(2) }],
    };
  },
  "R-TIME-1, near miss: charged a second before the end, and reported five days after it": (part) => ({
    told: [
      ...member(part),
      ...part.customer.tells("renewed", part.due(1), { amount, payment: 2, sentAt: part.due(1) + 5 * dayMs }),
      part.account.requested(part.customer, part.due(1)),
      ...part.customer.tells("cancelled", part.due(1) + secondMs, { amount }),
      part.account.revoked(part.customer, part.due(1) + 2 * secondMs, "cancelled"),
    ],
    awaited: [],
  }),
  "R-CLOSE 1: charged after the closing, twice, and given back": (part) => {
    const { customer, account, due } = part;
    const closed = due(1) - 5 * dayMs;
    const ended = due(2) + hourMs;
    const isSilentOnRefunds = !part.tellsRefunds;
    return {
      told: [
        ...member(part, 3),
        account.closed(closed),
        ...customer.tells("cancelled", ended, { amount }),
        ...(isSilentOnRefunds ? [] : customer.tells("refunded", ended + hourMs, { amount, payment: 2 })),
        ...(isSilentOnRefunds ? [] : customer.tells("refunded", ended + 2 * hourMs, { amount, payment: 3 })),
      ],
      awaited: [
        { id: `CLOSE.outlives:account:${account.account}`, from: closed + closureMs, to: ended },
        { id: `CLOSE.charged:account:${account.account}`, money: [price], from: due(1), to: due(2) },
        {
          id: `CLOSE.charged:account:${account.account}`,
          money: [twice],
          from: due(2),
          ...(isSilentOnRefunds ? {} : { to: ended + hourMs }),
        },
        ...(isSilentOnRefunds
          ? []
          : [{ id: `CLOSE.charged:account:${account.account}`, money: [price], from: ended + hourMs, to: ended + 2 * hourMs }]),
      ],
    };
  },
  "R-CLOSE 2, near miss: ended a second before the grace is over": (part) => ({
    told: [
      ...member(part),
      part.account.closed(part.at + 5 * dayMs),
      ...part.customer.tells("cancelled", part.at + 5 * dayMs + closureMs - secondMs, { amount }),
    ],
    awaited: [],
  }),
  "R-CLOSE 3: reopening ends the second, never the first": (part) => {
    const closed = part.due(1) - 3 * dayMs;
    const reopened = part.due(1) + dayMs;
    return {
      told: [...member(part, 2), part.account.closed(closed), part.account.reopened(reopened)],
      awaited: [
        { id: `CLOSE.outlives:account:${part.account.account}`, from: closed + closureMs, to: reopened },
        { id: `CLOSE.charged:account:${part.account.account}`, money: [price], from: part.due(1) },
      ],
    };
  },
  "R-CLOSE 1, near miss: reopened a second before the charge": (part) => ({
    told: [...member(part, 2), part.account.closed(part.due(1) - hourMs), part.account.reopened(part.due(1) - secondMs)],
    awaited: [],
  }),
  "R-CLOSE 2: closed twice, from the last closing": (part) => {
    const closed = part.at + 5 * dayMs;
    return {
      told: [
        ...member(part),
        part.account.closed(closed),
        part.account.reopened(closed + dayMs),
        part.account.closed(closed + 2 * dayMs),
        ...part.customer.tells("cancelled", closed + 9 * dayMs, { amount }),
      ],
      awaited: [{ id: `CLOSE.outlives:account:${part.account.account}`, from: closed + 2 * dayMs + closureMs, to: closed + 9 * dayMs }],
    };
  },
  "R-CLOSE 2, near miss: its contract was granted, and the gateway never said anything of it": (part) => ({
    told: [part.account.granted(part.customer, part.at, terms), part.account.closed(part.at + hourMs)],
    awaited: [],
  }),
  "R-SIBLING 1: one ends, the other renews": (part) => {
    const { account, customer, other, otherAccount, due, at } = part;
    const sibling = other("hosting", "stripe");
    const ended = at + 5 * dayMs;
    const renewed = ended + siblingMs - dayMs;
    const second = otherAccount("second");
    return {
      told: [
        ...member(part),
        ...sibling.tells("started", renewed - 30 * dayMs, { amount }),
        ...sibling.tells("paid", renewed - 30 * dayMs, { amount }),
        second.granted(sibling, renewed - 30 * dayMs + minuteMs, terms),
        account.linked(customer, sibling, at + dayMs),
        ...customer.tells("cancelled", ended, { amount }),
        account.revoked(customer, due(1), "cancelled"),
        ...sibling.tells("renewed", renewed, { amount, payment: 2 }),
        ...sibling.tells("cancelled", ended + siblingMs + dayMs, { amount }),
        second.revoked(sibling, ended + siblingMs + 2 * dayMs, "cancelled"),
      ],
      awaited: [{ id: `SIBLING:stripe/${sibling.contract()}`, money: [price], from: ended + siblingMs, to: ended + siblingMs + dayMs }],
    };
  },
  "R-SIBLING 1: 14 days from the link where that is later": (part) => {
    const sibling = part.other("hosting", "payjp");
    const linked = part.at + 9 * dayMs;
    return {
      told: [
        ...member(part),
        ...sibling.pays([part.at - 2 * dayMs], { amount: yen(100) }),
        part.otherAccount("second").granted(sibling, part.at - 2 * dayMs, { ...terms, price: yen(100), interval: "year" }),
        ...part.customer.tells("cancelled", part.at + 2 * dayMs, { amount }),
        part.account.revoked(part.customer, part.at + 2 * dayMs + minuteMs, "cancelled"),
        part.account.linked(sibling, part.customer, linked),
        ...sibling.tells("cancelled", linked + siblingMs + dayMs, { amount }),
      ],
      awaited: [{ id: `SIBLING:payjp/${sibling.contract()}`, from: linked + siblingMs, to: linked + siblingMs + dayMs }],
    };
  },
  "R-SIBLING 3, near miss: nobody linked them": (part) => ({
    told: [
      ...member(part),
      ...part.customer.pays([part.at], { amount: yen(100), contract: "hosting" }),
      part.account.granted(part.customer, part.at + minuteMs, { plan: "hosting", price: yen(100), interval: "year" }, "hosting"),
      ...part.customer.tells("cancelled", part.at + 2 * dayMs, { amount }),
      part.account.revoked(part.customer, part.at + 3 * dayMs, "cancelled"),
    ],
    awaited: [],
  }),
};
