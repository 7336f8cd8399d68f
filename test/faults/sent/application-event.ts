/** An application event: of two that say the same, the header alone says that they are two. */
import { keysOf, signatureOver } from "../../../gateways/standard-webhooks/front.ts";
import { sha256 } from "../run/effects.ts";
import { type Callback, makeCallback, secret } from "./callbacks.ts";

export interface ApplicationEventSpec {
  /** Of the message. */
  readonly id: string;
  readonly account: string;
  readonly contract: string;
}

/** Entered into the ledger beside the contract's events, and delivered nowhere. */
export const makeApplicationEvent = ({ id, account, contract }: ApplicationEventSpec): Callback => {
  const price = { minor: 1_000, currency: "JPY" };
  const data = { account, source: "sandbox", contract, plan: "basic", price, interval: "month" };
  const body = Buffer.from(JSON.stringify({ type: "entitlement.granted", timestamp: "2026-11-20T12:00:00Z", data }));
  const callback = makeCallback({ id, source: "app", contracts: [] });
  return {
    ...callback,
    contracts: [],
    payment: "",
    body,
    sha256: sha256(body),
    sentAt(now) {
      const { timestamp, signature } = signatureOver({ id, body, now }, keysOf(secret, {}));
      const headers = { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature };
      return { ...callback.sentAt(now), headers: { "content-type": "application/json", ...headers }, body };
    },
  };
};
