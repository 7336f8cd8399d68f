/** R-CONFLICT: another content came under the id of a record. One finding, the first stands; `holdfast conflicts` decides. */
import type { Millis } from "../../callback.ts";
import { type RecordKey, splitKey } from "../../record.ts";
import type { Draft } from "../draft.ts";
import type { Subject } from "../finding.ts";
import type { Sides } from "../sides.ts";

/** What is known of an open one. */
export interface OpenConflict {
  /** Of the record that came first. */
  readonly record: RecordKey;
  /** When the first other content came. */
  readonly at: Millis;
}

/** Each of another record: two of one record are one cause. */
export const conflicts = (open: readonly OpenConflict[], { lines, contracts }: Sides): readonly Draft[] =>
  [...Map.groupBy(open, ({ record }) => record)].map(([record, some]) => {
    const line = lines.find(({ entries }) => entries.some((entry) => entry.record === record));
    const contract = contracts.find(
      (one) => line?.isContract && one.subject.kind === "contract" && one.source === line.source && one.contract === line.id,
    );
    const { source, id } = splitKey(record);
    const subject: Subject = { kind: "payment", source, id };
    return {
      cause: { kind: "conflict", class: "CONFLICT", record },
      subject,
      severity: "warning",
      since: some.map(({ at }) => at).reduce((first, one) => Math.min(first, one)),
      ...(contract && { contracts: [contract] }),
      entries: line?.entries.filter((entry) => entry.record === record) ?? [],
    };
  });
