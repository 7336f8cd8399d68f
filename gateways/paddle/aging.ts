/** Paddle signs the time, and its SDK refuses what is older than 5 s: nearly everything that is not delivered at once. */
import { agingOf } from "../kit/timestamped-signature.ts";
import { defaultToleranceSeconds, signature } from "./front.ts";

export const aging = agingOf(signature, defaultToleranceSeconds);
