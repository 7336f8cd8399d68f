/** What all findings that wait for an operator add up to: a set's sums, so that neither order nor the size of a page matters. */
import type { Millis } from "../../callback.ts";
import type { FindingClass } from "../finding.ts";
import { isOpen, type StoredFinding } from "../lifecycle/stored.ts";

/** Minor units by ISO 4217 code. Currencies are never added up. */
export type Sums = Readonly<Record<string, number>>;

export interface ClassTally {
  readonly count: number;
  readonly money: Sums;
  /** When the first of them began, by the events' own time. */
  readonly since: Millis;
}

export interface Named {
  readonly id: string;
  readonly since: Millis;
}

export interface Tally {
  readonly count: number;
  /** Of them, those that an operator works on. */
  readonly taken: number;
  readonly money: Sums;
  /** At stake in those that nobody has taken. */
  readonly untaken: Sums;
  /** The one that has waited longest for an operator to take it, since it was found or opened again. */
  readonly waiting?: Named;
  /** The one that an operator has had longest. */
  readonly held?: Named;
  readonly classes: Partial<Readonly<Record<FindingClass, ClassTally>>>;
}

export const nothing: Tally = { count: 0, taken: 0, money: {}, untaken: {}, classes: {} };

/** A settled one counts for nothing: the index from which they are read follows the table a moment later. */
export const withFinding = (tally: Tally, stored: StoredFinding): Tally => {
  if (!isOpen(stored)) return tally;
  const { finding, standing, changedAt } = stored;
  const isTaken = standing.state === "acknowledged";
  const ofClass = tally.classes[finding.class];
  const named = { id: finding.id, since: changedAt };
  return {
    ...tally,
    count: tally.count + 1,
    taken: tally.taken + (isTaken ? 1 : 0),
    money: plus(tally.money, finding.money),
    ...(isTaken
      ? { held: earlier(tally.held, named) }
      : { untaken: plus(tally.untaken, finding.money), waiting: earlier(tally.waiting, named) }),
    classes: {
      ...tally.classes,
      [finding.class]: {
        count: (ofClass?.count ?? 0) + 1,
        money: plus(ofClass?.money ?? {}, finding.money),
        since: Math.min(ofClass?.since ?? finding.since, finding.since),
      },
    },
  };
};

const plus = (sums: Sums, money: StoredFinding["finding"]["money"]): Sums => {
  const next: Record<string, number> = { ...sums };
  for (const { minor, currency } of money) next[currency] = (next[currency] ?? 0) + minor;
  return next;
};

const earlier = (one: Named | undefined, other: Named): Named => {
  if (!one) return other;
  return other.since < one.since || (other.since === one.since && other.id < one.id) ? other : one;
};
