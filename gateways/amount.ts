/** The amount of an event about money. */
import type { PaymentEvent } from "../core/event.ts";
import type { Money } from "../core/formats/money.ts";

/** The amount where the callback tells it; else the note that a read-back has to fill it in. */
export const amountFrom = (amount: Money | undefined): Pick<PaymentEvent, "amount" | "incomplete"> =>
  amount ? { amount } : { incomplete: ["amount"] };
