/** `/_local/clock`: shows the stack's time, and takes the order to move it on. */
import type { Millis } from "../../core/callback.ts";
import { dayMs } from "../../core/durations.ts";
import { isoTime, readTime } from "../../core/formats/iso-time.ts";
import { numberAt, parseJson, textAt } from "../../core/formats/json.ts";
import type { StackClock } from "../clock/clock.ts";
import type { PageRequest } from "../front/front.ts";
import type { Advancing } from "./advance.ts";

/** A mistyped year would keep the stack busy for hours. */
const longestAdvanceMs = 3_660 * dayMs;

/** GET says where the clock is; POST `{"by": milliseconds}` or `{"to": ISO time}` begins an advance, and does not wait for its end. */
export const clockPage =
  (clock: StackClock, advancing: Advancing) =>
  ({ method, contentType, body }: PageRequest): unknown => {
    if (method !== "POST") return stateOf(clock, advancing);
    // A page in a browser cannot send this type to another site unasked.
    if (!contentType.startsWith("application/json")) return refusal(415, "Send application/json.");
    const now = clock.now();
    const to = momentIn(body, now);
    if (to === undefined) return refusal(400, 'Send {"by": milliseconds} or {"to": "2026-12-01T00:00:00Z"}.');
    if (to <= now) return refusal(400, `The clock is at ${isoTime(now)} and never goes back to ${isoTime(to)}.`);
    if (to - now > longestAdvanceMs) return refusal(400, `${isoTime(to)} is more than ten years away: advance by less.`);
    const other = advancing.underWay();
    if (other) return refusal(409, `The clock is being advanced to ${isoTime(other.to)}: wait until it is there.`);
    advancing.advanceTo(to).catch(() => {});
    return stateOf(clock, advancing);
  };

const refusal = (statusCode: number, message: string) => ({
  statusCode,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ message }),
});

const momentIn = (body: Uint8Array, now: Millis): Millis | undefined => {
  const asked = parseJson(body);
  const by = numberAt(asked, "by");
  return by === undefined ? readTime(textAt(asked, "to") ?? "") : Math.round(now + by);
};

const stateOf = (clock: StackClock, advancing: Advancing) => {
  const advance = advancing.underWay();
  return {
    now: isoTime(clock.now()),
    aheadMs: clock.aheadMs(),
    advancing: advance ? { from: isoTime(advance.from), to: isoTime(advance.to) } : null,
    failed: advancing.failed() ?? null,
  };
};
