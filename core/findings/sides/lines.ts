/** What the gateways said, line by line; and of each source what stands in no contract's line. */
import type { ContractName, Entry } from "../../ledger/entry.ts";
import { balance } from "../../ledger/ledger.ts";
import type { CardCheck } from "../../ledger/payment/card-check.ts";
import { paymentIds } from "../../ledger/payment/payment-ids.ts";
import { compareText } from "../../ledger/text-order.ts";
import { ledgerId } from "../../ledger-id.ts";
import { type PaymentSide, paymentSidesOf } from "./payment-side.ts";

/** What a gateway said of one contract, or of one payment or customer without a contract. */
export interface Line {
  readonly source: string;
  readonly id: string;
  readonly isContract: boolean;
  readonly entries: readonly Entry[];
}

export const nameText = ({ source, contract }: ContractName): string => JSON.stringify([source, contract]);

export const linesOf = (events: readonly Entry[]): readonly Line[] =>
  [...Map.groupBy(events, nameText)]
    .sort(([one], [other]) => compareText(one, other))
    .map(([, entries]) => {
      const { source, contract: id } = entries[0] as Entry;
      const isContract = entries.some(({ event }) => event.contract !== undefined && ledgerId(event.contract) === id);
      return { source, id, isContract, entries: balance(source, id, entries).entries };
    });

export const linesAt = (source: string, lines: readonly Line[]): readonly Line[] => lines.filter((line) => line.source === source);

export interface WithoutContract {
  readonly payments: readonly PaymentSide[];
  readonly checks: readonly CardCheck[];
  readonly entries: readonly Entry[];
}

/** Of a source. A payment has a line for each of its ids: without a contract they are added up together, and what a contract has counts there. */
export const withoutContract = (source: string, lines: readonly Line[]): WithoutContract => {
  const here = linesAt(source, lines);
  const counted = new Set(
    here.filter(({ isContract }) => isContract).flatMap(({ entries }) => entries.flatMap(({ event }) => paymentIds(event))),
  );
  const entries = here
    .filter(({ isContract }) => !isContract)
    .flatMap((line) => line.entries)
    .filter(({ event }) => !paymentIds(event).some((id) => counted.has(id)));
  const all = balance(source, "", entries);
  return { payments: paymentSidesOf(all.charges, all.entries), checks: all.cardChecks, entries: all.entries };
};
