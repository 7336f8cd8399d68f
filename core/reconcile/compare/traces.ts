/** What callbacks say that are no part of the ledger: in quarantine, dead or not yet understood. By the ids that they name. */

import type { Cause } from "../../difference/axes.ts";
import type { MovementType } from "../../difference/movement-type.ts";
import type { PaymentEvent } from "../../event.ts";
import { paymentIds } from "../../ledger/payment/payment-ids.ts";
import { ledgerId } from "../../ledger-id.ts";
import type { RecordKey } from "../../record.ts";

export interface Trace {
  readonly cause: Extract<Cause, "sent, not received" | "received, not processed">;
  readonly record: RecordKey;
}

export interface Traces {
  /** Of a movement, by any of its ids. */
  find(type: MovementType | "contract", ids: readonly string[]): Trace | undefined;
}

const movementOf = (event: PaymentEvent): MovementType | "contract" | undefined => {
  switch (event.type) {
    case "charge.succeeded":
      return "charge";
    case "charge.failed":
      return "failure";
    case "charge.voided":
      return "void";
    case "charge.refunded":
      return "refund";
    case "refund.failed":
      return "refund failed";
    case "dispute.opened":
    case "dispute.lost":
      return "chargeback";
    case "dispute.won":
      return "chargeback reversed";
    default:
      return event.type.startsWith("contract.") ? "contract" : undefined;
  }
};

/** Letters and digits as ids have them; what parts them in JSON, forms and XML is none. */
const wordsOf = (text: string): readonly string[] => text.match(/[\p{L}\p{N}_#.:-]{3,200}/gu) ?? [];

/** Collects them in any order; of several for one thing the one with the smallest key counts, and a record more than a callback in quarantine. */
/** @param wanted ids that a trace is looked for; what names none of them is not kept */
export const createTraces = (wanted: ReadonlySet<string>) => {
  const found = new Map<string, Trace>();
  const weight = ({ cause, record }: Trace): string => `${cause === "received, not processed" ? 0 : 1} ${record}`;
  const note = (type: MovementType | "contract" | "any", id: string, trace: Trace): void => {
    if (!wanted.has(id)) return;
    const key = keyOf(type, id);
    const known = found.get(key);
    if (!known || weight(trace) < weight(known)) found.set(key, trace);
  };
  return {
    /** By what its callback says. */
    add(trace: Trace, events: readonly PaymentEvent[]): void {
      for (const event of events) {
        const type = movementOf(event);
        if (type === undefined) continue;
        const names = type === "contract" ? [event.contract] : [...paymentIds(event), event.refund, event.dispute, event.order];
        for (const id of names) if (id !== undefined) note(type, ledgerId(id), trace);
      }
    },
    /** Of a callback that cannot be understood, or not be verified: by every word of its text. */
    addText(trace: Trace, text: string): void {
      for (const word of wordsOf(text)) note("any", word, trace);
    },
    traces: (): Traces => ({
      find: (type, ids) => ids.map((id) => found.get(keyOf(type, id)) ?? found.get(keyOf("any", id))).find((trace) => trace !== undefined),
    }),
  };
};

const keyOf = (type: string, id: string): string => `${type} ${id}`;

export const noTraces: Traces = { find: () => undefined };
