/** The people of an incident: what a gateway writes of a customer, and what the application says of an account. Pure: the same seed gives the same bytes. */
import type { ApplicationEventType } from "../../core/application/event.ts";
import type { ApplicationData } from "../../core/application/message.ts";
import type { Millis } from "../../core/callback.ts";
import type { Interval } from "../../core/event.ts";
import { dueAt } from "../../core/findings/calendar.ts";
import type { Money } from "../../core/formats/money.ts";
import type { Zone } from "../../core/formats/zone.ts";
import type { MomentKind } from "../../gateways/moment.ts";
import { findWriter } from "../../gateways/registry/find-writer.ts";
import type { Options } from "../../gateways/writer.ts";
import { iso, json } from "../../gateways/writing.ts";
import { keyOf } from "../random.ts";
import type { Told } from "./incident.ts";

export const applicationSource = "site";

export const yen = (minor: number): Money => ({ minor, currency: "JPY" });

interface CustomerOrder {
  readonly source: string;
  readonly gateway: string;
  /** Of the customer: another one has other ids. */
  readonly seed: string;
  /** For people; left out for those who are only counted. */
  readonly who?: string | undefined;
  readonly options?: Options;
  /** What the gateway's form says beside what its writer writes. */
  readonly more?: (contract: string | undefined) => Readonly<Record<string, string>>;
}

export interface MomentOrder {
  readonly amount: Money;
  /** Which of the contract's payments it is about. The first of a contract may have the contract's own number. @default 1 */
  readonly payment?: number;
  /** A further contract of the customer, by a name; `none` for a payment that belongs to none. @default "first" */
  readonly contract?: string;
  /** For a refund: what goes back, where that is not all, and what had gone back before. */
  readonly refunded?: Money;
  readonly refundedBefore?: Money;
  /** For an announced end: when it is. */
  readonly endsAt?: Millis;
  /** Of a refund or a dispute, by a name: a dispute has one id from its opening to its end. */
  readonly part?: string;
  readonly sentAt?: Millis;
}

export interface Customer {
  readonly source: string;
  readonly who: string | undefined;
  /** The gateway's id of the customer. */
  readonly customer: string;
  readonly contract: (name?: string) => string;
  readonly charge: (payment?: number, contract?: string) => string;
  readonly order: (payment?: number, contract?: string) => string;
  /** The callbacks of one moment, in the gateway's order; none where it never reports such a thing. */
  readonly tells: (kind: MomentKind, at: Millis, about: MomentOrder) => readonly Told[];
  /** A contract begins with a payment, and is paid once more at each further moment. */
  readonly pays: (moments: readonly Millis[], about: Omit<MomentOrder, "payment">) => readonly Told[];
}

/** @throws when the simulator cannot write for that gateway */
export const customerOf = ({ source, gateway, seed, who, options = {}, more }: CustomerOrder): Customer => {
  const writer = findWriter(gateway);
  if (!writer) throw new Error(`the simulator cannot write for ${gateway}`);
  const key = (...parts: readonly string[]) => keyOf([seed, ...parts].join("/"));
  /** An attempt that the gateway takes for a payment of its own is about the same order. */
  const idsOf = (contract: string, payment: number, attempt = "") => {
    const isFirst = contract !== "none" && payment === 1;
    return {
      charge: writer.ids.charge(key("payment", contract, String(payment), attempt), isFirst ? key("contract", contract) : undefined),
      order: writer.ids.order(key("payment", contract, String(payment))),
    };
  };
  const tells: Customer["tells"] = (kind, at, { amount, payment = 1, contract = "first", part, endsAt, sentAt, ...about }) => {
    const name = contract === "none" ? undefined : writer.ids.contract(key("contract", contract));
    const place = [kind, contract, String(payment), String(at)];
    const moment = {
      kind,
      id: key("moment", ...place).text,
      at,
      customer: writer.ids.customer(key("customer")),
      ...(name !== undefined && { contract: name }),
      ...idsOf(contract, payment, writer.ownPayment?.includes(kind) ? kind : ""),
      amount,
      cycle: payment,
      part: writer.ids.part(part === undefined ? key("part", ...place) : key("part", contract, String(payment), part)),
      ...(kind === "refunded" && { refund: refundOf(amount, about) }),
      ...(endsAt !== undefined && { endsAt }),
    };
    return (writer.scenes[kind]?.(moment, options) ?? []).map(({ body, headers = {} }) => ({
      at,
      ...(sentAt !== undefined && { sentAt }),
      source,
      side: "gateway" as const,
      what: kind,
      ...(who !== undefined && { who }),
      ids: [moment.customer, moment.charge, ...(name === undefined ? [] : [name])],
      amount,
      body: more ? withFields(body, more(name)) : body,
      headers,
    }));
  };
  return {
    source,
    who,
    customer: writer.ids.customer(key("customer")),
    contract: (name = "first") => writer.ids.contract(key("contract", name)),
    charge: (payment = 1, contract = "first") => idsOf(contract, payment).charge,
    order: (payment = 1, contract = "first") => idsOf(contract, payment).order,
    tells,
    pays: ([first, ...later], about) =>
      first === undefined
        ? []
        : [
            ...tells("started", first, about),
            ...tells("paid", first, about),
            ...later.flatMap((at, index) => tells("renewed", at, { ...about, payment: index + 2 })),
          ],
  };
};

const refundOf = (amount: Money, { refunded = amount, refundedBefore }: Pick<MomentOrder, "refunded" | "refundedBefore">) => {
  const soFar = { ...refunded, minor: refunded.minor + (refundedBefore?.minor ?? 0) };
  return { amount: refunded, soFar, isWhole: refunded.minor === amount.minor };
};

/** When a contract is charged: at its anchor and every interval after it, up to that moment. */
export const duesOf = (anchor: Millis, interval: Interval, until: Millis, zone: Zone): readonly Millis[] => {
  const dues: Millis[] = [];
  for (let due = anchor; due <= until; due = dueAt(anchor, interval, dues.length, zone)) dues.push(due);
  return dues;
};

/** A form with more fields at its end. */
const withFields = (body: Uint8Array, fields: Readonly<Record<string, string>>): Uint8Array =>
  Buffer.concat([
    body,
    Buffer.from(
      Object.entries(fields)
        .map(([name, value]) => `&${name}=${value}`)
        .join(""),
    ),
  ]);

/** One event of the application. */
export const says = <Type extends ApplicationEventType>(
  type: Type,
  at: Millis,
  data: ApplicationData[Type],
  about: { readonly who?: string | undefined; readonly sentAt?: Millis } = {},
): Told => ({
  at,
  ...(about.sentAt !== undefined && { sentAt: about.sentAt }),
  source: applicationSource,
  side: "application",
  what: type,
  ...(about.who !== undefined && { who: about.who }),
  ids: "account" in data ? [data.account] : [],
  ...("price" in data && data.price !== undefined && { amount: data.price }),
  ...("amount" in data && { amount: data.amount }),
  body: json({ type, timestamp: iso(at), data }),
  headers: {},
});
