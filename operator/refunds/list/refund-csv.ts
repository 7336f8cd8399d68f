/**
 * The list for the payment desk, in amounts of the currency as they are written on a transfer. The desk fills in when each was given back, and
 * `refunds done` reads the file as it is.
 */

import { csvLine } from "../../../core/formats/csv.ts";
import { localDateText } from "../../../core/formats/local-time.ts";
import { majorText } from "../../../core/formats/money.ts";
import type { Zone } from "../../../core/formats/zone.ts";
import type { RefundLine } from "../../../core/refunds/payment-line.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { moneyOf, remarkOf } from "./line-words.ts";
import type { Sink } from "./sink.ts";

export const deskColumns = [
  "payment",
  "amount",
  "currency",
  "date",
  "note",
  "source",
  "account",
  "customer",
  "contract",
  "order",
  "charged_on",
  "kind",
  "charged",
  "refunded",
  "charged_back",
  "by_hand",
  "remark",
] as const;

/** Lines of which nothing is left are no work for the desk. */
export const csvSink = (terminal: Pick<Terminal, "print">, zone: Zone): Sink => {
  let isBegun = false;
  const begin = async () => {
    if (!isBegun) await terminal.print(csvLine(deskColumns));
    isBegun = true;
  };
  return {
    async add(lines) {
      await begin();
      const text = lines.flatMap((line) => (line.left > 0 ? [csvLine(cellsOf(line, zone))] : [])).join("");
      if (text !== "") await terminal.print(text);
    },
    end: begin,
  };
};

const cellsOf = (line: RefundLine, zone: Zone): readonly string[] => {
  const money = (minor: number): string => majorText(moneyOf(line, minor));
  return [
    line.id,
    money(line.left),
    line.currency,
    "",
    "",
    line.source,
    line.account ?? "",
    line.customer ?? "",
    line.contract ?? "",
    line.order ?? "",
    localDateText(line.at, zone),
    line.isEstimated ? "estimated" : "charged",
    money(line.charged),
    money(line.refunded),
    money(line.chargedBack),
    money(line.byHand),
    remarkOf(line),
  ];
};
