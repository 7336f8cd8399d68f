/** The list for programs: one JSON object, whose lines come first and are written as they are found. Amounts in minor units. */
import { isoTime } from "../../../core/formats/iso-time.ts";
import type { RefundLine } from "../../../core/refunds/payment-line.ts";
import type { Reading } from "../../charges/recorded-lines.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { remarkOf } from "./line-words.ts";
import type { Sink } from "./sink.ts";

export const jsonSink = (terminal: Pick<Terminal, "print">): Sink => {
  let count = 0;
  return {
    async add(lines) {
      const text = lines.map((line) => `${count++ === 0 ? '{"lines":[\n' : ",\n"}${JSON.stringify(lineAsJson(line))}`).join("");
      if (text !== "") await terminal.print(text);
    },

    async end({ asOf, records, between, sums, nothing, nothingCount, unpriced, report }) {
      const rest = {
        sums,
        asOf: isoTime(asOf),
        zone: records.zone,
        recordsFrom: isoTime(records.from),
        between: between ? { from: isoTime(between.from), to: isoTime(between.to) } : null,
        nothing,
        nothingCount,
        unpriced,
        numbers: report.numbers,
        notes: report.notes,
        reads: { ...report.reads, ...(report.reading && { period: periodAsJson(report.reading) }) },
      };
      await terminal.print(`${count === 0 ? '{"lines":[' : "\n"}],${JSON.stringify(rest, null, 1).slice(1)}\n`);
    },
  };
};

const periodAsJson = ({ records, lines, notInLedger, from, to, keptDays }: Reading) => ({
  records,
  lines,
  notInLedger,
  from: isoTime(from),
  to: isoTime(to),
  keptDays: keptDays ?? null,
});

const lineAsJson = (line: RefundLine) => ({
  ...line,
  at: isoTime(line.at),
  contract: line.contract ?? null,
  account: line.account ?? null,
  customer: line.customer ?? null,
  order: line.order ?? null,
  pending: line.pending ?? 0,
  isDisputed: line.isDisputed ?? false,
  remark: remarkOf(line),
});
