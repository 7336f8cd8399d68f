/** Whether money was taken: success, failure and void of one payment, or of one part of it, are one register. */
import type { EventType, PaymentEvent } from "../../event.ts";
import type { Money } from "../../formats/money.ts";
import { total } from "../sums.ts";

export interface Taking {
  readonly state: "authorized" | "succeeded" | "failed" | "voided";
  readonly amount?: Money;
  /** When it was taken, or else when it last changed. */
  readonly at: number;
  /** The event that says so. */
  readonly by: PaymentEvent;
  readonly reason?: string;
}

/** A part of a payment that has an id of its own: a capture, an attempt, one of several payments for one order. */
export interface Part extends Taking {
  readonly id: string;
}

export interface Takings {
  readonly parts: readonly Part[];
  /** All together. Absent when nothing but refunds, checks and disputes is known. */
  readonly taking?: Taking;
}

const types: ReadonlySet<EventType> = new Set<EventType>(["charge.authorized", "charge.succeeded", "charge.failed", "charge.voided"]);

/** What was paid outside the gateway, by part. */
const elsewhereOf = (events: readonly PaymentEvent[]): readonly (Money | undefined)[] => [
  ...new Map(events.flatMap(({ paidElsewhere, part, amount }) => (paidElsewhere ? [[part, amount]] : []))).values(),
];

/**
 * A failed, voided or expired part takes away itself only, and what is reported of the whole takes away nothing that was taken in parts:
 * after a capture of 600, an expiry of the authorisation is about the rest. Some gateways report the sum as well as the parts:
 * the larger of the two is what was taken, because either may be late.
 * @param events of one payment, in the order of time
 */
export const takingsOf = (events: readonly PaymentEvent[]): Takings => {
  const byPart = Map.groupBy(
    events.filter(({ type }) => types.has(type)),
    ({ part }) => part,
  );
  const parts: Part[] = [];
  let whole: Taking | undefined;
  for (const [id, about] of byPart) {
    const taking = registerOf(about);
    if (id === undefined) whole = taking;
    else parts.push({ id, ...taking });
  }
  const taking = together(parts, whole && takenHere(whole, elsewhereOf(events)));
  return { parts, ...(taking && { taking }) };
};

/** Of the whole what came through the gateway; undefined when nothing did. */
const takenHere = (whole: Taking, elsewhere: readonly (Money | undefined)[]): Taking | undefined => {
  if (!whole.amount) return whole;
  const { currency } = whole.amount;
  const minor = whole.amount.minor - (total(elsewhere, currency)?.minor ?? 0);
  return minor > 0 || elsewhere.length === 0 ? { ...whole, amount: { minor, currency } } : undefined;
};

const together = (parts: readonly Part[], whole: Taking | undefined): Taking | undefined => {
  const taken = parts.filter(({ state }) => state === "succeeded");
  const last = latest(taken);
  if (!last) return whole ?? latest(parts.filter(({ state }) => state === "authorized")) ?? latest(parts);
  const { id: _, ...rest } = last;
  const amount = total(taken.map((part) => part.amount));
  return whole?.state === "succeeded" && exceeds(whole.amount, amount) ? whole : { ...rest, ...(amount && { amount }) };
};

const exceeds = (one: Money | undefined, other: Money | undefined): boolean =>
  one !== undefined && one.currency === other?.currency && one.minor > other.minor;

const latest = (parts: readonly Part[]): Part | undefined =>
  parts.reduce<Part | undefined>((best, part) => (best && best.at > part.at ? best : part), undefined);

/** The latest by the gateway's own time; between equals void outweighs success, and success failure. */
const registerOf = (events: readonly PaymentEvent[]): Taking => {
  const last = (type: EventType) => events.findLast((event) => event.type === type);
  const [authorization, failure, lastSale, lastVoid] = [
    last("charge.authorized"),
    last("charge.failed"),
    last("charge.succeeded"),
    last("charge.voided"),
  ];
  const sale = isAfter(failure, lastSale) ? undefined : lastSale;
  const void_ = isAfter(sale ?? authorization, lastVoid) || isAfter(failure, lastVoid) ? undefined : lastVoid;
  // When it was neither taken nor authorised the latest is the void that stands, or a failure.
  const by = sale ?? authorization ?? (events.at(-1) as PaymentEvent);
  const counts = sale ?? authorization ?? failure ?? void_;
  // Several events can say the same, and not all of them how much.
  const amount = events.findLast(({ type, amount }) => type === counts?.type && amount !== undefined)?.amount;
  return {
    state: stateOf(void_, sale, isAfter(failure, authorization) ? undefined : authorization),
    ...(amount && { amount }),
    at: by.occurredAt,
    by,
    ...(!sale && failure?.reason !== undefined && { reason: failure.reason }),
  };
};

const stateOf = (void_: PaymentEvent | undefined, sale: PaymentEvent | undefined, standing: PaymentEvent | undefined): Taking["state"] => {
  if (void_) return "voided";
  if (sale) return "succeeded";
  return standing ? "authorized" : "failed";
};

const isAfter = (one: PaymentEvent | undefined, other: PaymentEvent | undefined): boolean =>
  one !== undefined && other !== undefined && one.occurredAt > other.occurredAt;
