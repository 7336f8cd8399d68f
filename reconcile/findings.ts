/** Differences as findings: which are new, which say otherwise, and which are settled by what the exports say now. */
import type { Millis } from "../core/callback.ts";
import type { Finding } from "../core/findings/finding.ts";
import { type Change, changesOf } from "../core/findings/lifecycle/merge.ts";
import { isOpen, type StoredFinding } from "../core/findings/lifecycle/stored.ts";
import type { Difference } from "../core/reconcile/compare/difference.ts";
import type { Compared } from "../core/reconcile/compared.ts";
import { exportFindings } from "../core/reconcile/findings/export-findings.ts";
import { afterExport } from "../core/reconcile/findings/later-export.ts";
import { isRunningTotal, type RefundedSoFar } from "../core/reconcile/recovery/found-events.ts";
import { inGroups } from "../core/sequences.ts";
import { entryOf } from "../io/ledger/findings/look.ts";
import type { ReconcileStores } from "./stores.ts";

const together = 16;
/** Another look changes one of them at the same moment: more often it does not happen by chance. */
const mostTries = 5;

export interface PlannedFindings {
  /** All that the exports say otherwise, as findings. */
  readonly found: readonly Finding[];
  readonly changes: readonly Change[];
}

export interface FindingOrder {
  /** What is entered from the export with the same command: it is no difference any more. */
  readonly entered: ReadonlySet<Difference>;
  readonly refunded: RefundedSoFar;
}

export const planFindings = async (
  { findings, clock }: Pick<ReconcileStores, "findings" | "clock">,
  { comparison, about }: Compared,
  { entered, refunded }: FindingOrder,
): Promise<PlannedFindings> => {
  const { source, from, asOf, differences } = comparison;
  const open = differences.filter((difference) => !entered.has(difference));
  const found = exportFindings(source, open, sumsOf(open, refunded));
  const known = new Set(found.map(({ id }) => id));
  const others: string[] = [];
  for await (const { place, of } of findings.places("open"))
    if (of === "EXPORT" && "source" in place && place.source === source) {
      const id = `EXPORT:${place.source}/${place.line}`;
      if (!known.has(id)) others.push(id);
    }
  const covered = { period: { from, asOf }, about };
  const changes: Change[] = [];
  const now = clock();
  const wanted = [...found.map((finding) => ({ id: finding.id, finding })), ...others.map((id) => ({ id, finding: undefined }))];
  for (const some of inGroups(wanted, together)) {
    const read = await Promise.all(some.map(({ id }) => findings.read(id)));
    for (const [index, { finding }] of some.entries()) {
      const before = read[index];
      const after = before && isOpen(before) ? afterExport(before.finding, finding, covered) : finding;
      changes.push(...changesOf(after ? [after] : [], before ? [before] : [], now));
    }
  }
  return { found, changes };
};

/** Of a refund without a name the sum that is to have gone back. */
const sumsOf = (differences: readonly Difference[], refunded: RefundedSoFar): ReadonlyMap<Difference, Difference["theirs"]> =>
  new Map(
    differences.flatMap((difference) => {
      const { money, names } = difference;
      if (!isRunningTotal(difference) || !money) return [];
      const before = refunded.get(names.payment[0] ?? "");
      return [[difference, { minor: money.minor + (before?.currency === money.currency ? before.minor : 0), currency: money.currency }]];
    }),
  );

/** Each with its entry in the audit trail. Throws when not all of it could be written; repeating the command finishes it. */
export const saveFindings = async (
  { findings, clock }: Pick<ReconcileStores, "findings" | "clock">,
  changes: readonly Change[],
): Promise<void> => {
  for (const some of inGroups(changes, together)) await Promise.all(some.map((change) => saveOne(findings, change, clock())));
};

const saveOne = async (findings: ReconcileStores["findings"], change: Change, now: Millis): Promise<void> => {
  let { before, after }: { before: StoredFinding | undefined; after: StoredFinding } = change;
  for (let tries = 0; tries < mostTries; tries++) {
    if (await findings.save(after, before?.revision ?? 0, entryOf({ ...change, before, after }, now))) return;
    before = await findings.read(after.finding.id);
    const [again] = changesOf(change.kind === "closed" ? [] : [after.finding], before ? [before] : [], now);
    if (!again) return;
    after = again.after;
  }
  throw new Error(`${after.finding.id} was changed ${mostTries} times while it was written`);
};
