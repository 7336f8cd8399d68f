/** Stories of both sides, for the rules of findings: what happened, in a few words each, and what is found. */

import type { ApplicationEntry } from "../../../core/application/both-sides.ts";
import type { ApplicationEvent } from "../../../core/application/event.ts";
import { dayMs, hourMs } from "../../../core/durations.ts";
import type { EventType, PaymentEvent } from "../../../core/event.ts";
import type { Finding } from "../../../core/findings/finding.ts";
import { type Found, findingsOf } from "../../../core/findings/findings.ts";
import { defaultGraces, gracesOf } from "../../../core/findings/graces.ts";
import type { FindingSettings } from "../../../core/findings/settings.ts";
import { type Entry, entriesOf } from "../../../core/ledger/entry.ts";
import type { RecordKey } from "../../../core/record.ts";

export const source = "shop";
/** 2026-01-31T03:00:00Z, noon in Tokyo: the last day of a month. */
export const start = Date.UTC(2026, 0, 31, 3);
export const hours = (count: number): number => count * hourMs;
export const days = (count: number): number => count * dayMs;
/** In UTC, at the time of day of `start`. */
export const on = (month: number, day: number, year = 2026): number => Date.UTC(year, month - 1, day, 3);
export const yen = (minor: number) => ({ minor, currency: "JPY" });

export const settings: FindingSettings = {
  graces: gracesOf(defaultGraces),
  traitsOf: () => ({ zone: "UTC", tellsEnds: true, tellsRefunds: true }),
  hasSide: () => true,
};

export type Part =
  | { readonly events: readonly Entry[]; readonly accepted?: readonly RecordKey[] }
  | { readonly applicationEvents: readonly ApplicationEntry[] };

let number = 0;

/** One callback of a gateway. @param also further events of the same callback */
export const told = (
  type: EventType,
  occurredAt: number,
  about: Partial<PaymentEvent> & { readonly source?: string } = {},
  ...also: readonly EventType[]
): Part => {
  const { source: from = source, ...event } = about;
  const id = about.id ?? `evt_${String(++number).padStart(4, "0")}`;
  const first: PaymentEvent = { gatewayType: type, ...event, id, type, occurredAt };
  const { amount: _, charge: __, ...parties } = first;
  const others = also.map((other, at): PaymentEvent => ({ ...parties, id: `${id}#${at + 2}`, type: other, gatewayType: other }));
  return { events: entriesOf(`${from}/${id}`, from, [first, ...others]) };
};

type Said<Type extends ApplicationEvent["type"]> = Extract<ApplicationEvent, { readonly type: Type }>;

/** One event of the application, of account `acc_1` at the source `shop` where it does not say otherwise. */
export const says = <Type extends ApplicationEvent["type"]>(
  type: Type,
  occurredAt: number,
  about: Partial<Omit<Said<Type>, "type" | "occurredAt">> = {},
): Part => {
  const id = about.id ?? `app_${String(++number).padStart(4, "0")}`;
  const defaults = {
    ...(type !== "contract.linked" && { account: "acc_1" }),
    ...(!type.startsWith("account.") && type !== "contract.linked" && { source }),
    ...(type === "entitlement.granted" && { plan: "premium", price: yen(500), interval: "month" }),
    ...(type === "entitlement.revoked" && { reason: "cancelled" }),
  };
  const event = { ...defaults, ...about, id, type, occurredAt, receivedAt: occurredAt } as unknown as ApplicationEvent;
  return { applicationEvents: [{ event, record: `app/${id}` }] };
};

export const contract = "sub_1";

/** @param about undefined: the grant does not say it */
export const granted = (
  at: number,
  about: { readonly [Name in keyof Said<"entitlement.granted">]?: Said<"entitlement.granted">[Name] | undefined } = {},
): Part => says("entitlement.granted", at, { contract, ...about } as Partial<Said<"entitlement.granted">>);
export const revoked = (at: number, about: Partial<Said<"entitlement.revoked">> = {}): Part =>
  says("entitlement.revoked", at, { contract, ...about });

/** A charge that went through; of the contract `sub_1` and over 500 yen where it does not say otherwise. */
export const charged = (at: number, charge: string, about: Partial<PaymentEvent> & { readonly source?: string } = {}): Part =>
  told("charge.succeeded", at, { contract, charge, amount: yen(500), ...about });

/** A regular renewal that went through. */
export const renewed = (at: number, charge: string, about: Partial<PaymentEvent> = {}): Part =>
  told("charge.succeeded", at, { contract, charge, amount: yen(500), ...about }, "contract.renewed");

/** A callback that the application has accepted, where that means that entitlement follows (R-APP-3). */
export const accepted = (part: Part): Part => ({
  ...part,
  ...("events" in part && { accepted: part.events.map(({ record }) => record) }),
});

export const partsOf = (parts: readonly Part[]) => ({
  events: parts.flatMap((part) => ("events" in part ? part.events : [])),
  applicationEvents: parts.flatMap((part) => ("applicationEvents" in part ? part.applicationEvents : [])),
  accepted: new Set(parts.flatMap((part) => ("events" in part ? (part.accepted ?? []) : []))),
});

export const found = (now: number, parts: readonly Part[], changes: Partial<FindingSettings> = {}): Found =>
  findingsOf(partsOf(parts), { ...settings, ...changes }, now);

/** The one of that id, with what it rests on as the ids of those events. */
export const finding = (id: string, now: number, parts: readonly Part[], changes: Partial<FindingSettings> = {}) => {
  const one = found(now, parts, changes).findings.find((some) => some.id === id);
  return one && { ...one, evidence: one.evidence.map(({ event }) => event) };
};

/** Each as its id, and the money at stake: `A3:shop/sub_1 500 JPY`. */
export const textOf = ({ id, money }: Finding): string => [id, ...money.map(({ minor, currency }) => `${minor} ${currency}`)].join(" ");

/** Those of one class, or all. */
export const finds = (
  now: number,
  parts: readonly Part[],
  of?: Finding["class"],
  changes: Partial<FindingSettings> = {},
): readonly string[] =>
  found(now, parts, changes)
    .findings.filter((one) => of === undefined || one.class === of)
    .map(textOf);
