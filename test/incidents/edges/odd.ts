/** What seldom happens: several currencies, siblings in a chain, types that nobody knows, histories that are told years late, and zero yen. */
import { dayMs, hourMs, minuteMs, secondMs } from "../../../core/durations.ts";
import { yen } from "../../../simulator/incidents/cast.ts";
import type { Told } from "../../../simulator/incidents/incident.ts";
import { type Edges, late, type Part } from "./stage.ts";

const price = yen(1_650);
const amount = price;
const terms = { plan: "set", price, interval: "month" } as const;
const dollars = { minor: 1_250, currency: "USD" };
const siblingMs = 14 * dayMs;

const member = ({ customer, account, at, due }: Part, times = 1) => [
  ...customer.pays(
    Array.from({ length: times }, (_, index) => due(index)),
    { amount },
  ),
  account.granted(customer, at + minuteMs, terms),
];

const years = (told: readonly Told[], installed: number): readonly Told[] =>
  told.map((one) => ((one.sentAt ?? one.at) < installed ? { ...one, sentAt: installed } : one));

export const odd: Edges = {
  "R-CLOSE 1: in two currencies, each by itself": (part) => {
    const { customer, account, due } = part;
    const closed = due(1) - dayMs;
    return {
      told: [
        ...member(part, 2),
        ...customer.pays([part.at], { amount: dollars, contract: "abroad" }),
        ...customer.tells("renewed", due(1) + hourMs, { amount: dollars, contract: "abroad", payment: 2 }),
        account.granted(customer, part.at + minuteMs, { plan: "abroad", price: dollars, interval: "month" }, "abroad"),
        account.closed(closed),
        ...customer.tells("cancelled", due(1) + 2 * hourMs, { amount }),
        ...customer.tells("cancelled", due(1) + 2 * hourMs, { amount: dollars, contract: "abroad" }),
      ],
      awaited: [
        { id: `CLOSE.charged:account:${account.account}`, money: [price], from: due(1), to: due(1) + hourMs },
        { id: `CLOSE.charged:account:${account.account}`, money: [price, dollars], from: due(1) + hourMs },
      ],
    };
  },
  "R-CLOSE 1: a dispute that is lost has gone back": (part) => {
    const { customer, account, due } = part;
    const isDisputed = part.gateway === "stripe" || part.gateway === "square";
    const dispute = (kind: "disputed" | "dispute lost", at: number) =>
      isDisputed ? customer.tells(kind, at, { amount, payment: 2, part: "dispute" }) : [];
    const closed = due(1) - hourMs;
    return {
      told: [
        ...member(part, 2),
        account.closed(closed),
        ...customer.tells("cancelled", due(1) + hourMs, { amount }),
        ...dispute("disputed", due(1) + 5 * dayMs),
        ...dispute("dispute lost", due(1) + 9 * dayMs),
      ],
      awaited: [
        {
          id: `CLOSE.charged:account:${account.account}`,
          money: [price],
          from: due(1),
          ...(isDisputed && { to: due(1) + 9 * dayMs }),
        },
        ...(isDisputed ? [{ id: `DISPUTE:${part.line}`, money: [price], from: due(1) + 5 * dayMs, to: due(1) + 9 * dayMs }] : []),
      ],
    };
  },
  "R-SIBLING 4: of three in a chain the one beside the ended one": (part) => {
    const [second, third] = [part.other("second"), part.other("third")];
    const ended = part.at + 5 * dayMs;
    const [two, three] = [part.otherAccount("second"), part.otherAccount("third")];
    const yearly = { ...terms, interval: "year" } as const;
    return {
      told: [
        ...member(part),
        ...second.pays([part.at], { amount }),
        two.granted(second, part.at + minuteMs, yearly),
        ...third.pays([part.at], { amount }),
        three.granted(third, part.at + minuteMs, yearly),
        part.account.linked(part.customer, second, part.at + hourMs),
        part.account.linked(second, third, part.at + hourMs),
        ...part.customer.tells("cancelled", ended, { amount }),
        part.account.revoked(part.customer, ended, "cancelled"),
      ],
      awaited: [{ id: `SIBLING:${part.gateway}/${second.contract()}`, from: ended + siblingMs }],
    };
  },
  "R-TIME-1, near miss: two years are told at installation, and nothing was wrong": (part) => {
    const installed = part.due(24) + 2 * dayMs;
    return { told: years(member(part, 25), installed), awaited: [] };
  },
  "R-TIME-1: two years are told at installation, and charged since it was closed in the first": (part) => {
    const installed = part.due(24) + 2 * dayMs;
    const { account } = part;
    const id = account.account;
    return {
      told: years([...member(part, 25), account.closed(part.due(20) + dayMs)], installed),
      awaited: [
        { id: `CLOSE.charged:account:${id}`, money: [yen(4 * 1_650)], from: installed },
        { id: `CLOSE.outlives:account:${id}`, from: installed },
      ],
    };
  },
  "R-APP-1: a member who left years ago is told at installation, ended on both sides": (part) => {
    const installed = part.due(24);
    return {
      told: years(
        [
          ...member(part, 3),
          part.account.requested(part.customer, part.due(2) + dayMs),
          ...part.customer.tells("cancelled", part.due(2) + 2 * dayMs, { amount }),
          part.account.revoked(part.customer, part.due(3), "cancelled"),
        ],
        installed,
      ),
      awaited: [],
    };
  },
  "R-CHECK 1, near miss: a first month for nothing is no charge and no check that stays open": (part) => ({
    told: [
      ...part.customer.pays([part.at], { amount: yen(0) }),
      part.account.granted(part.customer, part.at + minuteMs, { ...terms, freeUntil: new Date(part.due(1)).toISOString() }),
      ...part.customer.tells("renewed", part.due(1), { amount, payment: 2 }),
    ],
    awaited: [],
  }),
  "R-TIME-1: everything of a life arrives a day late, and only then it is found": (part) => {
    const at = part.at + 5 * dayMs;
    return {
      told: late([...member(part), part.account.requested(part.customer, part.at + hourMs)], at),
      awaited: [{ id: `CONFIRM:${part.line}`, from: at }],
    };
  },
  "R-APP-1: a clock that is an hour ahead changes nothing": (part) => ({
    told: [
      ...late(part.customer.pays([part.at + hourMs], { amount }), part.at),
      { ...part.account.granted(part.customer, part.at + hourMs + minuteMs, terms), sentAt: part.at + secondMs },
    ],
    awaited: [],
  }),
};

/** At gateways that start a contract again under its id. */
export const restarts: Edges = {
  "R-STATE-1 and R-CONFIRM 1, near miss: ended, started again, granted a minute later and charged": (part) => ({
    told: [
      ...member(part),
      part.account.requested(part.customer, part.at + 3 * dayMs),
      ...part.customer.tells("cancelled", part.at + 3 * dayMs + minuteMs, { amount }),
      ...part.customer.tells("started", part.at + 9 * dayMs, { amount }),
      part.account.granted(part.customer, part.at + 9 * dayMs + minuteMs, terms),
      ...part.customer.tells("renewed", part.due(1), { amount, payment: 2 }),
    ],
    awaited: [],
  }),
};
