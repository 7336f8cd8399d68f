/** The order of events: the gateway's own time, and between equal times what the events mean. The same for every reader. */
import type { EventType, PaymentEvent } from "../event.ts";
import { compareText } from "./text-order.ts";

/** Gateways that send whole seconds report several steps within one; they come in the order in which they happen to a payment or a contract. */
const steps: Partial<Record<EventType, number>> = {
  "charge.authorized": 1,
  "charge.failed": 2,
  "charge.succeeded": 3,
  "charge.voided": 4,
  "refund.pending": 5,
  "charge.refunded": 6,
  "refund.failed": 7,
  "dispute.opened": 8,
  "dispute.won": 9,
  "dispute.lost": 9,
  "contract.started": 1,
  "contract.renewed": 2,
  "contract.resumed": 2,
  "contract.past_due": 3,
  "contract.paused": 4,
  "contract.cancelled": 5,
  "contract.expired": 6,
  "contract.replaced": 7,
};

/** Between equals in time and meaning the larger amount comes later, as a running total does; then the id decides. */
export const byEventTime = (one: PaymentEvent, other: PaymentEvent): number =>
  one.occurredAt - other.occurredAt ||
  (steps[one.type] ?? 0) - (steps[other.type] ?? 0) ||
  (one.amount?.minor ?? 0) - (other.amount?.minor ?? 0) ||
  compareText(one.id, other.id);
