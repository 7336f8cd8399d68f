/** What this run has released, and how fast that is taken. */
import type { Hold } from "../../../core/lifecycle/holds/hold.ts";
import { type InFlight, lookedAt, noneInFlight, roomFor, withReleased } from "../../../core/lifecycle/holds/in-flight.ts";
import { mostAtOnce, type Taken } from "../../../core/lifecycle/holds/release-pace.ts";
import type { Progress } from "../../../core/lifecycle/progress.ts";
import type { ReleaseDependencies } from "./dependencies.ts";

export interface Traffic {
  /** @param hold says what the last run knew */
  look(hold: Hold): Promise<Taken>;
  note(released: readonly Progress[]): void;
}

export const createTraffic = ({ open, clock }: ReleaseDependencies): Traffic => {
  let inFlight: InFlight | undefined;
  return {
    async look(hold) {
      inFlight ??= noneInFlight(hold, clock());
      // Those released first are taken first.
      const keys = inFlight.released.slice(0, mostAtOnce).map(({ key }) => key);
      const known = keys.length > 0 ? await open.of(keys, { consistent: false }) : new Map();
      inFlight = lookedAt(inFlight, new Map([...known].map(([key, { progress }]) => [key, progress])), clock());
      const { takenPerSecond, quickestMs } = inFlight;
      return { room: roomFor(inFlight), perSecond: takenPerSecond, quickestMs };
    },

    note(released) {
      if (inFlight) inFlight = withReleased(inFlight, released, clock());
    },
  };
};
