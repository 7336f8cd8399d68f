/** `refunds --between`: every charge of a time, by its own time (R-BETWEEN), found as `charges --between` finds them: through the records stored from then on. */
import { type Interval, isIn } from "../../../core/charges/taken.ts";
import { dayMs, minuteMs } from "../../../core/durations.ts";
import { ledgerId } from "../../../core/ledger-id.ts";
import { createListed } from "../../../core/refunds/refund-list.ts";
import { inBatches } from "../../../core/sequences.ts";
import { readingOf, recordedLines } from "../../charges/recorded-lines.ts";
import type { Connection } from "../../connect/connect.ts";
import { paymentsIn } from "./known-payments.ts";
import type { Asked, Report } from "./question.ts";

/** A clock may be wrong by that much: a callback that seems to be stored before its event happened. */
const aheadMs = dayMs;
const soonMs = 5 * minuteMs;
const batchSize = 100;

export async function* ofPeriod(stores: Connection, between: Interval, source: string | undefined, report: Report): AsyncGenerator<Asked> {
  const reading = readingOf(stores, { from: Math.max(0, between.from - aheadMs), to: stores.clock() + soonMs });
  report.reading = reading;
  const isWanted = (types: readonly string[]): boolean => types.includes("charge.succeeded");
  /** A payment counts in one line, but where it belongs to two contracts. */
  const listed = createListed();
  for await (const lines of inBatches(recordedLines(stores, { ...reading, source, isWanted }, reading), batchSize)) {
    const payments = lines.flatMap((line) => {
      const contracts = new Set(line.entries.flatMap(({ event }) => (event.contract === undefined ? [] : [ledgerId(event.contract)])));
      const taken = paymentsIn(line).payments.filter(({ payment }) => payment.isGood && isIn(between, payment.at));
      return contracts.size === 1 ? taken : taken.filter(({ payment }) => listed.first(line.source, payment.charge.ids));
    });
    yield { selection: { payments, past: [] } };
  }
}
