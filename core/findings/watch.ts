/** The time at which findings are asked for, which notes every moment that has not come yet: before the first of those nothing changes by time alone. */
import type { Millis } from "../callback.ts";

export interface Watch {
  /** Whether that moment has come. */
  reached(moment: Millis): boolean;
  /** The earliest moment that was asked for and has not come; undefined when there is none. */
  next(): Millis | undefined;
}

export const watchAt = (now: Millis): Watch => {
  let next: Millis | undefined;
  return {
    reached(moment) {
      if (moment <= now) return true;
      next = Math.min(next ?? moment, moment);
      return false;
    },
    next: () => next,
  };
};
