/** Disputes of payments: each is a register, and what a lost one took back is a sum of its own. */
import type { PaymentEvent } from "../../event.ts";
import type { Money } from "../../formats/money.ts";
import { total } from "../sums.ts";
import type { Refund } from "./refunds.ts";

export interface Dispute {
  /** The gateway's id, where it names one. A payment has one dispute without a name. */
  readonly id?: string;
  readonly state: "opened" | "won" | "lost";
  readonly amount?: Money;
  /** Of a lost one what it took back, beside the refunds. */
  readonly tookBack?: Money;
  readonly at: number;
  readonly reason?: string;
}

const states = { "dispute.opened": "opened", "dispute.won": "won", "dispute.lost": "lost" } as const;

const isDispute = (event: PaymentEvent): event is PaymentEvent & { readonly type: keyof typeof states } =>
  Object.hasOwn(states, event.type);

/**
 * Those of one payment, in whatever order their events came, and even when the opening of one was never reported.
 * @param events of one payment, in the order of time
 */
export const disputesOf = (
  events: readonly PaymentEvent[],
  charged: Money | undefined,
  refunds: readonly Refund[] = [],
): readonly Dispute[] => {
  const about = events.filter(isDispute);
  const names = new Set(about.flatMap(({ dispute }) => dispute ?? []));
  // One that is named in some of its events only is not two.
  const [only] = names.size === 1 ? names : [];
  return [...Map.groupBy(about, ({ dispute }) => dispute ?? only)].map(([id, some]) => {
    const last = some.at(-1) as (typeof some)[number];
    const amount = some.findLast((event) => event.amount !== undefined)?.amount ?? charged;
    const reason = some.findLast((event) => event.reason !== undefined)?.reason;
    const state = states[last.type];
    return {
      ...(id !== undefined && { id }),
      state,
      ...(amount && { amount }),
      ...(amount && state === "lost" && { tookBack: beside(refunds, amount, some) }),
      at: last.occurredAt,
      ...(reason !== undefined && { reason }),
    };
  });
};

/**
 * Where the gateway says only that a dispute is lost, the money may have gone back by a refund since it was opened, which counts as
 * one. A reversal that is reported says that it did not.
 */
const beside = (refunds: readonly Refund[], amount: Money, events: readonly PaymentEvent[]): Money => {
  const [first] = events;
  if (!first || events.some(({ type, orRefunded }) => type === "dispute.lost" && !orRefunded)) return amount;
  const since = first.type === "dispute.lost" ? Number.NEGATIVE_INFINITY : first.occurredAt;
  const parts = new Set(events.flatMap(({ part }) => part ?? []));
  const explaining = refunds.filter(({ state, at, part }) => state === "done" && at >= since && isOfAny(parts, part));
  const refunded = total(
    explaining.map((refund) => refund.amount),
    amount.currency,
  );
  return { ...amount, minor: Math.max(0, amount.minor - (refunded?.minor ?? 0)) };
};

/** Where either does not say of which part it is, it may be of any. */
const isOfAny = (parts: ReadonlySet<string>, part: string | undefined): boolean =>
  part === undefined || parts.size === 0 || parts.has(part);

/** How many disputes there are of which no payment is known: a close without a name may be that of any that was opened. */
export const looseDisputes = (events: readonly PaymentEvent[]): number => {
  const named = new Set<string>();
  let [opened, closed] = [0, 0];
  for (const { type, dispute } of events.filter(isDispute)) {
    if (dispute !== undefined) named.add(dispute);
    else if (type === "dispute.opened") opened++;
    else closed++;
  }
  return named.size + Math.max(opened, closed);
};
