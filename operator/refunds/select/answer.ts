/** An operator's question, answered part by part: what is asked for first is listed first, and no payment twice. */
import type { Millis } from "../../../core/callback.ts";
import { type Records, recordsOf } from "../../../core/refunds/estimate.ts";
import type { Party, RefundLine } from "../../../core/refunds/payment-line.ts";
import { createListed, type NothingBack, refundList } from "../../../core/refunds/refund-list.ts";
import type { Connection } from "../../connect/connect.ts";
import { ofAccounts } from "./of-accounts.ts";
import { ofFindings } from "./of-findings.ts";
import { ofNumbers } from "./of-numbers.ts";
import { ofPeriod } from "./of-period.ts";
import type { Asked, Question, Report } from "./question.ts";

/** What one part of the question brought. */
export interface Part {
  readonly lines: readonly RefundLine[];
  readonly nothing: readonly NothingBack[];
  readonly unpriced: readonly Party[];
}

export const recordsOfStack = ({ config }: Pick<Connection, "config">, now: Millis): Records =>
  recordsOf(now, config.refunds.lookBackYears, config.zone);

/** Nothing but charges of a time is asked for. */
export const isOnlyBetween = ({ findings, classes, accounts, payments }: Question): boolean =>
  findings.length + classes.length + accounts.length === 0 && payments === undefined;

export async function* answer(connection: Connection, question: Question, report: Report, records: Records): AsyncGenerator<Part> {
  // Of all charges of a time none can come twice, and nobody knows how many they are.
  const listed = isOnlyBetween(question) ? { first: () => true } : createListed();
  for await (const { selection, settle } of askedOf(connection, question, report)) {
    const given = [
      ...selection.payments.map(({ party, payment }) => ({ source: party.source, ids: payment.charge.ids })),
      ...selection.past.map(({ contract }) => ({ source: contract.source, ids: [contract.contract] })),
    ];
    const byHand = await connection.handRefunds.of(given);
    const list = refundList(selection, { listed, byHand, records, between: question.between });
    settle?.(list);
    yield list;
  }
}

async function* askedOf(connection: Connection, question: Question, report: Report): AsyncGenerator<Asked> {
  const { between, payments, source } = question;
  if (between && isOnlyBetween(question)) return yield* ofPeriod(connection, between, source, report);
  yield* ofAccounts(connection, question.accounts, report);
  if (payments !== undefined) yield* ofNumbers(connection, payments, question, report);
  yield* ofFindings(connection, question, report);
}
