/**
 * Counting open findings in rounds: a bounded number of them at a time, going on where the last run ended, so that a million cost each run as
 * much as a thousand. What is reported is the last round that came to its end; with few findings that is a moment ago.
 */
import type { Millis } from "../../callback.ts";
import type { StoredFinding } from "../lifecycle/stored.ts";
import { nothing, type Tally, withFinding } from "./tally.ts";

export interface Counted {
  readonly tally: Tally;
  /** When the round began: what changed later may be in it or not. */
  readonly asOf: Millis;
}

export interface TallyRun {
  readonly last?: Counted;
  /** One that has not come to its end, and where it goes on. */
  readonly round?: Counted & { readonly next: string };
}

export interface OpenPage {
  readonly findings: readonly StoredFinding[];
  /** Where the next page begins; absent after the last. */
  readonly next?: string;
}

export const afterPage = ({ last, round }: TallyRun, { findings, next }: OpenPage, now: Millis): TallyRun => {
  const tally = findings.reduce(withFinding, round?.tally ?? nothing);
  const asOf = round?.asOf ?? now;
  return next === undefined ? { last: { tally, asOf } } : { ...(last && { last }), round: { tally, asOf, next } };
};
