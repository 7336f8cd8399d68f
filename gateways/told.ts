/** For gateways whose meanings fill a file of their own. */
import type { PaymentEvent } from "../core/event.ts";

/** What one event says by itself; its id, its time and the gateway's name for it come from the callback as a whole. */
export type Told = Omit<PaymentEvent, "id" | "gatewayType" | "occurredAt">;
