/** What the gateway sends in a run. */

import type { RawCallback } from "../../../core/callback.ts";
import { gateways } from "../../../gateways/index.ts";
import { sha256 } from "./effects.ts";

const { sandbox } = gateways;

export const secret = "the sandbox's secret";

/**
 * forged: signed with another secret. unparseable: genuine, has an id, and means nothing to the gateway's file.
 * large: genuine, and too large for an item of the table.
 */
export type Nature = "genuine" | "forged" | "unparseable" | "large";

export interface Callback {
  /** What it is called in stories and messages: its id, and `'` for each other set of bytes under the same id. */
  readonly name: string;
  readonly id: string;
  /** Those it is delivered in the order of. Of one that names its payment alone, that payment. */
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
}

/** Incompressible, so that it stays too large. The same every time. */
const noise = (): string => {
  let state = 1;
  return Array.from({ length: 130_000 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state.toString(36);
  }).join("");
};

export const makeCallback = ({
  id,
  contracts,
  payment = `charge-${id}`,
  nature = "genuine",
  variant = 0,
  type = "charge.succeeded",
  secondsLater = 0,
}: CallbackSpec): Callback => {
  const [contract, ...more] = contracts;
  const lines = contracts.length > 0 ? contracts : [payment];
  const body = Buffer.from(
    JSON.stringify({
      id,
      type: nature === "unparseable" ? "" : type,
      created: 1_795_176_000 + secondsLater,
      ...(more.length > 0 ? { contracts } : { contract }),
      charge: payment,
      amount: 1_000 + variant,
      currency: "jpy",
      ...(nature === "large" && { noise: noise() }),
    }),
  );
  return {
    name: `${id}${"'".repeat(variant)}`,
    id,
    contracts: nature === "unparseable" ? [] : lines,
    payment,
    namesContract: contracts.length > 0,
    nature,
    body,
    sha256: sha256(body),
    sentAt: (now) => ({
      ...sandbox.sign(body, { secrets: [nature === "forged" ? "somebody else's secret" : secret] }, now),
      source: "sandbox",
      url: "https://callbacks.example.com/callbacks/sandbox",
      sourceIp: "203.0.113.7",
    }),
  };
};

export const keyOf = ({ id }: Pick<Callback, "id">): string => `sandbox/${id}`;
