/** One order that was paid more than once: two payments, each of them good, of which a customer meant one. */

import { compareText } from "../text-order.ts";
import type { Charge } from "./charge.ts";

export interface PaidTwice {
  readonly order: string;
  /** The payments' ids, in the order of time. */
  readonly charges: readonly string[];
}

/** What is left of them is with the gateway. A payment that failed, was voided or has gone back in full is none. */
const stands = new Set<Charge["state"]>(["succeeded", "partly_refunded"]);

/** @param charges of one-off payments: a contract's renewals may all carry the order that it began with */
export const ordersPaidTwice = (charges: readonly Charge[]): readonly PaidTwice[] => {
  const standing = [...new Map(charges.filter(({ state }) => stands.has(state)).map((charge) => [charge.id, charge])).values()];
  const byTime = standing.toSorted((one, other) => one.at - other.at || compareText(one.id, other.id));
  return [...Map.groupBy(byTime, ({ order }) => order)].flatMap(([order, some]) =>
    order === undefined || some.length < 2 ? [] : [{ order, charges: some.map(({ id }) => id) }],
  );
};
