/** `holdfast checks`: how often each card was checked (R-CHECK 7). None of them is a charge. */
import { type CheckCount, type Checked, checkCounts, checkedIn } from "../../core/charges/checked.ts";
import type { Interval } from "../../core/charges/taken.ts";
import { dayMs, minuteMs } from "../../core/durations.ts";
import { counted } from "../../core/formats/counted.ts";
import { isoTime } from "../../core/formats/iso-time.ts";
import { localTimeText } from "../../core/formats/local-time.ts";
import type { Connection } from "../connect/connect.ts";
import { type Exit, exit } from "../terminal/exit.ts";
import { printList } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";
import { readingOf, readText, recordedLines } from "./recorded-lines.ts";

export interface ChecksOptions extends Interval {
  readonly source?: string | undefined;
  readonly customer?: string | undefined;
  readonly limit: number;
}

const columns = [
  { title: "CUSTOMER", cut: "middle" },
  { title: "CHECKS", align: "right" },
  { title: "IN 30 DAYS", align: "right" },
  { title: "FAILED", align: "right" },
  { title: "NOT UNDONE", align: "right" },
  { title: "FIRST" },
  { title: "LAST" },
] as const;

export const checks = async (connection: Connection, terminal: Terminal, options: ChecksOptions): Promise<Exit> => {
  const { zone } = connection.config;
  const reading = readingOf(connection, { from: options.from - dayMs, to: connection.clock() + 5 * minuteMs });
  const found = new Map<string, Checked>();
  const isWanted = (types: readonly string[]) => types.some((type) => type.startsWith("card.") || type.startsWith("charge."));
  for await (const line of recordedLines(connection, { from: reading.from, to: reading.to, source: options.source, isWanted }, reading))
    for (const check of checkedIn(line, options))
      if (options.customer === undefined || check.customer === options.customer) found.set(`${check.source}/${check.id}`, check);
  const counts = checkCounts(found.values());
  const shown = counts.slice(0, options.limit);
  await printList(terminal, shown, {
    columns,
    row: ({ source, customer = "(unknown)", checks: all, mostInAMonth, failed, open, first, last }) => [
      `${source}/${customer}`,
      ...[all, mostInAMonth, failed, open].map(String),
      localTimeText(first, zone),
      localTimeText(last, zone),
    ],
    json: asJson,
  });
  const when = `from ${localTimeText(options.from, zone)} to ${localTimeText(options.to, zone)} (${zone})`;
  terminal.say(
    `${found.size === 0 ? "No card was checked" : `${counted(found.size, "card check")} of ${counted(counts.length, "customer")}`} ${when}.`,
  );
  if (shown.length < counts.length)
    terminal.say(`... and ${counts.length - shown.length} more customers; --limit ${counts.length} shows them all`);
  for (const line of readText(reading, zone)) terminal.say(line);
  return found.size === 0 ? exit.nothing : exit.ok;
};

const asJson = ({ first, last, customer = undefined, ...count }: CheckCount) => ({
  ...count,
  customer: customer ?? null,
  first: isoTime(first),
  last: isoTime(last),
});
