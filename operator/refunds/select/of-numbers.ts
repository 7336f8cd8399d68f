/** `refunds --payments FILE`: each number of the file with what came of it, and each payment once, by whatever numbers it is asked for (R-BACK-2). */

import type { Selected } from "../../../core/refunds/of-account.ts";
import type { Nothing } from "../../../core/refunds/payment-line.ts";
import { inBatches } from "../../../core/sequences.ts";
import type { Connection } from "../../connect/connect.ts";
import { findNumber, type NumberFound } from "./find-number.ts";
import type { Asked, NumberOutcome, Question, Report } from "./question.ts";
import { type Listed, numberHeader, readColumn } from "./read-column.ts";

/** Numbers looked up at a time: each is a few reads at each source. */
const together = 16;

export async function* ofNumbers(
  stores: Pick<Connection, "config" | "ledger">,
  file: string,
  { like, source }: Pick<Question, "like" | "source">,
  report: Report,
): AsyncGenerator<Asked> {
  /** By payment, the number that asked for it first. */
  const askedBy = new Map<string, Listed>();
  for await (const batch of inBatches(readColumn(file, numberHeader), together)) {
    const found = await Promise.all(batch.map(async (typed) => ({ typed, means: await findNumber(stores, typed.text, { like, source }) })));
    report.reads.numbers += batch.length;
    for (const { typed, means } of found) {
      if (means.kind !== "payments") report.numbers.push({ line: typed.line, number: typed.text, ...withoutPayments(means) });
      else yield { selection: { payments: means.payments, past: [] }, ...outcomeOf(typed, means.payments, askedBy, report) };
    }
  }
}

const outcomeOf = (typed: Listed, payments: readonly Selected[], askedBy: Map<string, Listed>, report: Report): Pick<Asked, "settle"> => {
  const names = payments.map(({ party, payment }) => `${party.source}/${payment.charge.id}`);
  const [before] = names.flatMap((name) => askedBy.get(name) ?? []);
  const isAsked = names.every((name) => askedBy.has(name));
  for (const name of names) if (!askedBy.has(name)) askedBy.set(name, typed);
  return {
    settle({ lines, nothing }) {
      const about = { line: typed.line, number: typed.text, payments: names };
      const outcome = (kind: NumberOutcome["outcome"], why?: string) =>
        void report.numbers.push({ ...about, outcome: kind, ...(why !== undefined && { why }) });
      if (lines.length > 0) outcome("listed");
      else if (isAsked && before) outcome("same payment", `asked for by "${before.text}" in line ${before.line} already`);
      else if (nothing.length > 0) outcome("nothing", [...new Set(nothing.map(({ why }) => nothingText(why)))].join("; "));
      else outcome("same payment", "in the list already, or not charged in that time");
    },
  };
};

const withoutPayments = (means: Exclude<NumberFound, { kind: "payments" }>): Pick<NumberOutcome, "outcome" | "payments" | "why"> => {
  switch (means.kind) {
    case "check":
      return { outcome: "nothing", payments: [means.id], why: nothingText("check") };
    case "several":
      return { outcome: "several", payments: means.ids, why: `it means ${means.ids.join(" and ")}: write one of them` };
    case "contract":
      return {
        outcome: "a contract",
        payments: [],
        why: `it is the contract ${means.name}, and no payment's number: ask for its account, or for payments of it`,
      };
    case "unknown":
      return { outcome: "unknown", payments: [] };
    default:
      return means satisfies never;
  }
};

const texts: Readonly<Record<Nothing, string>> = {
  failed: "the payment failed: nothing was taken",
  voided: "it was voided: the gateway has undone it",
  authorized: "it was only authorised: nothing was taken",
  check: "it is a card check, and no charge",
  refunded: "it was given back in full",
  "charged back": "the bank has taken it back",
  "given back by hand": "it was given back by hand",
  free: "it was for nothing",
  "taken before the records": "it was taken before the records begin, and only what was given back of it is recorded",
  "amount unknown": "the gateway has not said how much it was: look there",
};

export const nothingText = (why: Nothing): string => texts[why];
