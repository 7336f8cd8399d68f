/** The payments of one line of the ledger as the comparison needs them, as of a moment: a pure function of what stands there. */
import type { Millis } from "../../callback.ts";
import { hourMs, minuteMs } from "../../durations.ts";
import type { EventType } from "../../event.ts";
import type { Money } from "../../formats/money.ts";
import type { Entry } from "../../ledger/entry.ts";
import { balance } from "../../ledger/ledger.ts";
import type { Charge } from "../../ledger/payment/charge.ts";
import { paymentIds } from "../../ledger/payment/payment-ids.ts";
import { total } from "../../ledger/sums.ts";
import { ledgerId } from "../../ledger-id.ts";
import { isFoundKey, type RecordKey } from "../../record.ts";
import type { OurMovement, OurPayment } from "../sides/our-side.ts";

/** In the ledger later than this after its own time: processed late (R-REC-1). */
export const longestInTime = 24 * hourMs;

/**
 * A callback may say a time that is seconds or minutes after the export's, or none but that of its arrival: the last line of a file would be taken for
 * one that was never sent. What was taken so soon after is matched with a line, and is not expected to have one.
 */
const apartMs = 15 * minuteMs;
const isTaking: ReadonlySet<EventType> = new Set<EventType>(["charge.succeeded", "charge.failed"]);

export interface OurView {
  /** What happened then or later is as if it had not been reported (R-REC-2). */
  readonly asOf: Millis;
  /** Whether a record is dead, waits or is held. */
  readonly isWaiting: (record: RecordKey) => boolean;
}

/** @param entries of one line */
export const ourPaymentsOf = (
  source: string,
  line: string,
  entries: readonly Entry[],
  { asOf, isWaiting }: OurView,
): readonly OurPayment[] => {
  const known = entries.filter(({ event }) => event.occurredAt < asOf || (isTaking.has(event.type) && event.occurredAt < asOf + apartMs));
  const { charges } = balance(source, line, known);
  const later = entries.filter(({ event }) => event.occurredAt >= asOf && event.type === "charge.refunded");
  return charges.map((charge) => {
    const refundedLater = later.length === 0 ? [] : goneBackAfter(charge, later, (until) => balance(source, line, until), known);
    return { ...paymentOf(charge, known, isWaiting), ...(refundedLater.length > 0 && { refundedLater }) };
  });
};

/** After each refund that came later. A column that says how much has gone back says it as of when its file was fetched, whatever its lines are from. */
const goneBackAfter = (
  { ids }: Charge,
  later: readonly Entry[],
  balanceOf: (entries: readonly Entry[]) => Pick<ReturnType<typeof balance>, "charges">,
  known: readonly Entry[],
): readonly number[] => {
  const names = new Set(ids);
  const own = later.filter(({ event }) => paymentIds(event).some((id) => names.has(id)));
  const moments = [...new Set(own.map(({ event }) => event.occurredAt))];
  return moments.flatMap((moment) => {
    const { charges } = balanceOf([...known, ...own.filter(({ event }) => event.occurredAt <= moment)]);
    return charges.find((one) => one.ids.some((id) => names.has(id)))?.refunded?.minor ?? [];
  });
};

const paymentOf = (charge: Charge, entries: readonly Entry[], isWaiting: OurView["isWaiting"]): OurPayment => {
  const ids = new Set(charge.ids);
  const about = entries.filter(({ event }) => paymentIds(event).some((id) => ids.has(id)));
  const last = <Value>(of: (entry: Entry) => Value | undefined): Value | undefined =>
    about.map(of).findLast((value) => value !== undefined);
  const contract = last(({ event }) => event.contract);
  const customer = last(({ event }) => event.customer);
  const order = last(({ event }) => event.order);
  return {
    ids: charge.ids,
    ...(contract !== undefined && { contract: ledgerId(contract) }),
    ...(customer !== undefined && { customer: ledgerId(customer) }),
    ...(order !== undefined && { order: ledgerId(order) }),
    state: charge.state,
    movements: [...takenBy(charge, about, isWaiting), ...failuresOf(charge, about), ...backBy(charge), ...disputesOf(charge)],
  };
};

