/** A line of the ledger from the items of its partition, wherever they were read. */
import type { Entry } from "../../../core/ledger/entry.ts";
import type { PaymentLink } from "../../../core/ledger/payment/payment-link.ts";
import type { Item } from "../../item.ts";
import { linkSortKey } from "../../table.ts";
import { entryFromItem } from "../ledger-item.ts";

/** A contract, or a payment or customer without one, with all that stands there. */
export interface ScannedLine {
  readonly id: string;
  readonly entries: readonly Entry[];
  readonly link?: PaymentLink;
}

/** An item of the partition as DynamoDB gives it, to a reader or in an export. */
export type ReadItem = Readonly<Record<string, { readonly S?: string; readonly N?: string; readonly SS?: readonly string[] } | undefined>>;

/** @param items all of the partition, in any order */
export const lineOfItems = (id: string, items: readonly ReadItem[]): ScannedLine => {
  const link = items.find(({ sk }) => sk?.S === linkSortKey);
  return {
    id,
    // As a query of the partition gives them.
    entries: items
      .filter(({ event }) => event)
      .toSorted(bySortKey)
      .map((item) => entryFromItem(item as Item)),
    ...(link && { link: { ids: link.ids?.SS ?? [], contracts: link.contracts?.SS ?? [] } }),
  };
};

const bySortKey = (one: ReadItem, other: ReadItem): number => Buffer.compare(Buffer.from(one.sk?.S ?? ""), Buffer.from(other.sk?.S ?? ""));
