/** The tables of a comparison's page: what differs in sum and one by one, what is undecided, and what was read. */

import { bothText, causeTexts, nextStepOf, symptomText } from "../../difference/difference-text.ts";
import { dayMs, hourMs } from "../../durations.ts";
import { counted } from "../../formats/counted.ts";
import { formatMoney } from "../../formats/money.ts";
import type { Comparison } from "../compare/comparison.ts";
import type { Difference } from "../compare/difference.ts";
import { leftOutPlace, leftOutText, openEndText } from "../file-report.ts";
import { problemText } from "../reading/cells/problem.ts";
import type { Names } from "../sides/names.ts";
import { cell, code, moment, number, table, text } from "./html.ts";
import type { Report } from "./report.ts";

export const summary = ({ sums }: Comparison): string =>
  sums.length === 0
    ? ""
    : `<h2>What differs</h2>
${table(
  "By how it came about and how it shows",
  [cell("How it came about"), cell("How it shows"), number("Number"), number("At stake")],
  sums.map(({ cause, symptom, class: name, count, currency, minor }) => [
    cell(`${text(cause)}<span class="next">${text(causeTexts[cause])}</span>`),
    cell(
      `${text(name === undefined ? symptom : `${symptom} (${name})`)}<span class="next">${text(symptomText({ cause, symptom }))}</span>`,
    ),
    number(String(count)),
    number(currency === undefined ? "" : text(formatMoney({ minor, currency }))),
  ]),
)}`;

export const list = (differences: readonly Difference[], report: Report): string =>
  differences.length === 0
    ? ""
    : `<h2>Every difference</h2>
${table(
  differences.length < report.comparison.differences.length
    ? `The first ${differences.length} of ${report.comparison.differences.length}: the CSV has them all`
    : "With what to do next",
  [cell("When"), cell("What"), cell("Payment or contract"), number("At stake"), cell("Both sides")],
  differences.map((one) => row(one, report)),
  "long",
)}`;

const row = (difference: Difference, { zone, command }: Report) => {
  const { at, cause, symptom, class: name, about, names, money, age, record } = difference;
  const next = nextStepOf(difference);
  const step = next.command ? `${text(next.advice)} ${code(command(...next.command))}` : text(next.advice);
  const missing =
    age === undefined || age < hourMs
      ? ""
      : `, ${age < 2 * dayMs ? counted(Math.floor(age / hourMs), "hour") : counted(Math.floor(age / dayMs), "day")}`;
  return [
    cell(moment(at, zone)),
    cell(`${text(`${about}: ${cause}, ${symptom}${name === undefined ? "" : ` (${name})`}${missing}`)}<span class="next">${step}</span>`),
    cell(namesHtml(names, record)),
    number(money ? text(formatMoney(money)) : ""),
    cell(text(bothText(difference))),
  ];
};

const namesHtml = ({ payment, reference, contract, customer, order, line, account }: Names, record: string | undefined): string =>
  (
    [
      ["", payment.join(", ")],
      ["refund or dispute ", reference],
      ["contract ", contract],
      ["customer ", customer],
      ["order ", order],
      ["account ", account],
      ["line ", line],
      ["record ", record],
    ] as const
  )
    .flatMap(([what, id]) => (id === undefined || id === "" ? [] : [`${what}${code(id)}`]))
    .join("<br>");

export const undecided = ({ undecided: open }: Comparison): string =>
  open.length === 0
    ? ""
    : `<h2>Undecided</h2>
${table(
  "Several payments fit equally well, and none was chosen: somebody who knows the gateway has to",
  [cell("By"), cell("What"), number("Amount"), number("Lines"), cell("Payments")],
  open.map(({ by, name, about, money, lines, payments }) => [
    cell(text(`${by} ${name}`)),
    cell(text(about)),
    number(money ? text(formatMoney(money)) : ""),
    number(String(lines.length)),
    cell(payments.map((names) => code(names.payment[0] ?? "")).join(", ")),
  ]),
)}`;

/** Of one file; who has more needs another file, and no longer list. */
const mostBroken = 50;

export const files = ({ files: read }: Report): string => `<h2>What was read</h2>
${table(
  "Broken lines are in no sum",
  [cell("File"), cell("As"), number("Lines"), number("Broken"), cell("Not compared, and what is wrong")],
  read.map(({ name, layout, lines, brokenLines, broken, leftOut, isCut, openEnd }) => [
    cell(code(name)),
    cell(text(layout)),
    number(String(lines)),
    number(brokenLines === 0 ? "0" : `<span class="bad">${brokenLines}</span>`),
    cell(
      [
        ...leftOut.map((one) => text(`${counted(one.lines, "line")} ${leftOutText(one.why)}${leftOutPlace(one)}`)),
        ...broken.slice(0, mostBroken).map(({ number: at, problem }) => text(`line ${at}: ${problemText(problem)}`)),
        ...(brokenLines > mostBroken ? [`... and ${brokenLines - mostBroken} more`] : []),
        ...(isCut ? ["The file ends in the middle of a line: there may have been more."] : []),
        ...(openEnd === undefined ? [] : [text(openEndText(openEnd))]),
      ].join("<br>"),
    ),
  ]),
)}`;