/** What was taken, part by part where it was taken in parts that add up to the whole. */
const takenBy = (charge: Charge, about: readonly Entry[], isWaiting: OurView["isWaiting"]): readonly OurMovement[] => {
  const { amount, state } = charge;
  const first = about.find(({ event }) => event.type === "charge.succeeded");
  if (state === "voided") return [{ type: "void", amount, at: charge.at, isOptional: true }];
  if (state === "failed" || state === "authorized" || !first) return [];
  const parts = charge.parts.filter((part) => part.state === "succeeded" && part.amount !== undefined);
  const sum = total(parts.map((part) => part.amount));
  if (parts.length > 1 && sum && sum.minor === amount?.minor)
    return parts.map((part) => ({
      type: "charge",
      amount: part.amount,
      at: part.at,
      reference: ledgerId(part.id),
      ...told(about, isWaiting, part.id),
    }));
  return [{ type: "charge", amount, at: first.event.occurredAt, ...told(about, isWaiting) }];
};

/** Each attempt, also of a payment that succeeded in the end: an export may list them all, and no export has to. */
const failuresOf = ({ amount }: Charge, about: readonly Entry[]): readonly OurMovement[] => {
  const attempts = new Map(
    about.flatMap(({ event }) => (event.type === "charge.failed" ? [[event.part ?? event.occurredAt, event] as const] : [])),
  );
  return [...attempts.values()].map(
    (event): OurMovement => ({ type: "failure", amount: event.amount ?? amount, at: event.occurredAt, isOptional: true }),
  );
};

/** How late the first word of it came, where that is known; and where all that reported it waits, one of those records. */
const told = (about: readonly Entry[], isWaiting: OurView["isWaiting"], part?: string): Pick<OurMovement, "late" | "waiting"> => {
  const taken = about.filter(({ event }) => event.type === "charge.succeeded" && (part === undefined || event.part === part));
  // What was found in an export has not come late: it was never sent.
  const heard = taken.flatMap(({ event, record, heardAt }) =>
    isFoundKey(record) ? [0] : heardAt === undefined ? [] : [heardAt - event.occurredAt],
  );
  const least = heard.length > 0 ? heard.reduce((one, other) => Math.min(one, other)) : 0;
  const [waiting] = taken.every(({ record }) => isWaiting(record)) ? taken.map(({ record }) => record).sort() : [];
  return { ...(least > longestInTime && { late: least }), ...(waiting !== undefined && { waiting }) };
};

/** Refunds by their ids, and what a running total says beyond them. */
const backBy = ({ refunds, refunded }: Charge): readonly OurMovement[] => {
  const named = refunds.filter(({ id, state }) => id !== undefined && state === "done");
  const rest = refunded
    ? refunded.minor -
      (total(
        named.map(({ amount }) => amount),
        refunded.currency,
      )?.minor ?? 0)
    : 0;
  const running = refunds.findLast(({ id, state }) => id === undefined && state === "done");
  return [
    ...named.map(({ id, amount, at }): OurMovement => ({ type: "refund", amount, at, reference: ledgerId(id as string) })),
    ...refunds.flatMap(({ id, state, amount, at }): OurMovement[] =>
      id !== undefined && state === "failed" ? [{ type: "refund failed", amount, at, reference: ledgerId(id), isOptional: true }] : [],
    ),
    ...(rest > 0 && running ? [{ type: "refund" as const, amount: { ...(refunded as Money), minor: rest }, at: running.at }] : []),
  ];
};

/** Its opening took the money, unless it was an inquiry; who won it is known at its end. */
const disputesOf = ({ disputes }: Charge): readonly OurMovement[] =>
  disputes.flatMap(({ id, state, amount, at }): OurMovement[] => {
    const reference = id === undefined ? {} : { reference: ledgerId(id) };
    return [
      { type: "chargeback", amount, at, ...reference, ...(state !== "lost" && { isOptional: true as const }) },
      ...(state === "won" ? [{ type: "chargeback reversed" as const, amount, at, ...reference, isOptional: true as const }] : []),
    ];
  });
