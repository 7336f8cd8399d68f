/** What a later export says of what an earlier one had found: where it covers the same time and says nothing of it any more, it is settled. */
import { sumsByCurrency } from "../../findings/draft.ts";
import type { ExportDifference } from "../../findings/export-difference.ts";
import type { Finding } from "../../findings/finding.ts";
import type { Difference } from "../compare/difference.ts";
import type { Period } from "../sides/our-side.ts";

export interface Covered {
  readonly period: Period;
  /** What the exports would say. */
  readonly about: ReadonlySet<Difference["about"]>;
}

/**
 * A finding as it stands after the later comparison; undefined when all of it is settled.
 * @param now what that comparison has found of the same subject
 */
export const afterExport = (before: Finding, now: Finding | undefined, covered: Covered): Finding | undefined => {
  if (before.cause.kind !== "export differs") return now;
  const left = before.cause.differences.filter((difference) => !isCovered(difference, covered));
  if (left.length === 0) return now;
  if (!now) return { ...before, cause: { ...before.cause, differences: left }, money: sumsByCurrency(left.map(({ money }) => money)) };
  if (now.cause.kind !== "export differs") return now;
  const differences = [...left, ...now.cause.differences];
  return {
    ...now,
    cause: { ...now.cause, differences },
    money: sumsByCurrency(differences.map(({ money }) => money)),
    since: Math.min(before.since, now.since),
    last: Math.max(before.last, now.last),
  };
};

const isCovered = ({ about, at }: ExportDifference, { period, about: said }: Covered): boolean => {
  if (!said.has(about)) return false;
  // A list of contracts says how they are at its moment, whenever they began or ended.
  return about === "contract" ? at <= period.asOf : at >= period.from && at < period.asOf;
};
