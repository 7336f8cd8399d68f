/** The release, broken. */
import { intact, type Mutant } from "../run/mutant.ts";

/** Sees nothing but the one that has waited longest. */
export const sameRecordTried: Mutant = {
  ...intact,
  release: (steps) => ({
    ...steps,
    open: {
      ...steps.open,
      async *keys(kind, period) {
        for await (const one of steps.open.keys(kind, { ...period, from: 0 })) {
          yield one;
          return;
        }
      },
    },
  }),
};

export const rateIgnored: Mutant = {
  ...intact,
  release: (steps) => ({
    ...steps,
    holds: {
      ...steps.holds,
      async current(target) {
        const hold = await steps.holds.current(target);
        return hold?.ratePerSecond === undefined ? hold : { ...hold, ratePerSecond: 100 };
      },
    },
  }),
};
