/** Sandbox signs the time as Stripe does. */
import { agingOf } from "../kit/timestamped-signature.ts";
import { defaultToleranceSeconds, signature } from "./front.ts";

export const aging = agingOf(signature, defaultToleranceSeconds);
