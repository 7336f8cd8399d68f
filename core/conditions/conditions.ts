/** All conditions, in the order in which they matter; the one list that `status`, `doctor`, the alarms and the runbook read. */
import { type Around, type Case, type Condition, nextIn, type Place, type Severity } from "./condition.ts";
import { aging } from "./rows/aging.ts";
import { answering } from "./rows/answering.ts";
import { arriving } from "./rows/arriving.ts";
import { comparing } from "./rows/comparing.ts";
import { conflicts } from "./rows/conflicts.ts";
import { deadLetters } from "./rows/dead-letters.ts";
import { delivering } from "./rows/delivering.ts";
import { findings } from "./rows/findings.ts";
import { passingOn } from "./rows/passing-on.ts";
import { storing } from "./rows/storing.ts";
import { sweeping } from "./rows/sweeping.ts";
import { verifying } from "./rows/verifying.ts";
import type { Looks, Part } from "./sight.ts";

export const conditions = {
  ...answering,
  ...storing,
  ...verifying,
  ...conflicts,
  ...arriving,
  ...passingOn,
  ...delivering,
  ...aging,
  ...deadLetters,
  ...findings,
  ...comparing,
  ...sweeping,
} as const satisfies Readonly<Record<string, Condition>>;

/** Stable: the alarm's name, the runbook's heading, the word in `status`. */
export type ConditionName = keyof typeof conditions;

export const allConditions: readonly (readonly [ConditionName, Condition])[] = Object.entries(conditions) as [ConditionName, Condition][];

export interface Holding extends Case {
  readonly name: ConditionName;
  readonly severity: Severity;
  readonly money: string;
  readonly next: readonly string[];
}

export interface Judged {
  /** The gravest first. */
  readonly holding: readonly Holding[];
  /** What could not be looked at, and the conditions that are unknown because of it. */
  readonly unknown: readonly { readonly part: Part; readonly why: string; readonly conditions: readonly ConditionName[] }[];
  /** What only the alarms see. */
  readonly alarmsOnly: readonly ConditionName[];
}

const gravity: Readonly<Record<Severity, number>> = { page: 0, ticket: 1, notice: 2 };

/** Which conditions hold. One whose part of the sight could not be looked at is unknown, never taken for well. */
export const judge = (looks: Looks, around: Around, place: Omit<Place, "about">): Judged => {
  const holding: Holding[] = [];
  const unknown = new Map<Part, { why: string; conditions: ConditionName[] }>();
  const alarmsOnly: ConditionName[] = [];
  for (const [name, condition] of allConditions) {
    const { severity, money, seen } = condition;
    if (seen.kind === "by its alarm only") {
      alarmsOnly.push(name);
      continue;
    }
    const observed = seen.observe(looks, around);
    if (observed.kind === "not looked at") {
      const known = unknown.get(observed.part) ?? { why: observed.why, conditions: [] };
      known.conditions.push(name);
      unknown.set(observed.part, known);
      continue;
    }
    for (const one of observed.cases)
      holding.push({ ...one, name, severity, money, next: nextIn(condition, { ...place, about: one.about ?? "" }) });
  }
  return {
    holding: holding.toSorted((one, other) => gravity[one.severity] - gravity[other.severity]),
    unknown: [...unknown].map(([part, { why, conditions: names }]) => ({ part, why, conditions: names })),
    alarmsOnly,
  };
};

/** An operator has to act: something graver than a notice holds. */
export const needsOperator = ({ holding }: Judged): boolean => holding.some(({ severity }) => severity !== "notice");
