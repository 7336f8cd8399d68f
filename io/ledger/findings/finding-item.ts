/** Findings as items of the ledger table, and back. */
import type { Millis } from "../../../core/callback.ts";
import { type FindingPlace, type LookPlace, placeFor, placeOf } from "../../../core/findings/finding.ts";
import { readStored } from "../../../core/findings/lifecycle/read-stored.ts";
import { isOpen, type StoredFinding } from "../../../core/findings/lifecycle/stored.ts";
import { parseJson } from "../../../core/formats/json.ts";
import type { Item } from "../../item.ts";
import {
  accountPartition,
  conflictPartition,
  contractPartition,
  findingSortKey,
  largeLookPartition,
  lookSortKey,
  openIndex,
  openPartitionOf,
} from "../../table.ts";

export const partitionOf = (place: LookPlace): string => {
  if ("conflict" in place) return conflictPartition(place.conflict);
  return "account" in place ? accountPartition(place.account) : contractPartition(place.source, place.line);
};

/** Where a look has room: in a turn, beside others; or by itself, in the sweep. */
export type LookPlacement = "turn" | "large look";

/** Has the findings there looked for again at that moment. */
export const lookItem = (place: LookPlace, at: Millis, within: LookPlacement = "turn"): Item => {
  const pk = partitionOf(place);
  return {
    ...{ pk: { S: pk }, sk: { S: lookSortKey }, place: { S: JSON.stringify(place) } },
    [openIndex.partition]: { S: within === "turn" ? openPartitionOf("look", pk) : largeLookPartition },
    [openIndex.sort]: { N: String(Math.max(0, at)) },
  };
};

const findingKey = ({ finding }: Pick<StoredFinding, "finding">) => ({
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

/** Undefined for one that somebody has altered so that it cannot be read, or is another's. */
export const readFindingItem = (item: Item): StoredFinding | undefined => {
  const stored = readStored(parseJson(Buffer.from(item.finding?.S ?? "")));
  const revision = Number(item.revision?.N);
  if (!stored || !Number.isSafeInteger(revision) || revision < 1) return undefined;
  const { pk, sk } = findingKey(stored);
  // What a save is conditional on counts, not its copy.
  return pk.S === item.pk?.S && sk.S === item.sk?.S ? { ...stored, revision } : undefined;
};

/** It is not where lists and counts look for it. */
export const isMisfiled = (item: Item, stored: StoredFinding): boolean => {
  const filed = findingToItem(stored);
  return item[openIndex.partition]?.S !== filed[openIndex.partition]?.S || item[openIndex.sort]?.N !== filed[openIndex.sort]?.N;
};

/** The place that the key of an item names. */
export const placeOfKey = (pk: string): FindingPlace => {
  if (pk.startsWith(accountPartition(""))) return { account: pk.slice(accountPartition("").length) };
  const name = pk.slice(pk.indexOf(" ") + 1);
  const slash = name.indexOf("/");
  return { source: name.slice(0, slash), line: name.slice(slash + 1) };
};

/** The id of the finding that an item is to hold, whatever it holds. */
export const findingIdOfKey = ({ pk, sk }: Item): string => {
  const place = placeOfKey(pk?.S ?? "");
  const subject = "account" in place ? `account:${place.account}` : `${place.source}/${place.line}`;
  return `${sk?.S?.slice(findingSortKey("").length)}:${subject}`;
};
