/** Where edges are told: a source for each gateway, people of any of them, and a check of what is open at every moment at which that may change. */

import type { Millis } from "../../../core/callback.ts";
import { defineConfig } from "../../../core/config/config.ts";
import { dayMs } from "../../../core/durations.ts";
import type { Interval } from "../../../core/event.ts";
import { dueAt } from "../../../core/findings/calendar.ts";
import { type Account, accountOf } from "../../../simulator/incidents/account.ts";
import { type Customer, customerOf } from "../../../simulator/incidents/cast.ts";
import { type Awaited, findingLine, type Told } from "../../../simulator/incidents/incident.ts";
import type { Meaning } from "../../support/both-sides/in-memory-ledger.ts";
import { tellerOf } from "../tell.ts";

export const gatewayNames = ["sbps", "gmo-pg", "stripe", "paypal", "payjp", "komoju", "square", "paddle", "adyen", "braintree"] as const;
export type GatewayName = (typeof gatewayNames)[number];

export const optionsOf: Partial<Record<GatewayName, Readonly<Record<string, string>>>> = {
  "gmo-pg": { shopId: "tshop00000001" },
  braintree: { publicKey: "integration_public_key" },
  paypal: { webhookId: "0EH40505U7160970P" },
};

export const teller = tellerOf(
  defineConfig({
    name: "holdfast-edges",
    zone: "Asia/Tokyo",
    targets: { app: { kind: "http", url: "https://app.example.com/webhooks", mode: "pass-through" } },
    sources: {
      site: { gateway: "app" },
      ...Object.fromEntries(
        gatewayNames.map((gateway) => [
          gateway,
          { gateway, target: "app", options: optionsOf[gateway] ?? {}, publicUrl: `https://callbacks.example.com/callbacks/${gateway}` },
        ]),
      ),
    },
  }),
);

/** `2024-02-29 23:59` by the clocks of Japan. */
export const japan = (text: string): Millis => Date.parse(`${text.replace(" ", "T")}+09:00`);

const inJapan: readonly string[] = ["sbps", "gmo-pg", "payjp", "komoju"];

const silentOnRefunds: readonly string[] = ["sbps", "braintree"];

/** What one contract's story is made of. */
export interface Part {
  readonly customer: Customer;
  readonly account: Account;
  /** The contract as findings name it. */
  readonly line: string;
  readonly gateway: GatewayName;
  /** Its gateway reports what is given back. */
  readonly tellsRefunds: boolean;
  /** When it begins. */
  readonly at: Millis;
  /** So many intervals later, as the gateway counts. */
  readonly due: (count: number, interval?: Interval) => Millis;
  /** Another customer of the same story. */
  readonly other: (name: string, gateway?: GatewayName) => Customer;
  readonly otherAccount: (name: string) => Account;
}

export interface Edge {
  readonly told: readonly Told[];
  readonly awaited: readonly Awaited[];
}

export type Edges = Readonly<Record<string, (part: Part) => Edge>>;

const customerAt = (gateway: GatewayName, seed: string): Customer => {
  const customer: Customer = customerOf({
    source: gateway,
    gateway,
    seed,
    ...(gateway === "gmo-pg" && {
      options: { shopId: "tshop00000001" },
      more: (contract) => ({ MemberID: customer.customer, ...(contract !== undefined && { RecurringID: contract }) }),
    }),
  });
  return customer;
};

export const partOf = (gateway: GatewayName, seed: string, at: Millis): Part => {
  const zone = inJapan.includes(gateway) ? "Asia/Tokyo" : "UTC";
  const customer = customerAt(gateway, seed);
  return {
    customer,
    gateway,
    tellsRefunds: !silentOnRefunds.includes(gateway),
    at,
    account: accountOf(`a-${seed}`),
    line: `${gateway}/${customer.contract()}`,
    due: (count, interval = "month") => dueAt(at, interval, count, zone),
    other: (name, where = gateway) => customerAt(where, `${seed}/${name}`),
    otherAccount: (name) => accountOf(`a-${seed}/${name}`),
  };
};

/** All of that, sent at one moment. */
export const late = (told: readonly Told[], at: Millis): readonly Told[] => told.map((one) => ({ ...one, sentAt: at }));

const sentAt = (told: Told): Millis => told.sentAt ?? told.at;

/** Every moment at which something may change. */
export const turnsOf = (edges: readonly Edge[]): readonly Millis[] => {
  const turns = edges.flatMap(({ told, awaited }) => [
    ...told.map(sentAt),
    ...awaited.flatMap(({ from, to }) => [from, ...(to === undefined ? [] : [to])]),
  ]);
  return [...new Set(turns)].sort((one, other) => one - other);
};

export const expectedAt = (awaited: readonly Awaited[], now: Millis): readonly string[] =>
  awaited
    .filter(({ from, to }) => from <= now && (to === undefined || now < to))
    .map(({ id, money = [] }) => findingLine({ id, money }))
    .sort();

/** What is open when all of that is known. */
export const foundAt = (told: readonly Told[], now: Millis): readonly string[] =>
  linesOf(
    told.map((one) => teller.meaningOf(one, sentAt(one))),
    now,
  );

const linesOf = (known: readonly Meaning[], now: Millis): readonly string[] => teller.findingsAt(known, now).map(findingLine).sort();

/** What is open beside what has to be, at each turn, at the last moment before it, and a day after the last; empty where they agree. */
export const disagreements = (edge: Edge): readonly string[] => {
  const all = edge.told.map((told) => ({ sent: sentAt(told), meaning: teller.meaningOf(told, sentAt(told)) }));
  const turns = turnsOf([edge]);
  return [...turns.flatMap((turn) => [turn - 1, turn]), (turns.at(-1) ?? 0) + dayMs].flatMap((now) => {
    const found = linesOf(
      all.filter(({ sent }) => sent <= now).map(({ meaning }) => meaning),
      now,
    );
    const expected = expectedAt(edge.awaited, now);
    const at = new Date(now).toISOString();
    return [
      ...found.filter((one) => !expected.includes(one)).map((one) => `${at} invented ${one}`),
      ...expected.filter((one) => !found.includes(one)).map((one) => `${at} missing ${one}`),
    ];
  });
};
