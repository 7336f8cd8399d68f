/** Stripe signs the time, and `constructEvent` refuses what is older than 300 s (never what is in the future). */
import { agingOf } from "../kit/timestamped-signature.ts";
import { defaultToleranceSeconds, signature } from "./front.ts";

export const aging = agingOf(signature, defaultToleranceSeconds);
