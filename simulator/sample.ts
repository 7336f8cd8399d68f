/** A sample for a first callback by hand, from a gateway's writer: its first payment. */

import { story } from "./callbacks.ts";
import type { Sample } from "./sample-shape.ts";

const dayMs = 86_400_000;

/** Happened within the day before `now`. Throws when the gateway never tells that a payment came in. */
export const toldBySimulator =
  (gateway: string): Sample =>
  ({ id, now, options }) => {
    const told = story(gateway, { story: "sign-up", seed: id, start: now - dayMs, options });
    const payment = told.find(({ tells }) => tells.includes("charge.succeeded"));
    if (!payment) throw new Error(`the simulator's ${gateway} never tells that a payment came in`);
    return payment.body;
  };
