/** The events of one callback, each with an id of its own. */
import type { PaymentEvent } from "../core/event.ts";

/** The first has the callback's identity, the further ones `#2`, `#3` ... behind it: stable as long as the gateway's order is. */
export const numbered = (identity: string, events: readonly Omit<PaymentEvent, "id">[]): readonly PaymentEvent[] =>
  events.map((event, index) => ({ id: index === 0 ? identity : `${identity}#${index + 1}`, ...event }));
