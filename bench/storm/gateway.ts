/**
 * The gateway in the storm: sends each callback until it is acknowledged, those of one contract one after another, as one that was not acknowledged
 * has no place in an order yet. Signs each attempt, as Stripe does.
 */
import { gateways } from "../../gateways/index.ts";
import { source } from "../payload.ts";
import type { Callback } from "./payload.ts";

export interface Gateway {
  /** Resolves with the acknowledgement. */
  send(callback: Callback): Promise<void>;
  /** When each was acknowledged, in that order. */
  readonly acknowledged: ReadonlyMap<string, number>;
  /** Answers other than the acknowledgement, and connections refused. */
  readonly failures: () => number;
}

/** Gateways wait for minutes or hours; this one is impatient, so that a storm ends soon. */
const retryMs = 1_000;

export const gatewayOf = (url: string, secret: string): Gateway => {
  const acknowledged = new Map<string, number>();
  const last = new Map<string, Promise<void>>();
  let failures = 0;

  const isAcknowledged = async ({ body }: Callback): Promise<boolean> => {
    const signed = gateways.stripe.sign(body, { secrets: [secret] }, Date.now());
    try {
      const { status } = await fetch(`${url}/callbacks/${source}`, { method: "POST", headers: signed.headers, body });
      return status === 200;
    } catch {
      return false;
    }
  };

  const untilAcknowledged = async (callback: Callback): Promise<void> => {
    while (!(await isAcknowledged(callback))) {
      failures++;
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
    acknowledged.set(callback.id, performance.now());
  };

  return {
    acknowledged,
    failures: () => failures,
    send(callback) {
      const sent = (last.get(callback.contract) ?? Promise.resolve()).then(() => untilAcknowledged(callback));
      last.set(callback.contract, sent);
      return sent;
    },
  };
};
