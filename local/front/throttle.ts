/** A token bucket, as API Gateway throttles with. */

export interface Throttle {
  readonly ratePerSecond: number;
  readonly burst: number;
}

/** An account's own limit, which applies where the stage sets none. */
export const defaultThrottle: Throttle = { ratePerSecond: 10_000, burst: 5_000 };

/** @returns a function that takes a token, if there is one. `now` in milliseconds, never going back. */
export const createBucket = ({ ratePerSecond, burst }: Throttle): ((now: number) => boolean) => {
  let tokens = burst;
  let filledAt: number | undefined;
  return (now) => {
    tokens = Math.min(burst, tokens + ((now - (filledAt ?? now)) / 1000) * ratePerSecond);
    filledAt = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
};
