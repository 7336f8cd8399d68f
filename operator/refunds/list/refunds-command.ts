/** `holdfast refunds list`: what is to be given back. It moves no money, and changes nothing. */

import { dayMs } from "../../../core/durations.ts";
import { Failure } from "../../../core/failure.ts";
import type { Party } from "../../../core/refunds/payment-line.ts";
import type { NothingBack } from "../../../core/refunds/refund-list.ts";
import { createSums } from "../../../core/refunds/refund-sums.ts";
import type { Connection } from "../../connect/connect.ts";
import { type Exit, exit } from "../../terminal/exit.ts";
import { startProgressBar } from "../../terminal/progress-bar.ts";
import type { Terminal } from "../../terminal/terminal.ts";
import { answer, isOnlyBetween, recordsOfStack } from "../select/answer.ts";
import { newReport, type Question } from "../select/question.ts";
import type { Ending } from "./ending.ts";
import { endingText } from "./ending-text.ts";
import { csvSink } from "./refund-csv.ts";
import { jsonSink } from "./refund-json.ts";
import { tableSink } from "./refund-table.ts";
import type { Sink } from "./sink.ts";

export interface ListOptions {
  readonly question: Question;
  readonly limit: number;
  /** Further places where lines go: letters. */
  readonly also?: readonly Sink[];
}

export const refundsList = async (
  connection: Connection,
  terminal: Terminal,
  { question, limit, also = [] }: ListOptions,
): Promise<Exit> => {
  checkQuestion(question);
  const now = connection.clock();
  const records = recordsOfStack(connection, now);
  const report = newReport();
  const main = terminal.csv
    ? csvSink(terminal, records.zone)
    : terminal.json
      ? jsonSink(terminal)
      : tableSink(terminal, records.zone, limit);
  const sinks = [main, ...also];
  const sums = createSums();
  const nothing: NothingBack[] = [];
  const unpriced: Party[] = [];
  let [count, nothingCount] = [0, 0];
  const { from = now } = question.between ?? {};
  const days = Math.ceil((now - from) / dayMs);
  const bar = await startProgressBar("Reading days", isOnlyBetween(question) ? days : 0, terminal.interactive);
  try {
    for await (const part of answer(connection, question, report, records)) {
      for (const line of part.lines) sums.add(line);
      count += part.lines.length;
      nothingCount += part.nothing.length;
      if (!isOnlyBetween(question)) nothing.push(...part.nothing);
      unpriced.push(...part.unpriced);
      for (const sink of sinks) await sink.add(part.lines);
      if (report.reading) bar.update(Math.max(0, Math.floor((report.reading.reached - from) / dayMs)));
    }
  } finally {
    bar.stop();
  }
  const ending: Ending = { asOf: now, records, between: question.between, sums: sums.all(), nothing, nothingCount, unpriced, report };
  for (const sink of sinks) await sink.end(ending);
  for (const line of endingText(ending)) terminal.say(line);
  const isOpen =
    report.notes.length + unpriced.length > 0 ||
    report.reading?.keptDays !== undefined ||
    report.numbers.some(({ outcome }) => needsSomebody.has(outcome));
  return isOpen ? exit.person : count > 0 ? exit.ok : exit.nothing;
};

const needsSomebody: ReadonlySet<string> = new Set(["unknown", "several", "a contract"]);

const checkQuestion = (question: Question): void => {
  const { between } = question;
  if (isOnlyBetween(question) && !between)
    throw new Failure("Say what is to be given back: --finding, --class, --account, --payments, or --between.", "usage");
};
