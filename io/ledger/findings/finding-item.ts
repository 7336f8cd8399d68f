/** Findings as items of the ledger table, and back. */
import type { Millis } from "../../../core/callback.ts";
import { type LookPlace, placeFor, placeOf } from "../../../core/findings/finding.ts";
import { isOpen, type StoredFinding } from "../../../core/findings/lifecycle/stored.ts";
import type { Item } from "../../records/record-item.ts";
import {
  accountPartition,
  conflictPartition,
  contractPartition,
  findingSortKey,
  lookSortKey,
  openIndex,
  openPartitionOf,
} from "../../table.ts";

export const partitionOf = (place: LookPlace): string => {
  if ("conflict" in place) return conflictPartition(place.conflict);
  return "account" in place ? accountPartition(place.account) : contractPartition(place.source, place.line);
};

/** Has the findings there looked for again at that moment. */
export const lookItem = (place: LookPlace, at: Millis): Item => {
  const pk = partitionOf(place);
  return {
    ...{ pk: { S: pk }, sk: { S: lookSortKey }, place: { S: JSON.stringify(place) } },
    [openIndex.partition]: { S: openPartitionOf("look", pk) },
    [openIndex.sort]: { N: String(Math.max(0, at)) },
  };
};

export const findingKey = ({ finding }: Pick<StoredFinding, "finding">) => ({
  pk: { S: partitionOf(placeFor(finding.subject)) },
  sk: { S: findingSortKey(placeOf(finding.cause)) },
});

export const findingToItem = (stored: StoredFinding): Item => {
  const { id, since } = stored.finding;
  const [kind, at] = isOpen(stored) ? (["finding", since] as const) : (["settled finding", stored.changedAt] as const);
  return {
    ...findingKey(stored),
    revision: { N: String(stored.revision) },
    finding: { S: JSON.stringify(stored) },
    [openIndex.partition]: { S: openPartitionOf(kind, id) },
    // A time before 1970 is as old as any.
    [openIndex.sort]: { N: String(Math.max(0, at)) },
  };
};

export const findingFromItem = (item: Item): StoredFinding => JSON.parse(item.finding?.S ?? "") as StoredFinding;
