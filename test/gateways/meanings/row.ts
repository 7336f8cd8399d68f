/**
 * What a callback of a gateway has to mean, written down from the gateway's documents and not from its tables: `meanings.test.ts`
 * holds the one against the other. A row's input is what the gateway's writer writes, changed at one place, or a small body where
 * the writer has no such scene.
 */
import type { EventType } from "../../../core/event.ts";
import type { EventDraft } from "../../../gateways/kit/kit.ts";
import type { Moment, MomentKind } from "../../../gateways/moment.ts";
import type { Options, Writer } from "../../../gateways/writer.ts";
import { now } from "../conformance/conformance.ts";

export interface Input {
  readonly body: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** All that one event says, but its id and the gateway's name for it. */
export type Meaning = EventDraft & { /** @default the gateway's `at` */ readonly occurredAt?: number };

export interface Row extends Input {
  readonly means: readonly Meaning[];
  readonly options?: Options;
  /** The gateway's own name for it, where that is more than a type. */
  readonly gatewayType?: string;
}

export type Rows = Readonly<Record<string, Row>>;

export interface Meanings {
  /** What `parse` looks things up in: every exported table in here needs a row for each of its own. */
  readonly modules: readonly object[];
  /** When it happened, by the gateway: `sentAt`, or `now`, the time of receipt, where the gateway sends no time. */
  readonly at: number;
  /** By the exported table and its key. */
  readonly tables: Readonly<Record<string, Rows>>;
  /** What no exported table says, variants, and what is not known. */
  readonly others: Rows;
}

/** A minute before the callback is received. */
export const sentAt = now - 60_000;

export const yen = { minor: 1980, currency: "JPY" } as const;

export const row = (input: Input, ...means: readonly Meaning[]): Row => ({ ...input, means });

/** Many names that mean the same. */
export const each = (names: readonly string[], rowOf: (name: string) => Row): Rows =>
  Object.fromEntries(names.map((name) => [name, rowOf(name)]));

/** Of a table: by its key what it means, the rest alike. */
export const byKey = (meanings: Readonly<Record<string, EventType>>, rowOf: (key: string, type: EventType) => Row): Rows =>
  Object.fromEntries(Object.entries(meanings).map(([key, type]) => [key, rowOf(key, type)]));

type Ids = Pick<Moment, "customer" | "charge" | "order" | "part"> & { readonly contract?: string };

/** What the writer writes when something happens: the callback of that number, of the first contract's second month. */
export const scenesOf =
  ({ scenes }: Writer, ids: Ids, options: Options = {}) =>
  (kind: MomentKind, index = 0, more: Partial<Moment> & { readonly single?: true } = {}): Input => {
    const { contract, ...single } = ids;
    const { single: isSingle, ...rest } = more;
    const moment = {
      kind,
      id: "moment1",
      at: sentAt,
      amount: yen,
      cycle: 2,
      ...(isSingle || contract === undefined ? single : ids),
      ...rest,
    };
    const written = scenes[kind]?.(moment, options)[index];
    if (!written) throw new Error(`the writer writes no ${kind} ${index}`);
    return { body: written.body, ...(written.headers && { headers: written.headers }) };
  };

/** A third of the payment goes back. */
export const refund = { amount: { minor: 660, currency: "JPY" }, soFar: { minor: 990, currency: "JPY" }, isWhole: false };
