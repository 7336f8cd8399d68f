/** The list for people: its first lines, and what all of it adds up to. */

import { localDateText } from "../../../core/formats/local-time.ts";
import { formatMoney } from "../../../core/formats/money.ts";
import type { Zone } from "../../../core/formats/zone.ts";
import type { RefundLine } from "../../../core/refunds/payment-line.ts";
import { createTable } from "../../terminal/table.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { goneBack, moneyOf, remarkOf } from "./line-words.ts";
import type { Sink } from "./sink.ts";

const columns = [
  { title: "WHOSE", cut: "middle" },
  { title: "CONTRACT", cut: "middle", isSpare: true },
  { title: "PAYMENT", cut: "middle", least: 16 },
  { title: "CHARGED ON" },
  { title: "CHARGED", align: "right" },
  { title: "GONE BACK", align: "right" },
  { title: "TO GIVE BACK", align: "right" },
  { title: "REMARK", cut: "end", isSpare: true },
] as const;

export const tableSink = (terminal: Terminal, zone: Zone, limit: number): Sink => {
  const shown: RefundLine[] = [];
  let count = 0;
  return {
    async add(lines) {
      count += lines.length;
      shown.push(...lines.slice(0, Math.max(0, limit - shown.length)));
    },
    async end() {
      if (shown.length > 0) await terminal.print(createTable(columns, terminal)(shown.map((line) => row(line, zone))));
      if (count > shown.length) terminal.say(`... and ${count - shown.length} more; --csv and --json have all.`);
    },
  };
};

const row = (line: RefundLine, zone: Zone): readonly string[] => {
  const { account, customer, contract, source, at, charged, left } = line;
  const back = goneBack(line);
  return [
    account ?? customer ?? "-",
    contract === undefined ? source : `${source}/${contract}`,
    line.id,
    localDateText(at, zone),
    formatMoney(moneyOf(line, charged)),
    back > 0 ? formatMoney(moneyOf(line, back)) : "",
    formatMoney(moneyOf(line, left)),
    remarkOf(line),
  ];
};
