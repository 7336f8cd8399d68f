/** Whether today's digest is still to be sent: once a day, whichever sweep comes first, and whatever dies on the way. */
import type { Millis } from "../../callback.ts";
import { hourMs, minuteMs } from "../../durations.ts";
import { dayOf } from "../../formats/iso-time.ts";

/** What became of the last one. It is written down before the digest is sent and again afterwards, each on what was read before. */
export interface DigestDay {
  /** Begins at the configuration's hour. */
  readonly day: string;
  /** `being sent`: one sweep has taken it upon itself. `refused`: nothing was sent. */
  readonly state: "nothing open" | "being sent" | "refused" | "sent";
  readonly at: Millis;
  /** A sweep before had taken it upon itself and died, or never learned whether it was sent. */
  readonly isUncertain?: true;
}

export type DigestStep =
  | { readonly kind: "done" }
  | { readonly kind: "note"; readonly next: DigestDay }
  | { readonly kind: "send"; readonly next: DigestDay };

/** Longer than a sweep lives: what it has not finished by then, it never will. */
const takeoverMs = 5 * minuteMs;

/** @param hour of UTC, from which on a day's digest is sent @param open how many findings are */
export const digestStep = (
  known: DigestDay | undefined,
  hour: number,
  { now, open }: { readonly now: Millis; readonly open: number },
): DigestStep => {
  const day = dayOf(now - hour * hourMs);
  // A clock that was ahead has sent it.
  if (known && known.day > day) return { kind: "done" };
  if (known?.day !== day) {
    if (open === 0) return { kind: "note", next: { day, state: "nothing open", at: now } };
    return { kind: "send", next: { day, state: "being sent", at: now } };
  }
  if (known.state === "sent" || known.state === "nothing open") return { kind: "done" };
  if (known.state === "being sent" && now - known.at < takeoverMs) return { kind: "done" };
  const isUncertain = known.isUncertain === true || known.state === "being sent";
  return { kind: "send", next: { day, state: "being sent", at: now, ...(isUncertain && { isUncertain }) } };
};
