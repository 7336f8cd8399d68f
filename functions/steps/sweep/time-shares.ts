/** How the sweep's steps divide its time: each has a share of what is left when its turn comes, and what it does not need goes to those after it. */

/** For the orderly end. */
const reserveMs = 10_000;
/** A step that has used up its share ends with the page it is at; one that hangs is ended. */
const lastPageMs = 3_000;

export interface TimeShare {
  /** Whether there is time for another page. */
  readonly hasTime: () => boolean;
  /** Until the step is ended, from now on. */
  readonly endsInMs: number;
}

/** @param of this step's share and those of all after it */
export const timeShareOf = (timeLeft: () => number, own: number, of: number): TimeShare => {
  const left = timeLeft();
  const mayUseMs = Math.max(0, left - reserveMs) * (own / of);
  return { hasTime: () => timeLeft() > left - mayUseMs, endsInMs: mayUseMs + lastPageMs };
};
