/** Doorbells that ring side by side: those of one group stay in one lane, in their order, so that none overtakes another. */
import type { Doorbell } from "./doorbell.ts";

/** As many calls to the queue as go on at a time. */
const lanes = 5;

export const inLanes = (bells: readonly Doorbell[]): readonly (readonly Doorbell[])[] => {
  const groups = [...Map.groupBy(bells, ({ group }) => group).values()];
  return [...Map.groupBy(groups.entries(), ([index]) => index % lanes).values()].map((lane) => lane.flatMap(([, some]) => some));
};
