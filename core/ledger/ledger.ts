/**
 * The gateway's side of the ledger. A contract's ledger is a set of entries, one per event id; what it adds up to is a pure
 * function of that set. A set knows neither order nor repetition, so neither can change the result (promise P5).
 */
import type { Millis } from "../callback.ts";
import { contractOf, type EventType, type PaymentEvent } from "../event.ts";
import { formatMoney, type Money } from "../formats/money.ts";
import type { RecordKey } from "../record.ts";
import { ledgerEventId, ledgerId, ledgerText } from "./ledger-id.ts";

export interface ContractName {
  readonly source: string;
  readonly contract: string;
}

/** One event in a contract's ledger. */
export interface Entry extends ContractName {
  readonly event: PaymentEvent;
  /** The record it came from, which has its bytes. */
  readonly record: RecordKey;
}

/**
 * What a record's events say to the ledger: the one place where they enter it. Their texts come from outside, and are bounded here;
 * messages to the application carry them as they are.
 */
export const entriesOf = (record: RecordKey, source: string, events: readonly PaymentEvent[]): readonly Entry[] =>
  events.flatMap((event) => {
    const contract = contractOf(event);
    return contract === undefined ? [] : [{ source, contract, event: bounded(event), record }];
  });

const bounded = (event: PaymentEvent): PaymentEvent => ({
  ...event,
  id: ledgerEventId(event.id),
  gatewayType: ledgerText(event.gatewayType),
  ...(event.contract !== undefined && { contract: ledgerId(event.contract) }),
  ...(event.charge !== undefined && { charge: ledgerId(event.charge) }),
  ...(event.customer !== undefined && { customer: ledgerId(event.customer) }),
  ...(event.order !== undefined && { order: ledgerId(event.order) }),
  ...(event.refund !== undefined && { refund: ledgerId(event.refund) }),
  ...(event.replacedBy !== undefined && { replacedBy: ledgerId(event.replacedBy) }),
  ...(event.reason !== undefined && { reason: ledgerText(event.reason) }),
});

export const contractStates = ["unknown", "active", "past_due", "paused", "cancelled", "expired", "replaced"] as const;
export type ContractState = (typeof contractStates)[number];

export interface Charge {
  readonly id: string;
  readonly state: "authorized" | "succeeded" | "failed" | "voided" | "refunded" | "partly_refunded";
  readonly amount?: Money;
  readonly refunded?: Money;
  readonly at: Millis;
  readonly order?: string;
  readonly reason?: string;
}

/** A card check: a zero-amount check of the gateway's own, or one unit authorised (or sold) and voided. Never a charge. */
export interface CardCheck {
  readonly id: string;
  readonly at: Millis;
  readonly passed: boolean;
}

export interface Contract {
  readonly source: string;
  readonly id: string;
  readonly state: ContractState;
  /** When the gateway says that state began. */
  readonly since?: Millis;
  readonly customer?: string;
  readonly replacedBy?: string;
  readonly charges: readonly Charge[];
  readonly cardChecks: readonly CardCheck[];
  readonly disputes: number;
  /** Events of unknown types. */
  readonly unknownEvents: number;
  readonly entries: readonly Entry[];
}

/** Which state an event puts its contract in. Events that are not here leave it alone. */
const stateAfter: Partial<Record<EventType, ContractState>> = {
  "contract.started": "active",
  "contract.renewed": "active",
  "contract.past_due": "past_due",
  "contract.paused": "paused",
  "contract.resumed": "active",
  "contract.cancelled": "cancelled",
  "contract.expired": "expired",
  "contract.replaced": "replaced",
};

/** What a set of entries of one contract adds up to. */
export const balance = (source: string, id: string, entries: readonly Entry[]): Contract => {
  const ordered = [...new Map(entries.map((entry) => [entry.event.id, entry])).values()].sort(byEventTime);
  const events = ordered.map((entry) => entry.event);
  const register = events.findLast((event) => stateAfter[event.type] !== undefined);
  const customer = events.findLast((event) => event.customer !== undefined)?.customer;
  const byCharge = Map.groupBy(
    events.filter((event) => event.charge !== undefined),
    (event) => event.charge as string,
  );
  const outcomes = [...byCharge].map(([charge, about]) => chargeOf(charge, about));
  const checks: readonly CardCheck[] = [
    ...outcomes.flatMap((one) => (one.kind === "check" ? [one.check] : [])),
    ...events
      .filter(isCardCheck)
      .map((event) => ({ id: event.charge ?? event.id, at: event.occurredAt, passed: event.type === "card.verified" })),
  ];
  return {
    source,
    id,
    state: (register && stateAfter[register.type]) ?? "unknown",
    ...(register && { since: register.occurredAt }),
    ...(customer !== undefined && { customer }),
    ...(register?.replacedBy !== undefined && { replacedBy: register.replacedBy }),
    charges: outcomes.flatMap((one) => (one.kind === "charge" ? [one.charge] : [])),
    cardChecks: [...Map.groupBy(checks, (check) => check.id).values()]
      .flatMap((about) => about.toSorted(bestCheckFirst).slice(0, 1))
      .sort((one, other) => one.at - other.at || compareText(one.id, other.id)),
    // One dispute can be announced, opened and raised again; it is about one charge.
    disputes: new Set(events.filter((event) => event.type === "dispute.opened").map((event) => event.charge ?? event.id)).size,
    unknownEvents: events.filter((event) => event.type === "unknown").length,
    entries: ordered,
  };
};

