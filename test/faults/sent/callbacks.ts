/** What the gateway sends in a run. */

import type { RawCallback } from "../../../core/callback.ts";
import { gateways } from "../../../gateways/index.ts";
import { sha256 } from "../run/effects.ts";

const { sandbox } = gateways;

export const secret = "the sandbox's secret";

/**
 * forged: signed with another secret. unparseable: genuine, has an id, and means nothing to the gateway's file. deep: genuine, and
 * nested too deep to be read, so that it has no id either. large: genuine, and too large for an item of the table.
 */
export type Nature = "genuine" | "forged" | "unparseable" | "deep" | "large";

/** Nothing can be read in them, now or later. */
export const isMeaningless = ({ nature }: Pick<Callback, "nature">): boolean => nature === "unparseable" || nature === "deep";

export interface Callback {
  /** What it is called in stories and messages: its id, and `'` for each other set of bytes under the same id. */
  readonly name: string;
  readonly id: string;
  readonly source: string;
  /** As the ledger names them. Those it is delivered in the order of. Of one that names its payment alone, that payment. */
  readonly contracts: readonly string[];
  /** The id of the payment it is about. */
  readonly payment: string;
  /** Whether it says to which contract the payment belongs. */
  readonly namesContract: boolean;
  readonly nature: Nature;
  readonly body: Buffer;
  readonly sha256: string;
  /** As the gateway sends it at that moment: every attempt is signed again. */
  sentAt(now: number): RawCallback;
}

export interface CallbackSpec {
  readonly id: string;
  /** @default sandbox */
  readonly source?: string;
  /** None: it names its payment alone. */
  readonly contracts: readonly string[];
  /** Its own, unless it is about another callback's. */
  readonly payment?: string;
  readonly nature?: Nature;
  /** Other bytes under the same id. */
  readonly variant?: number;
  /** What it says. @default a payment */
  readonly type?: string;
  /** How long after all others what it tells of happened. */
  readonly secondsLater?: number;
  /** What it says besides. */
  readonly more?: object;
}

/** Incompressible, so that it stays too large. The same every time. */
const noise = (): string => {
  let state = 1;
  return Array.from({ length: 130_000 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state.toString(36);
  }).join("");
};

/** Deeper than any gateway's, by far. */
const depth = 100_000;

const nested = (json: string): string => `{"id":"deep","type":"charge.succeeded","a":${"[".repeat(depth)}${json}${"]".repeat(depth)}}`;

const hash = (text: string, encoding: "utf8" | "utf16le"): string => `sha256:${sha256(Buffer.from(text, encoding))}`;

/** Ids that cannot be part of a key of the ledger are there as hashes. */
const inLedger = (id: string, longest = 1_900): string =>
  /[\p{Cc}\p{Cs}]/u.test(id) || Buffer.byteLength(id) > longest ? hash(id, "utf16le") : id;

/** What an event of that id is called in the ledger. */
export const eventName = (id: string): string => inLedger(id, 1_000);

export const makeCallback = ({
  id,
  source = "sandbox",
  contracts,
  payment = `charge-${id}`,
  nature = "genuine",
  variant = 0,
  type = "charge.succeeded",
  secondsLater = 0,
  more: besides = {},
}: CallbackSpec): Callback => {
  const [contract, ...more] = contracts;
  const lines = contracts.length > 0 ? contracts : [payment];
  const json = JSON.stringify({
    id,
    type: nature === "unparseable" ? "" : type,
    created: 1_795_176_000 + secondsLater,
    ...(more.length > 0 ? { contracts } : { contract }),
    charge: payment,
    amount: 1_000 + variant,
    currency: "jpy",
    ...(nature === "large" && { noise: noise() }),
    ...besides,
  });
  const body = Buffer.from(nature === "deep" ? nested(json) : json);
  return {
    name: `${id.length > 40 ? `${id.slice(0, 40)}...` : id}${"'".repeat(variant)}`,
    id: nature === "deep" ? `sha256:${sha256(body)}` : id,
    source,
    contracts: isMeaningless({ nature }) ? [] : lines.map((line) => inLedger(line)),
    payment: inLedger(payment),
    namesContract: contracts.length > 0,
    nature,
    body,
    sha256: sha256(body),
    sentAt: (now) => ({
      ...sandbox.sign(body, { secrets: [nature === "forged" ? "somebody else's secret" : secret] }, now),
      source,
      url: `https://callbacks.example.com/callbacks/${source}`,
      sourceIp: "203.0.113.7",
    }),
  };
};

/** An id that no key may be made of is there as a hash. */
export const keyOf = ({ id, source }: Pick<Callback, "id" | "source">): string =>
  `${source}/${/^[\x21-\x7e]{1,200}$/.test(id) ? id : hash(id, "utf8")}`;
