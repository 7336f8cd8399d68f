/** What an export proves and no callback has said, entered through the normal path: as records, in the order of time. Entering it twice changes nothing. */
import { targetOf } from "../core/config/of-config.ts";
import { passesThrough } from "../core/config/target.ts";
import { Failure } from "../core/failure.ts";
import type { Money } from "../core/formats/money.ts";
import { ledgerId } from "../core/ledger-id.ts";
import type { Comparison } from "../core/reconcile/compare/comparison.ts";
import { isRunningTotal, type Recovery, type RefundedSoFar, recoveryOf } from "../core/reconcile/recovery/found-events.ts";
import { foundRecord } from "../core/reconcile/recovery/found-record.ts";
import type { ReconciliationRun } from "../core/reconcile/run.ts";
import { inGroups } from "../core/sequences.ts";
import { placeInLine } from "../io/ledger/place-in-line.ts";
import { prepareItem } from "../io/records/record.ts";
import type { ReconcileStores } from "./stores.ts";

const together = 16;

/** Of each payment of which the export has refunds without names. */
export const refundedSoFar = async (
  { ledger }: Pick<ReconcileStores, "ledger">,
  { source, differences }: Pick<Comparison, "source" | "differences">,
): Promise<RefundedSoFar> => {
  const refunded = new Map<string, Money>();
  const payments = new Set(differences.filter(isRunningTotal).map(({ names }) => names.payment[0] ?? ""));
  for (const some of inGroups([...payments], together))
    await Promise.all(
      some.map(async (payment) => {
        const known = await ledger.contract(source, payment);
        const money = known?.charges.find(({ ids }) => ids.includes(ledgerId(payment)))?.refunded;
        if (money) refunded.set(payment, money);
      }),
    );
  return refunded;
};

/** @throws {Failure} when it is to be delivered, and cannot be */
export const planRecovery = (
  { config }: Pick<ReconcileStores, "config">,
  { source, asOf, differences }: Comparison,
  { deliver, refunded }: { readonly deliver: boolean; readonly refunded: RefundedSoFar },
): Recovery => {
  if (deliver && passesThrough(targetOf(config, source)))
    throw new Failure(
      `The target of ${source} is sent the gateway's own callbacks, and of what is found in an export there is none: leave --deliver out, and tell the application by hand. Nothing was changed.`,
      "usage",
    );
  return recoveryOf(differences, { asOf, refunded });
};

export interface Entered {
  readonly entered: number;
  /** They were there. */
  readonly before: number;
}

/** Throws when the table cannot be written; repeating it goes on. */
export const enterFound = async (
  stores: Pick<ReconcileStores, "record" | "bodies" | "config" | "ledger" | "gateways" | "audit" | "clock">,
  { events }: Recovery,
  run: ReconciliationRun,
  { by, deliver }: { readonly by: string; readonly deliver: boolean },
): Promise<Entered> => {
  const { record, bodies, config, audit, clock } = stores;
  const { source, id } = run;
  const findGateway = await stores.gateways();
  const gateway = config.sources[source]?.gateway ?? "";
  const now = clock();
  const found = { run: id, by, isToBeDelivered: deliver };
  await audit.note({
    at: now,
    by,
    what: "recover",
    to: source,
    why: `${events.length} events found in the exports of run ${id}${deliver ? ", to be delivered" : ""}`,
  });
  const ordered = events.toSorted((one, other) => one.occurredAt - other.occurredAt);
  let entered = 0;
  // One after another, each with a place of its own: the records of a contract are delivered in the order in which it happened.
  for (const [index, event] of ordered.entries()) {
    const one = foundRecord(event, { source, gateway, found, now, orderedAt: now - ordered.length + index });
    const { kind } = await record(await prepareItem(one, bodies, config));
    if (kind === "new") entered++;
    if (deliver && (kind === "new" || kind === "duplicate")) await placeInLine({ ...stores, findGateway }, one);
  }
  return { entered, before: events.length - entered };
};
