/** What a handler is given beside its event. */
import type { Report } from "./log.ts";

export interface Invocation {
  /** Milliseconds until Lambda ends it. */
  timeLeft(): number;
  /** Aborted while there is still time to save what became of the work that it ends. Nothing that waits for others is begun after that. */
  readonly signal: AbortSignal;
  readonly report: Report;
}
