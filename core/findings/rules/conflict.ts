/** R-CONFLICT: another content came under the id of a record. One finding, the first stands; `holdfast conflicts` decides. */
import type { Millis } from "../../callback.ts";
import { type RecordKey, splitKey } from "../../record.ts";
import type { Draft } from "../draft.ts";
import { type Cause, findingId, type Subject } from "../finding.ts";
import { contractOfLine, type Sides } from "../sides/sides.ts";

/** What is known of an open one. */
export interface OpenConflict {
  /** Of the record that came first. */
  readonly record: RecordKey;
  /** When the first other content came. */
  readonly at: Millis;
}

/** Each of another record: two of one record are one cause. */
const conflictCause = (record: RecordKey): Cause & { readonly kind: "conflict" } => ({ kind: "conflict", class: "CONFLICT", record });

/** Of the one finding that a record's conflicts have. */
export const conflictFindingId = (record: RecordKey): string => findingId(conflictCause(record), conflictSubject(record));

/** What a record's conflicts are about. */
const conflictSubject = (record: RecordKey): Subject => ({ kind: "payment", ...splitKey(record) });

export const conflicts = (open: readonly OpenConflict[], sides: Sides): readonly Draft[] =>
  [...Map.groupBy(open, ({ record }) => record)].map(([record, some]) => {
    const about = sides.lines.filter(({ entries }) => entries.some((entry) => entry.record === record));
    return {
      cause: conflictCause(record),
      subject: conflictSubject(record),
      severity: "warning",
      since: some.map(({ at }) => at).reduce((first, one) => Math.min(first, one)),
      contracts: about.flatMap((line) => contractOfLine(line, sides) ?? []),
      entries: about.flatMap(({ entries }) => entries).filter((entry) => entry.record === record),
    };
  });
