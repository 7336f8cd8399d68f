/** While the circuit breaker holds: when a record is tried, and which one. Another each time: what fails may be the record, not the target. */
import type { Millis } from "../../callback.ts";
import type { RetryConfig } from "../../config/config.ts";
import { minuteMs, secondMs } from "../../durations.ts";
import { compareText } from "../../ledger/text-order.ts";
import type { RecordKey } from "../../record.ts";
import { isIn, type Progress } from "../progress.ts";
import { ceilingMs } from "../retry.ts";
import type { Hold, HoldChange } from "./hold.ts";

/** The longer it has lasted, the less often: it is noticed within an eighth of its time, and within a minute at most, when it is over. */
const shortestIntervalMs = 2 * secondMs;
const longestIntervalMs = minuteMs;
const part = 8;

/** A probe whose result is not known by then is assumed lost; the sweep rings for it again. */
const lostAfterMs = minuteMs;

/** `tried`: the progress of the record that was tried last, if it has any yet. */
export const isProbeDue = (hold: Hold, tried: Progress | undefined, now: Millis): boolean => {
  const agoMs = now - (hold.probedAt ?? hold.since);
  // The clock was set back.
  if (agoMs < 0) return true;
  if (hold.probe !== undefined && isInFlight(tried)) return agoMs >= lostAfterMs;
  return agoMs >= Math.min(longestIntervalMs, Math.max(shortestIntervalMs, (now - hold.since) / part));
};

/** Its result is not known yet. One that failed waits again, or is dead. */
const isInFlight = (tried: Progress | undefined): boolean => !tried || isIn(tried, ["stored", "applied", "ready"]);

export const probing = (hold: Hold, key: RecordKey, from: { readonly probeFrom?: Millis }, now: Millis): HoldChange => {
  const { probeFrom: _, ...rest } = hold;
  return { ...rest, ...from, probe: key, probedAt: now };
};

/**
 * Those that may be tried, the best first: with the fewest attempts, then of other events than the one tried last and of another
 * contract, then as they were stored. A record is tried no more often than its own retries would try it, so that an outage costs it
 * nothing that it would not have cost without the breaker.
 */
export const rankProbes = (
  held: readonly Progress[],
  tried: Progress | undefined,
  { retry, now, probedAt }: { readonly retry: RetryConfig; readonly now: Millis; readonly probedAt?: Millis | undefined },
): readonly Progress[] =>
  held
    .filter(({ attempts, at }) => attempts === 0 || restedMs(at, probedAt, now) >= ceilingMs(retry, attempts))
    .map((progress) => ({ progress, likeness: likeness(progress, tried) }))
    .sort(
      (one, other) =>
        one.progress.attempts - other.progress.attempts ||
        one.likeness - other.likeness ||
        compareText(one.progress.order, other.progress.order),
    )
    .map(({ progress }) => progress);

/**
 * How long it has not been tried. If consume's clock is ahead of ours, `at` says nothing, so it counts from our last probe of any record. A
 * `probedAt` in the future means that our own clock was set back since: it is tried at once.
 */
const restedMs = (at: Millis, probedAt: Millis | undefined, now: Millis): number => {
  if (at <= now) return now - at;
  return probedAt !== undefined && probedAt <= now ? now - probedAt : Number.POSITIVE_INFINITY;
};

/** How much it has in common with the one tried last. */
const likeness = ({ types, contracts, source }: Progress, tried: Progress | undefined): number => {
  if (!tried) return 0;
  const isLike = (types ?? []).some((type) => tried.types?.includes(type));
  const isSameContract = source === tried.source && contracts.some((contract) => tried.contracts.includes(contract));
  return (isLike ? 2 : 0) + (isSameContract ? 1 : 0);
};
