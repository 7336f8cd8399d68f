/** When a gateway retries what was not acknowledged, and how much faster a rehearsal does. */
import { retryWaits } from "../gateways/facts.ts";
import type { Gateway } from "../gateways/index.ts";

/** Seconds from each attempt to the next, as the gateway's facts say. */
export const retrySchedule = ({ facts: { retries } }: Pick<Gateway, "facts">): readonly number[] =>
  retryWaits(typeof retries === "string" ? { unpublished: true } : retries);

/** A rehearsal cannot last three days: all retries together take this long. */
const rehearsalSeconds = 10;

/** How many gateway seconds pass per real second, so that a story takes seconds. Never slower than real time. */
export const defaultCompression = (schedule: readonly number[]): number =>
  Math.max(1, schedule.reduce((sum, wait) => sum + wait, 0) / rehearsalSeconds);
