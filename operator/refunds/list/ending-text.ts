/** What is said after the list: its sums, what it rests on, and what could not be answered. */

import { counted } from "../../../core/formats/counted.ts";
import { localDateText, localTimeText } from "../../../core/formats/local-time.ts";
import { printableLine } from "../../../core/formats/printable.ts";
import { readText } from "../../charges/recorded-lines.ts";
import { nothingText } from "../select/of-numbers.ts";
import type { NumberOutcome, Report } from "../select/question.ts";
import type { Ending } from "./ending.ts";
import { sumText } from "./line-words.ts";

export const endingText = ({ records, between, sums, nothing, nothingCount, unpriced, report }: Ending): readonly string[] => {
  const { zone, from } = records;
  const lines = sums.reduce((count, sum) => count + sum.lines, 0);
  return [
    lines === 0
      ? "There is nothing to give back."
      : `To give back: ${sums.map(sumText).join("; ")} (${counted(lines, "line")}; days are of ${zone}).`,
    ...(between
      ? [`Charged from ${localTimeText(between.from, zone)} up to and without ${localTimeText(between.to, zone)}, ${zone}.`]
      : []),
    ...(sums.some(({ isEstimated }) => isEstimated)
      ? [`Estimated is what was due before ${localDateText(from, zone)} (${zone}), where the records begin.`]
      : []),
    ...(nothingCount > 0 ? [`${counted(nothingCount, "payment")} with nothing to give back${reasons(nothing)}.`] : []),
    ...unpriced.map(
      ({ source, contract = "", account = "" }) =>
        `${source}/${printableLine(contract)} of the account ${printableLine(account)} was charged before the records, and nobody has said how much or how often: it is not estimated.`,
    ),
    ...report.notes,
    ...report.numbers.filter(({ outcome }) => outcome !== "listed").map(numberText),
    ...pointersText(report),
    ...(report.reading ? readText(report.reading, zone) : []),
  ];
};

const reasons = (nothing: Ending["nothing"]): string => {
  const counts = [...Map.groupBy(nothing, ({ why }) => why)].map(([why, some]) => `${some.length}: ${nothingText(why)}`);
  return counts.length > 0 ? ` (${counts.join("; ")})` : "";
};

/** `line 7, "Ａ－１２": unknown`. */
const numberText = ({ line, number, outcome, why }: NumberOutcome): string => {
  const name = `line ${line}, "${printableLine(number)}"`;
  switch (outcome) {
    case "unknown":
      return `${name}: unknown. No payment has that id or order number, however it is spelled.`;
    case "same payment":
      return `${name}: the same payment, ${why}.`;
    case "nothing":
      return `${name}: nothing to give back: ${why}.`;
    case "several":
    case "a contract":
    case "listed":
      return `${name}: ${why ?? outcome}.`;
    default:
      return outcome satisfies never;
  }
};

const pointersText = ({ reads }: Report): readonly string[] => {
  const { accounts, findings, numbers } = reads;
  const read = [
    accounts > 0 && counted(accounts, "account"),
    findings > 0 && counted(findings, "finding"),
    numbers > 0 && `${numbers} payment number${numbers === 1 ? "" : "s"}`,
  ].filter(Boolean);
  return read.length === 0 ? [] : [`Read: ${read.join(" and ")}, through pointers; nothing was scanned.`];
};
