/** Two contracts where one was meant (R-A1), and two that are meant. */
import { dayMs, hourMs, minuteMs, secondMs } from "../../../core/durations.ts";
import { yen } from "../../../simulator/incidents/cast.ts";
import type { Edges, Part } from "./stage.ts";

const price = yen(780);
const amount = price;
const terms = { plan: "channel", price, interval: "month" } as const;
const grantMs = 24 * hourMs;

const member = ({ customer, account, at, due }: Part, times = 1) => [
  ...customer.pays(
    Array.from({ length: times }, (_, index) => due(index)),
    { amount },
  ),
  account.granted(customer, at + minuteMs, terms),
];

const second = ({ customer, gateway }: Part): string => `A1:${gateway}/${customer.contract("second")}`;

export const doubles: Edges = {
  "R-A1 1: doubled: the known one is charged afterwards too": (part) => {
    const at = part.at + 9 * dayMs;
    return {
      told: [...member(part, 2), ...part.customer.pays([at], { amount: yen(790), contract: "second" })],
      awaited: [{ id: second(part), money: [yen(790)], from: at + grantMs }],
    };
  },
  "R-A1 1: replaced: the known one is ended": (part) => {
    const at = part.at + 9 * dayMs;
    return {
      told: [
        ...member(part),
        ...part.customer.pays([at], { amount, contract: "second" }),
        ...part.customer.tells("cancelled", at + minuteMs, { amount }),
        part.account.revoked(part.customer, part.due(1), "cancelled"),
      ],
      awaited: [{ id: second(part), money: [price], from: at + grantMs }],
    };
  },
  "R-A1 1, near miss: the second is granted a second before the grace is over, for another plan": (part) => {
    const at = part.at + 9 * dayMs;
    return {
      told: [
        ...member(part),
        ...part.customer.pays([at], { amount, contract: "second" }),
        part.account.granted(part.customer, at + grantMs - secondMs, { ...terms, plan: "sports" }, "second"),
      ],
      awaited: [],
    };
  },
  "R-A1 2: granted twice for one plan, and both charged": (part) => {
    const at = part.at + 9 * dayMs;
    return {
      told: [
        ...member(part),
        ...part.customer.pays([at], { amount: yen(770), contract: "second" }),
        part.account.granted(part.customer, at + minuteMs, { ...terms, price: yen(770) }, "second"),
        ...part.customer.tells("cancelled", at + 2 * dayMs, { amount, contract: "second" }),
        part.account.revoked(part.customer, at + 2 * dayMs, "cancelled", "second"),
        ...(!part.tellsRefunds ? [] : part.customer.tells("refunded", at + 3 * dayMs, { amount: yen(770), contract: "second" })),
      ],
      awaited: [{ id: second(part), money: [yen(770)], from: at + minuteMs, ...(part.tellsRefunds && { to: at + 3 * dayMs }) }],
    };
  },
  "R-A1 2, near miss: the old one ended on both sides before": (part) => ({
    told: [
      ...member(part),
      ...part.customer.tells("cancelled", part.at + 5 * dayMs, { amount }),
      part.account.revoked(part.customer, part.at + 5 * dayMs, "cancelled"),
      ...part.customer.pays([part.at + 9 * dayMs], { amount, contract: "second" }),
      part.account.granted(part.customer, part.at + 9 * dayMs + minuteMs, terms, "second"),
    ],
    awaited: [],
  }),
  "R-A1 2, near miss: a change of plan, whose old contract ends at once": (part) => {
    const at = part.at + 9 * dayMs;
    return {
      told: [
        ...member(part),
        part.account.revoked(part.customer, at, "plan_change"),
        ...part.customer.tells("cancelled", at + hourMs, { amount }),
        ...part.customer.pays([at + minuteMs], { amount: yen(1_580), contract: "second" }),
        part.account.granted(part.customer, at + minuteMs, { ...terms, plan: "channel plus", price: yen(1_580) }, "second"),
      ],
      awaited: [],
    };
  },
  "R-A1 2, near miss: two accounts of a family, each with its own contract for one plan": (part) => {
    const sister = part.other("sister");
    return {
      told: [
        ...member(part),
        ...sister.pays([part.at + dayMs], { amount }),
        part.otherAccount("sister").granted(sister, part.at + dayMs + minuteMs, terms),
      ],
      awaited: [],
    };
  },
  "R-A1 2: at two gateways": (part) => {
    const elsewhere = part.other("elsewhere", "stripe");
    const at = part.at + 9 * dayMs;
    return {
      told: [...member(part), ...elsewhere.pays([at], { amount }), part.account.granted(elsewhere, at + minuteMs, terms)],
      awaited: [{ id: `A1:stripe/${elsewhere.contract()}`, money: [price], from: at + minuteMs }],
    };
  },
};
