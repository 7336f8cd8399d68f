/** A hosting company: a domain and its hosting are two contracts that customers think of as one. One is cancelled, the other goes on. */
import type { Millis } from "../../core/callback.ts";
import { dayMs, hourMs, minuteMs } from "../../core/durations.ts";
import { dueAt } from "../../core/findings/calendar.ts";
import { type Account, accountOf } from "./account.ts";
import { type Customer, customerOf, duesOf, yen } from "./cast.ts";
import { type Incident, type Life, nameOf, peopleIn, scenesOf, type Told } from "./incident.ts";

const [domains, hosting] = ["domains", "hosting"];
const yearly = yen(3_800);
const monthly = yen(1_100);
const domainTerms = { plan: "domain", price: yearly, interval: "year" } as const;
const siblingMs = 14 * dayMs;
const over = 42;

interface Site {
  readonly account: Account;
  readonly domain: Customer;
  readonly host: Customer;
  readonly on: (day: number, hour?: number) => Millis;
  /** A domain that was granted and paid for a year, months ago. */
  readonly domainPaid: readonly Told[];
  /** Hosting that is charged every month, on that day of the story among others. */
  readonly hosted: (dueOn: number, until?: number, name?: string) => readonly Told[];
  readonly linked: Told;
  readonly domainEnds: (at: Millis) => readonly Told[];
}

const clean = (told: readonly Told[]): Life => ({ told, awaited: [] });

const left = (customer: Customer, name?: string): string => `SIBLING:${hosting}/${customer.contract(name)}`;

const lives: Readonly<Record<string, (site: Site) => Life>> = {
  "lets the domain go, and forgets the hosting": ({ host, domainPaid, hosted, linked, domainEnds, on }) => ({
    told: [...domainPaid, ...hosted(9), linked, ...domainEnds(on(2))],
    // Keeping it is decided once, and stays decided when it is charged again.
    awaited: [{ id: left(host), money: [monthly], from: on(2) + siblingMs, to: on(20) }],
  }),

  "has them linked after the end": ({ account, domain, host, domainPaid, hosted, domainEnds, on }) => ({
    told: [
      ...domainPaid,
      ...hosted(12, 20),
      ...domainEnds(on(-3)),
      account.linked(domain, host, on(5)),
      ...host.tells("cancelled", on(21), { amount: monthly }),
    ],
    awaited: [{ id: left(host), money: [monthly], from: on(5) + siblingMs, to: on(21) }],
  }),

  "ends both, a week apart": ({ account, host, domainPaid, hosted, linked, domainEnds, on }) =>
    clean([
      ...domainPaid,
      ...hosted(20, 19),
      linked,
      ...domainEnds(on(3)),
      ...host.tells("cancelled", on(10), { amount: monthly }),
      account.revoked(host, on(20), "cancelled"),
    ]),

  "has two contracts that nobody linked": ({ domainPaid, hosted, domainEnds, on }) =>
    clean([...domainPaid, ...hosted(6), ...domainEnds(on(4))]),

  "keeps both": ({ domainPaid, hosted, linked }) => clean([...domainPaid, ...hosted(8), linked]),

  "thinks better of it": ({ account, domain, domainPaid, hosted, linked, domainEnds, on }) =>
    clean([
      ...domainPaid,
      ...hosted(5),
      linked,
      ...domainEnds(on(4)),
      ...domain.tells("started", on(5), { amount: yearly }),
      account.granted(domain, on(5) + minuteMs, domainTerms),
    ]),
};

export const domainAndHosting = (start: Millis, seed = "domain-and-hosting"): Incident => {
  const on = (day: number, hour = 0): Millis => start + day * dayMs + hour * hourMs;
  const told = Object.entries(lives).map(([about, lived], index): Life => {
    const who = nameOf(index);
    const account = accountOf(`h-${String(index + 1).padStart(4, "0")}`, who);
    const domain = customerOf({ source: domains, gateway: "paddle", seed: `${seed}/${about}`, who });
    const host = customerOf({ source: hosting, gateway: "stripe", seed: `${seed}/${about}`, who });
    const signUp = on(-200);
    return {
      person: { name: who, about },
      ...lived({
        account,
        domain,
        host,
        on,
        domainPaid: [...domain.pays([signUp], { amount: yearly }), account.granted(domain, signUp + minuteMs, domainTerms)],
        hosted: (dueOn, until = over, name = "first") => {
          const dues = duesOf(dueAt(on(dueOn), "month", -1, "UTC"), "month", on(until), "UTC");
          const terms = { plan: "hosting", price: monthly, interval: "month" } as const;
          return [...host.pays(dues, { amount: monthly, contract: name }), account.granted(host, (dues[0] ?? 0) + minuteMs, terms, name)];
        },
        linked: account.linked(domain, host, signUp + 2 * dayMs),
        domainEnds: (at) => [account.requested(domain, at), ...domain.tells("cancelled", at + hourMs, { amount: yearly })],
      }),
    };
  });
  const [hero] = told;
  const kept = hero?.awaited[0]?.id ?? "";
  return {
    name: "domain-and-hosting",
    about: "two contracts that belong together: one is cancelled, and the other is charged",
    sources: [domains, hosting] as string[],
    accounts: "h-",
    people: peopleIn(told),
    scenes: scenesOf(
      [
        { at: on(0), title: "Domains and their hosting" },
        { at: on(6), title: "Some domains are cancelled" },
        { at: on(15), title: "The hosting goes on, and is charged; two weeks are not over yet" },
        { at: on(19, 12), title: "Two weeks later it is a notice: keeping it can be intended" },
        {
          at: on(20),
          title: "The customer is asked, and what was said is written down",
          deeds: [
            { kind: "take", finding: kept, by: "rin" },
            { kind: "note", finding: kept, by: "rin", text: "phoned: the mail boxes are still in use" },
            { kind: "handle", finding: kept, by: "rin", why: "the customer keeps the hosting for the mail" },
          ],
        },
        { at: on(22), title: "The other one was forgotten, and is cancelled" },
        { at: on(over), title: "The kept one is charged again: what was decided stays decided" },
      ],
      told,
    ),
  };
};
