/**
 * What happens to one payment or contract, as the callbacks that a gateway sends about it, and what its line in the ledger must add up to.
 * `sequences.test.ts` lets them arrive in every order and more than once.
 */
import type { ContractState } from "../../../core/event.ts";
import type { Options } from "../../../gateways/writer.ts";

/** One body, as it is sent or as a literal; sent at `receivedAt`, by default some seconds after the one before it in the row. */
export interface Callback {
  /** An object is written as JSON. */
  readonly body?: Uint8Array | object;
  readonly form?: Readonly<Record<string, string>>;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly receivedAt?: number;
}

export interface Sums {
  readonly charged: number;
  readonly refunded: number;
  /** @default 0 */
  readonly chargedBack?: number;
}

export interface Sequence {
  /** Completes the sentence "it adds up, when ...". */
  readonly what: string;
  readonly source: { readonly gateway: string; readonly options?: Options };
  /** In the order in which the gateway sends them. */
  readonly callbacks: readonly Callback[];
  /** The contract, or any id of a payment that belongs to none. */
  readonly contract: string;
  readonly adds: Sums & { readonly state?: ContractState };
  readonly currency: string;
  /** All lines together, where the callbacks are about more than the one. */
  readonly together?: Sums;
}
