/** What operators said was given back by hand of a contract's payments, and of its estimated charges. */

import { localDateText } from "../../core/formats/local-time.ts";
import { formatMoney } from "../../core/formats/money.ts";
import type { ContractName } from "../../core/ledger/entry.ts";
import type { Charge } from "../../core/ledger/payment/charge.ts";
import { distinct, type HandRefund } from "../../core/refunds/hand-refund.ts";
import type { Connection } from "../connect/connect.ts";
import { isoOrNull } from "../query/record-row.ts";
import { createTable } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { momentText } from "../terminal/time-words.ts";

export interface HandRefundOf {
  /** The payment's id, or for an estimated charge the day on which it was due. */
  readonly payment: string;
  readonly refund: HandRefund;
}

/** In the order of the payments, and of time. */
export const handRefundsOf = async (
  { handRefunds }: Pick<Connection, "handRefunds">,
  { source, contract }: ContractName,
  charges: readonly Charge[],
): Promise<readonly HandRefundOf[]> => {
  const known = await handRefunds.of([{ source, ids: [contract] }, ...charges.map(({ ids }) => ({ source, ids }))]);
  const of = (ids: readonly string[]) => distinct(ids.flatMap((id) => known.get(`${source}/${id}`) ?? []));
  return [
    ...of([contract]).flatMap((refund) => (refund.due === undefined ? [] : [{ payment: `due on ${refund.due}`, refund }])),
    ...charges.flatMap(({ id, ids }) => of(ids).map((refund) => ({ payment: id, refund }))),
  ];
};

export const handRefundsTable = (refunds: readonly HandRefundOf[], zone: string, terminal: Terminal): string => {
  if (refunds.length === 0) return "";
  const columns = [
    { title: "ON" },
    { title: "PAYMENT", cut: "middle" },
    { title: "AMOUNT", align: "right" },
    { title: "SAID BY" },
    { title: "SAID" },
    { title: "NOTE", cut: "end" },
  ] as const;
  return createTable(
    columns,
    terminal,
  )(
    refunds.map(({ payment, refund: { at, amount, by, saidAt, note } }) => [
      localDateText(at, zone),
      payment,
      formatMoney(amount),
      by,
      momentText(saidAt),
      note ?? "",
    ]),
  );
};

export const handRefundAsJson = ({ payment, refund: { at, saidAt, ...rest } }: HandRefundOf) => ({
  payment,
  ...rest,
  at: isoOrNull(at),
  saidAt: isoOrNull(saidAt),
});
