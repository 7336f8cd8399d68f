/** A subscription service that checks stored cards by a sale of one yen and its void, on the day on which the two begin to travel apart. */
import type { Millis } from "../../core/callback.ts";
import { dayMs, hourMs, minuteMs, secondMs } from "../../core/durations.ts";
import { accountOf } from "./account.ts";
import { type Customer, customerOf, duesOf, type MomentOrder, yen } from "./cast.ts";
import { shopId } from "./config.ts";
import { type Incident, type Life, nameOf, peopleIn, scenesOf, type Told } from "./incident.ts";

const source = "cards";
const voidMs = 72 * hourMs;

interface Viewer {
  readonly customer: Customer;
  readonly on: (day: number, hour?: number) => Millis;
  /** A single payment of so many yen: a card check where that is one. */
  readonly single: (
    kind: "paid" | "authorized" | "voided" | "refunded" | "failed",
    at: Millis,
    about?: Partial<MomentOrder>,
  ) => readonly Told[];
  /** For one yen, and its void two seconds later. */
  readonly checked: (at: Millis, payment?: number) => readonly Told[];
}

const one = yen(1);
const clean = (told: readonly Told[]): Life => ({ told, awaited: [] });

/** What becomes of a card that is checked, one viewer each. */
const lives: Readonly<Record<string, (viewer: Viewer) => Life>> = {
  "sale and void": ({ checked, on }) => clean([...checked(on(0, 1)), ...checked(on(3), 2)]),

  "the void first": ({ single, on }) =>
    clean([...single("voided", on(2, 1) + 2 * secondMs, { sentAt: on(2, 1) }), ...single("paid", on(2, 1), { sentAt: on(2, 2) })]),

  "both in one second": ({ single, on }) => clean([...single("voided", on(2, 4)), ...single("paid", on(2, 4))]),

  "given back instead of voided": ({ single, on }) => clean([...single("paid", on(2, 5)), ...single("refunded", on(2, 6))]),

  "authorised and voided": ({ single, on, customer }) =>
    clean([
      ...customer.tells("card checked", on(1), { amount: one, contract: "none", payment: 9 }),
      ...single("authorized", on(1, 1)),
      ...single("voided", on(1, 2)),
    ]),

  declined: ({ single, on }) => clean(single("failed", on(2, 7))),

  "voided after 71 hours": ({ single, on }) => clean([...single("paid", on(3)), ...single("voided", on(3, 71))]),

  "two yen, which is no check": ({ single, on }) => clean(single("paid", on(3, 2), { amount: yen(2) })),

  "the first month for one yen": ({ customer, on }) => {
    const account = accountOf("y-0001");
    const [first = 0, ...later] = duesOf(on(-25), "month", on(14), "Asia/Tokyo");
    const terms = { plan: "standard", interval: "month" } as const;
    return clean([
      ...customer.pays([first], { amount: one }),
      account.granted(customer, first + minuteMs, { ...terms, price: one }),
      ...later.flatMap((at, index) => customer.tells("renewed", at, { amount: yen(980), payment: index + 2 })),
      account.granted(customer, first + 20 * dayMs, { ...terms, price: yen(980) }),
    ]);
  },

  "checked ten times in a month": ({ checked, on }) =>
    clean(Array.from({ length: 10 }, (_, time) => checked(on(-15 + 2 * time), time + 1)).flat()),

  "checked eleven times in a month": ({ checked, customer, on }) => ({
    told: Array.from({ length: 11 }, (_, time) => checked(on(-15 + 2 * time), time + 1)).flat(),
    awaited: [{ id: `CHECK.often:${source}/${customer.customer}`, from: on(5), to: on(11) }],
  }),

  "never voided, until somebody looks": ({ single, customer, on }) => ({
    told: [...single("paid", on(2, 3)), ...single("voided", on(10))],
    awaited: [{ id: `CHECK:${source}/${customer.charge(1, "none")}`, money: [one], from: on(2, 3) + voidMs, to: on(10) }],
  }),

  "an authorisation that stays": ({ single, customer, on }) => ({
    told: [...single("authorized", on(4)), ...single("refunded", on(10))],
    awaited: [{ id: `CHECK:${source}/${customer.charge(1, "none")}`, money: [one], from: on(4) + voidMs, to: on(10) }],
  }),

  "a genuine sale for one yen": ({ single, customer, on }) => ({
    told: single("paid", on(3, 6)),
    awaited: [{ id: `CHECK:${source}/${customer.charge(1, "none")}`, money: [one], from: on(3, 6) + voidMs, to: on(11) }],
  }),
};

export const oneYen = (start: Millis, seed = "one-yen"): Incident => {
  const on = (day: number, hour = 0): Millis => start + day * dayMs + hour * hourMs;
  const told = Object.entries(lives).map(([about, lived], index): Life => {
    const who = nameOf(index);
    const customer: Customer = customerOf({
      source,
      gateway: "gmo-pg",
      seed: `${seed}/${about}`,
      who,
      options: { shopId },
      more: (contract): Readonly<Record<string, string>> => ({
        MemberID: customer.customer,
        ...(contract !== undefined && { RecurringID: contract }),
      }),
    });
    const single: Viewer["single"] = (kind, at, about) => customer.tells(kind, at, { amount: one, contract: "none", ...about });
    const checked: Viewer["checked"] = (at, payment = 1) => [
      ...single("paid", at, { payment }),
      ...single("voided", at + 2 * secondMs, { payment }),
    ];
    return { person: { name: who, about }, ...lived({ customer, on, single, checked }) };
  });
  const awaited = told.flatMap((life) => life.awaited);
  const settled = (isOften: boolean) => awaited.find(({ id, to }) => to === on(11) && id.startsWith("CHECK.often:") === isOften)?.id ?? "";
  return {
    name: "one-yen",
    about: "cards are checked for one yen, and some of those sales are never undone",
    sources: [source],
    accounts: "y-",
    people: peopleIn(told),
    scenes: scenesOf(
      [
        { at: on(1), title: "Cards are checked as ever: a sale of one yen and its void, together no charge" },
        { at: on(4), title: "The card network changes, and sale and void travel apart" },
        { at: on(9), title: "Three days later some voids have not come: customers see one yen on their statements" },
        { at: on(10), title: "What was forgotten is undone at the gateway" },
        {
          at: on(11),
          title: "What only an operator can know is settled",
          deeds: [
            { kind: "dismiss", finding: settled(false), by: "ken", why: "a genuine sale: the sticker costs one yen" },
            { kind: "handle", finding: settled(true), by: "ken", why: "the application checks once a week from now on" },
          ],
        },
        { at: on(14), title: "Three days later" },
      ],
      told,
    ),
  };
};