/** Last writer wins by the gateway's own time; the event id decides between equals, so that every reader decides alike. */
const byEventTime = (one: Entry, other: Entry): number =>
  one.event.occurredAt - other.event.occurredAt || compareText(one.event.id, other.event.id);

const isCardCheck = ({ type }: PaymentEvent): boolean => type === "card.verified" || type === "card.verification_failed";

/** Several events can report one check: the gateway's own, and its halves. A pass outweighs an earlier failure. */
const bestCheckFirst = (one: CardCheck, other: CardCheck): number => Number(other.passed) - Number(one.passed) || one.at - other.at;

const compareText = (one: string, other: string): number => Number(one > other) - Number(one < other);

type ChargeOutcome =
  | { readonly kind: "charge"; readonly charge: Charge }
  | { readonly kind: "check"; readonly check: CardCheck }
  | { readonly kind: "nothing" };

/**
 * One payment from all events about it, whichever arrived first: success, failure and void are one register, in which
 * the latest by the gateway's own time wins; between equals void outweighs success, and success failure. Refunds are a set.
 */
const chargeOf = (id: string, events: readonly PaymentEvent[]): ChargeOutcome => {
  const last = (type: EventType) => events.findLast((event) => event.type === type);
  const [authorization, lastVoid] = [last("charge.authorized"), last("charge.voided")];
  const lastSale = last("charge.succeeded");
  const failure = last("charge.failed");
  const sale = isAfter(failure, lastSale) ? undefined : lastSale;
  const void_ = isAfter(sale ?? authorization, lastVoid) || isAfter(failure, lastVoid) ? undefined : lastVoid;
  const refunds = new Map(events.filter((event) => event.type === "charge.refunded").map((event) => [event.refund ?? "", event]));
  const main = sale ?? authorization ?? void_ ?? [...refunds.values()].at(-1) ?? failure;
  if (!main) return { kind: "nothing" };
  // The check itself was reported; that it was undone afterwards does not make it a charge.
  if (main === void_ && events.some(isCardCheck)) return { kind: "nothing" };
  const amount = (sale ?? authorization ?? failure ?? void_)?.amount;
  const taken = sale ?? authorization;
  // A card check is its two halves, whatever their times say: some gateways send none, and either half may come first.
  if (taken && lastVoid && taken.amount?.minor === 1) return { kind: "check", check: { id, at: taken.occurredAt, passed: true } };
  const refunded = refundedOf(refunds, amount);
  return {
    kind: "charge",
    charge: {
      id,
      state: stateOfCharge({
        sale,
        authorization,
        void_,
        refunded,
        amount,
        refunds: refunds.size,
        failedLater: isAfter(failure, authorization),
      }),
      at: main.occurredAt,
      ...(amount && { amount }),
      ...(refunded && { refunded }),
      ...(main.order !== undefined && { order: main.order }),
      ...(!sale && failure?.reason !== undefined && { reason: failure.reason }),
    },
  };
};

const isAfter = (one: PaymentEvent | undefined, other: PaymentEvent | undefined): boolean =>
  one !== undefined && other !== undefined && one.occurredAt > other.occurredAt;

const stateOfCharge = (seen: {
  sale: PaymentEvent | undefined;
  authorization: PaymentEvent | undefined;
  void_: PaymentEvent | undefined;
  refunded: Money | undefined;
  amount: Money | undefined;
  refunds: number;
  failedLater: boolean;
}): Charge["state"] => {
  if (seen.void_) return "voided";
  // A refund that was reversed is reported as a refund of zero.
  if (seen.refunds > 0 && seen.refunded?.minor !== 0)
    return seen.refunded && seen.amount && seen.refunded.minor < seen.amount.minor ? "partly_refunded" : "refunded";
  if (seen.sale) return "succeeded";
  return seen.authorization && !seen.failedLater ? "authorized" : "failed";
};

/**
 * The amount refunded. Several gateways report it twice: each refund under its own id, and without an id the total so far.
 * The larger of the two is right, whichever is late.
 */
const refundedOf = (refunds: ReadonlyMap<string, PaymentEvent>, charged: Money | undefined): Money | undefined => {
  const amountOf = (event: PaymentEvent) => event.amount ?? charged;
  const named = sum([...refunds].flatMap(([id, event]) => (id === "" ? [] : [amountOf(event)])));
  const unnamed = refunds.get("");
  const total = unnamed && amountOf(unnamed);
  if (!named || !total || named.currency !== total.currency) return total ?? named;
  return total.minor > named.minor ? total : named;
};

/** The sum of amounts in one currency; amounts in another, or none, are left out rather than guessed. */
const sum = (amounts: readonly (Money | undefined)[]): Money | undefined => {
  const known = amounts.filter((amount) => amount !== undefined);
  const [first] = known;
  if (!first) return undefined;
  return {
    minor: known.reduce((total, { minor, currency }) => total + (currency === first.currency ? minor : 0), 0),
    currency: first.currency,
  };
};

/** For people: "succeeded 1,980 JPY". */
export const describeCharge = (charge: Charge): string =>
  [charge.state, charge.amount && formatMoney(charge.amount), charge.refunded && `(refunded ${formatMoney(charge.refunded)})`]
    .filter(Boolean)
    .join(" ");
