/** An item of the ledger table as it is kept when the person it is about is erased. */
import { isDeepStrictEqual } from "node:util";
import { erasedApplicationEvent, erasedEvent, erasedFinding, erasedNote } from "../../../core/erasure/erased.ts";
import type { Rename } from "../../../core/erasure/pseudonym.ts";
import type { FindingPlace } from "../../../core/findings/finding.ts";
import { ledgerEventId } from "../../../core/ledger-id.ts";
import type { Item } from "../../item.ts";
import { lineSortKey, openIndex, openPartitionOf } from "../../table.ts";
import { applicationEntryFromItem, applicationEntryToItem } from "../application/entry-item.ts";
import { findingToItem, partitionOf, readFindingItem } from "../findings/finding-item.ts";
import { entryFromItem, entryToItem } from "../ledger-item.ts";
import type { Note } from "../notes.ts";
import { withoutNotes } from "../payments/hand-refunds-item.ts";

/** Itself where there is nothing to erase in it. Its key is another one where that had a name in it. */
export const erasedItem = (item: Item, rename: Rename): Item => {
  // A record's place, which its progress has to find, or an operator's hold.
  if (item.sk?.S?.startsWith(lineSortKey(""))) return item;
  const pk = renamedPartition(item.pk?.S ?? "", rename);
  if (item.event) {
    const { event, contract, ...entry } = entryFromItem(item);
    return entryToItem({ ...entry, contract: rename(contract), event: erasedEvent(event, rename) });
  }
  if (item.said) {
    const { event, record } = applicationEntryFromItem(item);
    return applicationEntryToItem(pk, { event: erasedApplicationEvent(event, rename), record });
  }
  if (item.finding) return erasedFindingItem(item, rename);
  if (item.note) return { ...item, pk: { S: pk }, note: { S: JSON.stringify(erasedNote(JSON.parse(item.note.S ?? "") as Note)) } };
  if (item.place) return erasedMark(item, rename);
  if (item.handRefunds) return { ...withoutNotes(item), pk: { S: pk } };
  return { ...mapped(item, rename), pk: { S: pk }, sk: { S: renamedSort(item.sk?.S ?? "", rename) } };
};

/** One that cannot be read is left to `ledger rebuild`, which makes it again of what the ledger has. */
const erasedFindingItem = (item: Item, rename: Rename): Item => {
  const stored = readFindingItem(item);
  const erased = stored && erasedFinding(stored, rename);
  // A look that has read it before must not write the names again.
  return erased && !isDeepStrictEqual(erased, stored) ? findingToItem({ ...erased, revision: stored.revision + 1 }) : item;
};

/** When findings are looked for again, or what they wait for. */
const erasedMark = (item: Item, rename: Rename): Item => {
  const place = JSON.parse(item.place?.S ?? "") as FindingPlace;
  const next: FindingPlace = "account" in place ? { account: rename(place.account) } : { ...place, line: rename(place.line) };
  const pk = partitionOf(next);
  const open = item[openIndex.partition]?.S;
  const kind = open?.slice(0, open.lastIndexOf("#")) as Parameters<typeof openPartitionOf>[0] | undefined;
  return {
    ...item,
    pk: { S: pk },
    place: { S: JSON.stringify(next) },
    ...(kind !== undefined && { [openIndex.partition]: { S: openPartitionOf(kind, pk) } }),
  };
};

/** Pointers and links: ids, and sets of ids. */
const mapped = (item: Item, rename: Rename): Item =>
  Object.fromEntries(
    Object.entries(item).map(([name, value]) => {
      if (value.S !== undefined && (name === "account" || name === "line")) return [name, { S: rename(value.S) }];
      return [name, value.SS ? { SS: value.SS.map(rename) } : value];
    }),
  );

/** `contract shop/sub_1`, `customer shop/cus_1`, `order shop/o-1`, `account a-17`. */
const renamedPartition = (pk: string, rename: Rename): string => {
  const [, account] = /^account (.*)$/s.exec(pk) ?? [];
  if (account !== undefined) return `account ${rename(account)}`;
  const [, place = pk, id] = /^((?:contract|customer|order) [^/]+\/)(.*)$/s.exec(pk) ?? [];
  return id === undefined ? pk : `${place}${rename(id)}`;
};

/** `account#a-17`, `contract#sub_1`, `payment#ch_1`. */
const renamedSort = (sk: string, rename: Rename): string => {
  const [, kind, id] = /^(account#|contract#|payment#)(.*)$/s.exec(sk) ?? [];
  return kind === undefined || id === undefined ? sk : `${kind}${ledgerEventId(rename(id))}`;
};
