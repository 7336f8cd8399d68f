/** Event times that gateways write as text. */
import type { Millis } from "../core/callback.ts";

/** Date, time and zone. Without a zone the machine's own would be assumed, and two machines would order a ledger differently. */
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/;

/** The moment an ISO 8601 text with a zone names, in whole milliseconds; undefined for anything else. */
export const instantOf = (text: unknown): Millis | undefined => {
  if (typeof text !== "string" || !instant.test(text)) return undefined;
  const millis = Date.parse(text);
  return Number.isFinite(millis) ? millis : undefined;
};
