/** What operators said was given back by hand, as an item of the ledger table: a set of texts, each a statement. */
import type { HandRefund } from "../../../core/refunds/hand-refund.ts";
import type { Item } from "../../item.ts";

export const handRefundsOf = ({ handRefunds }: Item): readonly HandRefund[] =>
  (handRefunds?.SS ?? []).map((one) => JSON.parse(one) as HandRefund);

/** Without notes, which are texts about a person. Who said it, how much and when stays. */
export const withoutNotes = (item: Item): Item => ({
  ...item,
  handRefunds: { SS: handRefundsOf(item).map(({ note: _, ...refund }) => JSON.stringify(refund)) },
});
