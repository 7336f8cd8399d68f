/** Turns a story into moments, with the ids of one gateway. The same seed gives the same moments, to the byte. */
import type { Millis } from "../core/callback.ts";
import type { Money } from "../core/formats/money.ts";
import type { Key, Moment } from "../gateways/moment.ts";
import type { Writer } from "../gateways/writer.ts";
import { createRandom, keyOf } from "./random.ts";
import type { Step, Story } from "./stories.ts";

interface Plan {
  readonly seed: string;
  /** Changes the ids, and nothing else. */
  readonly twin?: string;
  readonly start: Millis;
  /** The amount of each payment, unless a step names its own. */
  readonly amount: Money;
  /** The id of the story's first contract, instead of one made from the seed. */
  readonly contract?: string;
}

/** A moment, and when and how often the gateway reports it. */
export interface PlannedMoment {
  readonly moment: Moment;
  readonly sentAt: Millis;
  readonly times: number;
}

const dayMs = 86_400_000;
/** Far enough apart that no two moments of one day share a second. */
const stepMs = 97_000;
/** Lives begin at different times of the morning, or all of them would be reported within one second. */
const morningSeconds = 6 * 3_600;

export const planStory = (
  { steps }: Story,
  { ids, ownPayment = [], customerIsContract }: Omit<Writer, "scenes">,
  plan: Plan,
): readonly PlannedMoment[] => {
  const key = (...parts: readonly string[]): Key => keyOf([plan.seed, ...(plan.twin === undefined ? [] : [plan.twin]), ...parts].join("/"));
  const customer = customerIsContract && plan.contract !== undefined ? plan.contract : ids.customer(key("customer"));
  const payments = new Map<string, string[]>();
  const given = new Map<string, number>();
  const start = (Math.floor(plan.start / 1000) + Math.floor(createRandom(plan.seed)() * morningSeconds)) * 1000;

  return steps.map((step: Step, index): PlannedMoment => {
    const name = step.contract ?? "first";
    const contractKey = key("contract", name);
    const of = payments.get(name) ?? [];
    payments.set(name, of);
    const isPayment = step.payment !== undefined;
    const payment = step.payment ?? `step ${index}`;
    if (isPayment && !of.includes(payment)) of.push(payment);
    const cycle = isPayment ? of.indexOf(payment) + 1 : of.length;
    const paymentKey = ownPayment.includes(step.kind) ? key("payment", payment, String(index)) : key("payment", payment);
    const amount = { ...plan.amount, minor: step.amount ?? plan.amount.minor };
    const at = start + step.day * dayMs + index * stepMs;
    return {
      sentAt: start + (step.sentOnDay ?? step.day) * dayMs + index * stepMs,
      times: step.times ?? 1,
      moment: {
        kind: step.kind,
        id: key("moment", String(index)).text,
        at,
        customer,
        ...contractOf(name),
        charge: ids.charge(paymentKey, cycle === 1 && isPayment && name !== "none" ? contractKey : undefined),
        order: ids.order(paymentKey),
        amount,
        cycle,
        part: ids.part(step.kind === "refunded" ? key("refund", String(index)) : key("dispute", payment)),
        ...(step.kind === "refunded" && { refund: refundOf(step, payment, amount) }),
      },
    };
  });

  function contractOf(name: string): { readonly contract?: string } {
    if (customerIsContract) return { contract: customer };
    if (name === "none") return {};
    return { contract: name === "first" && plan.contract !== undefined ? plan.contract : ids.contract(key("contract", name)) };
  }

  function refundOf({ share = 1 }: Step, payment: string, amount: Money): NonNullable<Moment["refund"]> {
    const now = Math.round(amount.minor * share);
    const soFar = (given.get(payment) ?? 0) + now;
    given.set(payment, soFar);
    return { amount: { ...amount, minor: now }, soFar: { ...amount, minor: soFar }, isWhole: now === amount.minor };
  }
};
