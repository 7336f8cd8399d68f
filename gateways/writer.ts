/** What a gateway adds to the simulator: how it names things, and what it writes when something happens. */
import type { EventType } from "../core/event.ts";
import type { Key, Moment, MomentKind } from "./moment.ts";

/** One callback's body, before the gateway's proof is added. */
export interface Written {
  readonly body: Uint8Array;
  /** Headers that belong to the body and that `sign` cannot know: Shopify's topic. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The parts of the moment it reports, in the order of `parse`. Empty when it is known and means nothing for the ledger. */
  readonly reports: readonly EventType[];
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

/** The options of the source that is written to. */
export type Options = Readonly<Record<string, string>>;

export interface Writer {
  readonly ids: Ids;
  /** The gateway knows only a customer's number, to which everything belongs: it is the contract too, even for single payments. */
  readonly customerIsContract?: true;
  /** Moments whose payment has its own id, although it is about an earlier one: a second attempt, a capture. */
  readonly ownPayment?: readonly MomentKind[];
  /** What the gateway sends when that happens, in its order; a kind that is missing is never reported. */
  readonly scenes: Readonly<Partial<Record<MomentKind, (moment: Moment, options: Options) => readonly Written[]>>>;
}
