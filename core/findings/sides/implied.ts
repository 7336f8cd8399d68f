/**
 * What an accepted delivery says in the place of an application that says nothing itself (R-APP-3): whoever takes the start of a contract, or its
 * first payment, entitles from that moment, and whoever takes its end or its pause does so no longer. By the event's own time, so that neither a
 * replay nor the order of deliveries changes it.
 */
import type { EntitlementGranted, EntitlementRevoked, RevocationReason } from "../../application/event.ts";
import type { EventType } from "../../event.ts";
import type { Entry } from "../../ledger/entry.ts";
import { ledgerId } from "../../ledger-id.ts";
import type { RecordKey } from "../../record.ts";

const revoking: Partial<Record<EventType, RevocationReason>> = {
  "contract.cancelled": "cancelled",
  "contract.expired": "cancelled",
  "contract.replaced": "plan_change",
  "contract.paused": "paused",
};

const granting: ReadonlySet<EventType> = new Set<EventType>(["contract.started", "contract.resumed"]);

/** A payment entitles where nothing was said before: after an end it is no new beginning (R-STATE-1). */
const paying: ReadonlySet<EventType> = new Set<EventType>(["charge.succeeded", "contract.renewed"]);

export const isStateWord = ({ event: { type } }: Pick<Entry, "event">): boolean => granting.has(type) || revoking[type] !== undefined;

export const isPaymentWord = ({ event: { type } }: Pick<Entry, "event">): boolean => paying.has(type);

/** @param entries of one contract's line, in the order of time */
export const impliedBy = (
  { source, contract }: { readonly source: string; readonly contract: string },
  entries: readonly Entry[],
  accepted: ReadonlySet<RecordKey>,
): readonly (EntitlementGranted | EntitlementRevoked)[] => {
  const standings: (EntitlementGranted | EntitlementRevoked)[] = [];
  for (const { event, record } of entries) {
    const { id, type, occurredAt } = event;
    if (!accepted.has(record) || (!paying.has(type) && (event.contract === undefined || ledgerId(event.contract) !== contract))) continue;
    // Nobody has said whose it is, nor for which plan.
    const named = { id, occurredAt, receivedAt: occurredAt, account: "", source, contract };
    const reason = revoking[type];
    if (reason) standings.push({ ...named, type: "entitlement.revoked", reason });
    else if (granting.has(type) || (paying.has(type) && standings.length === 0))
      standings.push({ ...named, type: "entitlement.granted", plan: "" });
  }
  return standings;
};
