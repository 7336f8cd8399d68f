/**
 * A record that crashes consume leaves no trace but a doorbell that is redelivered, as does one whose stores refuse. So from the
 * fourth time on its turn is noted before it begins; a turn that ends, even with an unknown error, is no crash.
 */
import type { Progress } from "./progress.ts";

/** Redeliveries are common, and a note costs a write. */
const notedFromReceive = 4;
/** As many turns in a row, each alone in its process. */
const crashes = 5;

export type Turn =
  | "as usual"
  /** Its last turn did not end: it is answered when nothing else is, so that no other record is taken for the one that crashed. */
  | "alone"
  | "crashed";

export const turnOf = ({ turnsNotEnded = 0 }: Pick<Progress, "turnsNotEnded">): Turn =>
  turnsNotEnded === 0 ? "as usual" : turnsNotEnded < crashes ? "alone" : "crashed";

/** @param receives how often the queue has handed its doorbell out */
export const isNoted = (receives: number): boolean => receives >= notedFromReceive;
