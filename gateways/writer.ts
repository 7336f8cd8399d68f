/** What a gateway adds to the simulator: how it names things, and what it writes when something happens. */
import type { EventType } from "../core/event.ts";
import { exponentOf, type Money } from "../core/formats/money.ts";
import type { Moment, MomentKind } from "./moment.ts";
import type { Key } from "../simulator/random.ts";

/** One callback's body, before the gateway's proof is added. */
export interface Written {
  readonly body: Uint8Array;
  /** Headers that belong to the body and that `sign` cannot know: Shopify's topic. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What of the moment it tells, in the order in which `parse` says it. Nothing, when it is known and means nothing for the ledger. */
  readonly tells: readonly EventType[];
}

export interface Ids {
  readonly contract: (key: Key) => string;
  readonly customer: (key: Key) => string;
  /** `contractKey` is given for the first payment of a contract. */
  readonly charge: (key: Key, contractKey?: Key) => string;
  readonly order: (key: Key) => string;
  /** Of a refund or a dispute. */
  readonly part: (key: Key) => string;
}

/** What the source that is written to has set for its gateway. */
export type Options = Readonly<Record<string, string>>;

export interface Writer {
  readonly ids: Ids;
  /** The gateway knows a customer's number only, and everything belongs to it: it is the contract too, also of single payments. */
  readonly customerIsContract?: true;
  /** Moments whose payment has an id of its own, although it is about an earlier one: a second attempt, a capture. */
  readonly ownPayment?: readonly MomentKind[];
  /** What the gateway sends when that happens, in its order; a kind that is missing it cannot tell at all. */
  readonly scenes: Readonly<Partial<Record<MomentKind, (moment: Moment, options: Options) => readonly Written[]>>>;
}

/** For gateways whose ids are a prefix and letters. */
export const prefixed = (prefixes: Readonly<Record<keyof Ids, string>>): Ids => ({
  contract: ({ text }) => prefixes.contract + text,
  customer: ({ text }) => prefixes.customer + text,
  charge: ({ text }) => prefixes.charge + text,
  order: ({ text }) => prefixes.order + text,
  part: ({ text }) => prefixes.part + text,
});

export const iso = (at: number): string => new Date(at).toISOString();
export const seconds = (at: number): number => Math.floor(at / 1000);

/** "1980", "19.80" */
export const major = ({ minor, currency }: Money): string => (minor / 10 ** exponentOf(currency)).toFixed(exponentOf(currency));
