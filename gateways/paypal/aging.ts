/** PayPal signs the time of the transmission. No library of its own looks at it, and no tolerance is published. */
import type { Aging } from "../../core/delivery/aging.ts";

export const aging: Aging = {
  cannotResign:
    "PayPal signs with the key of its certificate, which only PayPal has: give the source a target without `resign`, and have the application verify the signature without looking at PAYPAL-TRANSMISSION-TIME, or take `signed` messages",
};
