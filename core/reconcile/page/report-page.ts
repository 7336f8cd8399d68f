/** A comparison as one page that needs nothing else: for a manager to read, and for paper. Plain words first, every difference with what to do behind them. */
import type { Millis } from "../../callback.ts";
import { dayMs, hourMs } from "../../durations.ts";
import { counted } from "../../formats/counted.ts";
import { localDateText } from "../../formats/local-time.ts";
import { formatMoney } from "../../formats/money.ts";
import type { Zone } from "../../formats/zone.ts";
import type { Comparison, Explained } from "../compare/comparison.ts";
import type { Difference, Names } from "../compare/difference.ts";
import { bothText, causeTexts, nextStepOf, symptomText } from "../compare/difference-text.ts";
import { type FileReport, leftOutPlace, leftOutText, openEndText } from "../file-report.ts";
import { problemText } from "../reading/cells/problem.ts";
import { percent, type ReconciliationRun, shareOf } from "../run.ts";
import { cell, code, moment, number, table, text } from "./html.ts";
import { style } from "./style.ts";
import { trendLine } from "./trend.ts";

export interface Report {
  readonly comparison: Comparison;
  readonly files: readonly FileReport[];
  /** Earlier ones of this source, oldest first. */
  readonly earlier: readonly ReconciliationRun[];
  readonly madeAt: Millis;
  readonly zone: Zone;
  /** Of what this deployment is called. */
  readonly deployment: string;
  /** A command to type. */
  readonly command: (...words: readonly string[]) => string;
}

/** Beyond these a page helps nobody: the CSV has them all. */
const mostListed = 10_000;

export const reportPage = (report: Report): string => {
  const { comparison, madeAt, zone, deployment } = report;
  const { source, from, asOf, differences } = comparison;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${text(`Reconciliation of ${source}, ${zone}`)}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>Reconciliation of ${text(source)}</h1>
<p class="soft">${text(deployment)}: what the gateway exported against what is recorded, from ${moment(from, zone)} to ${lastDay(asOf, zone)}. Made on ${moment(madeAt, zone)}, times in ${text(zone)}.</p>
${headline(report)}
<p>${verdict(comparison)}</p>
${trend(report)}
${summary(comparison)}
${list(differences.slice(0, mostListed), report)}
${undecided(comparison)}
${files(report)}
${words}
</main>
</body>
</html>
`;
};

/** Up to and without that moment: at midnight it is the day before that was the last one. */
const lastDay = (asOf: Millis, zone: Zone): string =>
  localDateText(asOf - 1, zone) === localDateText(asOf, zone) ? moment(asOf, zone) : `the end of ${moment(asOf - 1, zone)}`;

/** Days from the end of the time that was compared to this report. */
const daysTaken = ({ madeAt, comparison }: Report): number => Math.max(0, Math.ceil((madeAt - comparison.asOf) / dayMs));

const mainOf = (money: readonly Explained[]): Explained | undefined => money.toSorted((one, other) => other.moved - one.moved)[0];

const headline = (report: Report): string => {
  const { money, lines, matched, contracts, differences, undecided: open } = report.comparison;
  const days = daysTaken(report);
  const cards = [
    ...money.map((one) => {
      const share = shareOf(one);
      const sums = `${formatMoney({ minor: one.explained, currency: one.currency })} of ${formatMoney({ minor: one.moved, currency: one.currency })}`;
      return `<li><b class="${share === 1 ? "good" : "warn"}">${percent(share)}</b>of the money is explained, recorded here with the same amount: ${text(sums)}, ${counted(days, "day")} after the period's end</li>`;
    }),
    ...(lines > 0 ? [`<li><b>${matched}</b>of ${counted(lines, "line")} agree with the records</li>`] : []),
    ...(contracts === undefined ? [] : [`<li><b>${contracts}</b>${contracts === 1 ? "contract" : "contracts"} compared</li>`]),
    `<li><b class="${differences.length === 0 ? "good" : "bad"}">${differences.length}</b>${differences.length === 1 ? "difference" : "differences"}${open.length > 0 ? `, and ${open.length} undecided` : ""}</li>`,
  ];
  return `<ul class="headline">${cards.join("")}</ul>`;
};

const verdict = ({ differences, undecided: open, sums }: Comparison): string => {
  if (differences.length === 0 && open.length === 0)
    return "Everything that the gateway exported is recorded alike, and nothing that is recorded is missing in the export.";
  const stakes = sums.filter(({ currency, minor }) => currency !== undefined && minor > 0);
  const byCurrency = Map.groupBy(stakes, ({ currency }) => currency as string);
  const total = [...byCurrency].map(([currency, some]) =>
    formatMoney({ minor: some.reduce((sum, { minor }) => sum + minor, 0), currency }),
  );
  const isInPart = sums.some(({ symptom }) => symptom === "over" || symptom === "under" || symptom === "split");
  return `${counted(differences.length, "difference")} ${differences.length === 1 ? "has" : "have"} to be looked at${total.length > 0 ? `; at stake in them: ${text(total.join(", "))}` : ""}.${isInPart ? " A payment whose amounts differ is not explained as a whole, and at stake is the part by which they differ." : ""}`;
};

const trend = ({ comparison, earlier, zone }: Report): string => {
  const main = mainOf(comparison.money);
  if (!main || earlier.length === 0) return "";
  const now = { asOf: comparison.asOf, money: comparison.money } as ReconciliationRun;
  const others = earlier.filter(({ asOf }) => asOf !== comparison.asOf);
  return `<h2>Explained, from month to month</h2>
${trendLine(
  [...others, now].toSorted((one, other) => one.asOf - other.asOf),
  main.currency,
  zone,
)}`;
};

const summary = ({ sums }: Comparison): string =>
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

const list = (differences: readonly Difference[], report: Report): string =>
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

/** For who keeps accounts, and knows nothing of this software. */
const words = `<h2>What the words mean</h2>
<dl>
${[
  ["Gateway", "the company that takes the payments: it charges the customers, and pays out what it took"],
  ["Export", "the list of payments that the gateway lets its merchant download; each difference can be found there by the payment's id"],
  ["Callback", "the message by which the gateway reports a payment, a refund or the like on the day on which it happens"],
  ["Recorded", "kept here, from the callbacks that came"],
  ["Explained", "in the export and recorded, with the same amount and currency"],
  ["At stake", "what would be wrong in the accounts if the difference stayed: the payment, or the part by which the amounts differ"],
  ["Quarantine", "where callbacks are kept that could not be shown to come from the gateway"],
]
  .map(([word = "", meaning = ""]) => `<dt>${text(word)}</dt><dd>${text(meaning)}</dd>`)
  .join("\n")}
</dl>`;

const undecided = ({ undecided: open }: Comparison): string =>
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

const files = ({ files: read }: Report): string => `<h2>What was read</h2>
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
