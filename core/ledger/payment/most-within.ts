/** How often a card was checked within a stretch of time. */
import type { Millis } from "../../callback.ts";

/** How many of these moments lie within one period of that length, at most. @param times sorted */
export const mostWithin = (times: readonly Millis[], length: Millis): number => {
  let [most, from] = [0, 0];
  for (const [to, at] of times.entries()) {
    while (at - (times[from] as Millis) >= length) from++;
    most = Math.max(most, to - from + 1);
  }
  return most;
};
