/** Every difference of money between the exports and the records: what stands on one side only, what both have unequally, and what came late. */
import type { Matching } from "../match/match.ts";
import type { Sides } from "../match/match-state.ts";
import { cameLate } from "./came-late.ts";
import { byMeaning, type Difference } from "./difference.ts";
import { givenBack } from "./given-back.ts";
import type { DifferenceSettings } from "./make-difference.ts";
import { openLines, openMovements } from "./open-lines.ts";
import { repeatedLines, unequalAmounts } from "./unequal.ts";

/** Sorted. */
export const differencesOf = (sides: Sides, matching: Matching, settings: DifferenceSettings): readonly Difference[] => {
  const otherwise = new Set<number>();
  return [
    ...openLines(sides, matching, settings, otherwise),
    ...openMovements(sides, matching, settings, otherwise),
    ...unequalAmounts(sides, matching, settings),
    ...repeatedLines(sides, matching, settings),
    ...givenBack(sides, matching, settings),
    ...cameLate(sides, matching, settings),
  ].sort(byMeaning);
};
