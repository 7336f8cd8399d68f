/** A comparison as one page that needs nothing else: for a manager to read, and for paper. Plain words first, every difference with what to do behind them. */
import type { Millis } from "../../callback.ts";
import { dayMs } from "../../durations.ts";
import { counted } from "../../formats/counted.ts";
import { localDateText } from "../../formats/local-time.ts";
import { formatMoney } from "../../formats/money.ts";
import type { Zone } from "../../formats/zone.ts";
import type { Comparison, Explained } from "../compare/comparison.ts";
import { percent, type ReconciliationRun, shareOf } from "../run.ts";
import { moment, text } from "./html.ts";
import type { Report } from "./report.ts";
import { files, list, summary, undecided } from "./report-tables.ts";
import { style } from "./style.ts";
import { trendLine } from "./trend.ts";

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
  const stakes = sums.filter(({ currency }) => currency !== undefined);
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

const meanings: readonly (readonly [word: string, meaning: string])[] = [
  ["Gateway", "the company that takes the payments: it charges the customers, and pays out what it took"],
  ["Export", "the list of payments that the gateway lets its merchant download; each difference can be found there by the payment's id"],
  ["Callback", "the message by which the gateway reports a payment, a refund or the like on the day on which it happens"],
  ["Recorded", "kept here, from the callbacks that came"],
  ["Explained", "in the export and recorded, with the same amount and currency"],
  ["At stake", "what would be wrong in the accounts if the difference stayed: the payment, or the part by which the amounts differ"],
  ["Quarantine", "where callbacks are kept that could not be shown to come from the gateway"],
];

/** For who keeps accounts, and knows nothing of this software. */
const words = `<h2>What the words mean</h2>
<dl>
${meanings.map(([word, meaning]) => `<dt>${text(word)}</dt><dd>${text(meaning)}</dd>`).join("\n")}
</dl>`;
