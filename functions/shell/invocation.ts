/** What a handler gets besides its event. */
import type { Report } from "./log.ts";

export interface Invocation {
  /** Milliseconds until Lambda ends it. */
  timeLeft(): number;
  /** Aborted while there is still time to save the outcome of the work that it ends. Nothing that waits for others starts after that. */
  readonly signal: AbortSignal;
  readonly report: Report;
}
