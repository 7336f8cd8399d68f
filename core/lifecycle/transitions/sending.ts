/** Of a record with several events: one after another is accepted, and what is left goes on in its next turn. */
import type { Millis } from "../../callback.ts";
import { withAccepted } from "../accepted.ts";
import type { PartlyDelivered, PartlyReadBack } from "../cause.ts";
import { factsOf } from "./facts-of.ts";
import { inItsLines, lostAfterMs } from "./rules.ts";
import { during, on } from "./transition.ts";

/** The one before it has no bearing on the next one's attempts. On its first turn the audit finds it; later it has to be due. */
export const accept = on("accept", (progress, event: string, now: Millis) => ({
  ...factsOf(progress),
  state: "applied",
  at: now,
  attempts: 0,
  accepted: withAccepted(progress.accepted, event),
  ...((progress.state !== "applied" || progress.dueAt !== undefined) && { dueAt: now + lostAfterMs }),
}));

export const acceptAfterAll = during("acceptAfterAll", (progress, event: string) => ({
  ...progress,
  accepted: withAccepted(progress.accepted, event),
}));

/** @param isRedelivered whether the queue brings its doorbell again; otherwise the sweep rings for it */
export const goOn = on("goOn", (progress, cause: PartlyDelivered | PartlyReadBack, isRedelivered: boolean, now: Millis) => ({
  ...inItsLines(progress),
  state: "ready",
  at: now,
  dueAt: now + (isRedelivered ? lostAfterMs : 0),
  cause,
}));
