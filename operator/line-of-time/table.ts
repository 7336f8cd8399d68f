/** The line of time as a table for people, as JSON, and as rows for a spreadsheet. */

import { isoOrNull, stateCell } from "../query/record-row.ts";
import { printCsv } from "../terminal/csv.ts";
import { type Cell, createTable } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { momentText } from "../terminal/time-words.ts";
import type { Moment } from "./moments.ts";

const columns = [
  { title: "WHEN" },
  { title: "SIDE" },
  { title: "ABOUT", cut: "middle" },
  { title: "WHAT", cut: "end", least: 18 },
  { title: "AMOUNT", align: "right" },
  { title: "RECORD", cut: "middle", isSpare: true },
  { title: "DELIVERY" },
  { title: "PAYMENT", cut: "middle", isSpare: true },
] as const;

/** Newest first. */
export const momentsTable = (moments: readonly Moment[], terminal: Terminal, limit: number): string => {
  if (moments.length === 0) return "";
  const rows = moments
    .toReversed()
    .slice(0, limit)
    .map(({ at, side, by, about, what, amount = "", record = "", delivery, charge = "" }): readonly Cell[] => [
      isoOrNull(at) === null ? "?" : momentText(at),
      by ?? side,
      about,
      what,
      amount,
      record,
      delivery ? stateCell(delivery.state, terminal.colours) : "",
      charge,
    ]);
  const rest = moments.length - rows.length;
  return `${createTable(columns, terminal)(rows)}${rest > 0 ? `... and ${rest} more; --limit ${moments.length} shows them all\n` : ""}`;
};

export const momentsAsJson = (moments: readonly Moment[]) =>
  moments.map(({ at, delivery, ...moment }) => ({
    at: isoOrNull(at),
    ...moment,
    ...(delivery && { delivery: { state: delivery.state, since: isoOrNull(delivery.since) } }),
  }));

/** All of them, oldest first. */
export const printMomentsCsv = async (moments: readonly Moment[], terminal: Pick<Terminal, "print">): Promise<void> => {
  const rows = printCsv(terminal, ["at", "side", "by", "about", "what", "amount", "payment", "record", "delivery"]);
  for (const { at, side, by = "", about, what, amount = "", charge = "", record = "", delivery } of moments)
    await rows.add([isoOrNull(at) ?? "", side, by, about, what, amount, charge, record, delivery?.state ?? ""]);
  await rows.end();
};
