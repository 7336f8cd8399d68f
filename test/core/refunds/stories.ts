/** What is to be given back in the stories of both-sides.ts, each line in a few words. */
import type { Interval } from "../../../core/charges/taken.ts";
import { draftsOf } from "../../../core/findings/findings.ts";
import { sidesOf } from "../../../core/findings/sides/sides.ts";
import { type Records, recordsOf } from "../../../core/refunds/estimate.ts";
import type { HandRefund } from "../../../core/refunds/hand-refund.ts";
import { ofAccount, type Selection } from "../../../core/refunds/of-account.ts";
import { ofFinding } from "../../../core/refunds/of-finding.ts";
import type { RefundLine } from "../../../core/refunds/payment-line.ts";
import { createListed, placeOfId, type RefundList, refundList } from "../../../core/refunds/refund-list.ts";
import { type Part, partsOf, settings, source, yen } from "../../support/both-sides/both-sides.ts";

export const now = Date.UTC(2026, 10, 26, 20);
/** In Tokyo it is the 27th by then: the records begin on 2024-11-27 at midnight there. */
export const records: Records = recordsOf(now, 2, "Asia/Tokyo");

/** Said of a payment of the source `shop`, or of what a contract is estimated to have been charged. */
export interface Said {
  readonly of: string;
  readonly refund: HandRefund;
}

export const byHand = (of: string, at: number, minor: number, about: Partial<HandRefund> = {}): Said => ({
  of,
  refund: { id: `${of} ${at} ${minor}`, amount: yen(minor), at, by: "ann", saidAt: at, ...about },
});

export const listOf = (selection: Selection, said: readonly Said[] = [], between?: Interval): RefundList => {
  const byPlace = Map.groupBy(said, ({ of }) => placeOfId(source, of));
  const places = new Map([...byPlace].map(([place, some]) => [place, some.map(({ refund }) => refund)]));
  return refundList(selection, { listed: createListed(), byHand: places, records, between });
};

export const ofAccountIn = (parts: readonly Part[], said: readonly Said[] = [], between?: Interval): RefundList =>
  listOf(ofAccount("acc_1", sidesOf(partsOf(parts))), said, between);

export const ofFindingIn = (id: string, parts: readonly Part[], said: readonly Said[] = []): RefundList | undefined => {
  const draft = draftsOf(partsOf(parts), settings, now).get(id);
  const selection = draft && ofFinding(draft);
  return selection && listOf(selection, said);
};

/** `ch_1 500 JPY`, `ch_2 300 of 500 JPY`; an estimate as `2023-04-05 estimated 500 JPY`. */
export const textOf = ({ id, isEstimated, left, charged, currency }: RefundLine): string => {
  const name = isEstimated ? `${id.slice(id.lastIndexOf("@") + 1)} estimated` : id;
  return `${name} ${left === charged ? left : `${left} of ${charged}`} ${currency}`;
};

export const linesOf = ({ lines }: RefundList): readonly string[] => lines.map(textOf);
