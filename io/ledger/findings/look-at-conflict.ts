/**
 * Looks for the finding of what came under a record's id with another content, and brings what is kept up to date: raised once, closed by itself when
 * an operator's decision about the last of them is carried out. Repeating it changes nothing.
 */
import type { Millis } from "../../../core/callback.ts";
import { conflictFindings } from "../../../core/findings/findings.ts";
import { type Change, changesOf } from "../../../core/findings/lifecycle/merge.ts";
import { conflictFindingId } from "../../../core/findings/rules/conflict.ts";
import { type RecordKey, splitKey } from "../../../core/record.ts";
import { bounds } from "../application/related.ts";
import type { Conflicts } from "../conflicts.ts";
import type { Ledger } from "../ledger.ts";
import type { Findings } from "./findings.ts";
import { entryOf } from "./look.ts";

export interface ConflictPlanPort {
  readonly findings: Pick<Findings, "beside" | "read">;
  readonly conflicts: Pick<Conflicts, "of">;
  readonly ledger: Pick<Ledger, "progress" | "related">;
  readonly clock: () => Millis;
}

export interface ConflictLookPort extends ConflictPlanPort {
  readonly findings: Pick<Findings, "beside" | "read" | "save" | "lookedAt">;
}

export interface PlannedConflictLook {
  readonly now: Millis;
  readonly changes: readonly Change[];
  /** When it is to be looked for again, as it is written down. */
  readonly lookAt: Millis | undefined;
}

export type ConflictLook = (key: RecordKey) => Promise<readonly Change[]>;

/** Reads, and changes nothing. */
export type PlanConflictLook = (key: RecordKey) => Promise<PlannedConflictLook>;

export const createPlanConflictLook =
  ({ findings, conflicts, ledger, clock }: ConflictPlanPort): PlanConflictLook =>
  async (key) => {
    // Before the conflicts: one that comes or is decided meanwhile leaves another moment there, and is looked at once more.
    const { lookAt } = await findings.beside({ conflict: key });
    const now = clock();
    const open = (await conflicts.of(key)).filter(({ isDone }) => !isDone).map(({ storedAt }) => ({ record: key, at: storedAt }));
    const found = open.length === 0 ? [] : conflictFindings(open, await aboutRecord(ledger, key));
    const kept = await findings.read(conflictFindingId(key));
    return { now, changes: changesOf(found, kept ? [kept] : [], now), lookAt };
  };

/** Throws when it could not be written, or something else has changed it at this moment; repeating it finishes it. */
export const createConflictLook = (port: ConflictLookPort): ConflictLook => {
  const { findings } = port;
  const plan = createPlanConflictLook(port);
  return async (key) => {
    const { now, changes, lookAt } = await plan(key);
    for (const change of changes)
      if (!(await findings.save(change.after, change.before?.revision ?? 0, entryOf(change, now))))
        throw new Error(`the finding of the conflict under ${key} was changed while it was looked for`);
    if (lookAt !== undefined && lookAt <= now) await findings.lookedAt({ conflict: key }, lookAt);
    return changes;
  };
};

/** Both sides of the contract that the record is about, for their names; nothing where it could not be understood, is not applied yet, or they are too large. */
const aboutRecord = async (ledger: ConflictPlanPort["ledger"], key: RecordKey) => {
  const [contract] = (await ledger.progress(key))?.contracts ?? [];
  return contract === undefined
    ? { events: [], applicationEvents: [] }
    : ledger.related({ source: splitKey(key).source, contract }, { most: bounds.ofTurn });
};
