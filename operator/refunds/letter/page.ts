/** A customer's letter as one HTML page that needs nothing else: to be printed, or sent as it is. */
import type { Millis } from "../../../core/callback.ts";
import { printableLine } from "../../../core/formats/printable.ts";
import type { Records } from "../../../core/refunds/estimate.ts";
import type { RefundLine } from "../../../core/refunds/payment-line.ts";
import { type RefundSum, refundSums } from "../../../core/refunds/refund-sums.ts";
import { goneBack, moneyOf } from "../list/line-words.ts";
import { dateIn, type Language, moneyIn, type Words, words } from "./language.ts";
import { style } from "./style.ts";

export interface Letter {
  /** The account, or where there is none the customer's id at the gateway, or the contract's. */
  readonly name: string;
  readonly lines: readonly RefundLine[];
  readonly asOf: Millis;
  readonly records: Records;
  /** Who writes. Left out where it is printed on letter paper. */
  readonly sender?: string | undefined;
}

export const letterPage = (letter: Letter, language: Language): string => {
  const say = words[language];
  const { lines, records, asOf, sender } = letter;
  const hasEstimates = lines.some(({ isEstimated }) => isEstimated);
  const hasBack = lines.some((line) => goneBack(line) > 0);
  const sums = refundSums(lines);
  const contracts = [...Map.groupBy(lines, ({ contract }) => contract)];
  const notes = [
    ...(hasEstimates ? [say.aboutEstimates(dateIn(language, records.from, records.zone))] : []),
    ...(hasBack ? [say.aboutBack] : []),
    say.aboutDates(records.zone),
  ];
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${text(`${say.page} ${letter.name}`)}</title>
<style>${style}</style>
</head>
<body>
<main>
<header>
<p class="to">${text(say.salutation(letter.name))}</p>
<p class="from">${text(dateIn(language, asOf, records.zone))}${sender === undefined ? "" : `<br>${text(sender)}`}</p>
</header>
<h1>${text(say.title)}</h1>
<p>${text(say.greeting)}</p>
${sums.map((sum) => `<p class="sum">${text(sumName(sum, say))} <b>${text(sumText(sum, language))}</b></p>`).join("\n")}
<table>
<thead><tr>${head(say, hasBack)}</tr></thead>
${contracts.map(([name, some]) => contractRows(name, some, { letter, language, hasBack })).join("\n")}
<tfoot>
${sums.map((sum) => sumRow(sum, language, hasBack)).join("\n")}
</tfoot>
</table>
<ul class="notes">${notes.map((note) => `<li>${text(note)}</li>`).join("")}</ul>
</main>
</body>
</html>
`;
};

const head = ({ columns }: Words, hasBack: boolean): string =>
  [
    `<th scope="col">${text(columns.date)}</th>`,
    `<th scope="col">${text(columns.payment)}</th>`,
    `<th scope="col" class="money">${text(columns.charged)}</th>`,
    ...(hasBack ? [`<th scope="col" class="money">${text(columns.back)}</th>`] : []),
    `<th scope="col" class="money">${text(columns.left)}</th>`,
  ].join("");

interface How {
  readonly letter: Letter;
  readonly language: Language;
  readonly hasBack: boolean;
}

const contractRows = (contract: string | undefined, lines: readonly RefundLine[], how: How): string => {
  const say = words[how.language];
  const name = contract === undefined ? text(say.single) : `${text(say.contract)} <span class="id">${text(contract)}</span>`;
  return [
    "<tbody>",
    `<tr class="contract"><th scope="rowgroup" colspan="${how.hasBack ? 5 : 4}">${name}</th></tr>`,
    ...lines.map((line) => row(line, how)),
    "</tbody>",
  ].join("\n");
};

const row = (line: RefundLine, { letter: { records }, language, hasBack }: How): string => {
  const money = (minor: number): string => `<td class="money">${text(moneyIn(language, moneyOf(line, minor)))}</td>`;
  const payment = line.isEstimated
    ? `<td><span class="estimated">${text(words[language].estimated)}</span></td>`
    : `<td class="id">${text(line.order ?? line.id)}</td>`;
  return [
    `<tr${line.isEstimated ? ' class="estimate"' : ""}>`,
    `<td class="date">${text(dateIn(language, line.at, records.zone))}</td>`,
    payment,
    money(line.charged),
    ...(hasBack ? [goneBack(line) > 0 ? money(goneBack(line)) : '<td class="money"></td>'] : []),
    money(line.left),
    "</tr>",
  ].join("");
};

const sumName = ({ isEstimated }: RefundSum, say: Words): string => (isEstimated ? say.sumWithEstimates : say.sum);

const sumText = ({ currency, left }: RefundSum, language: Language): string => moneyIn(language, { minor: left, currency });

const sumRow = (sum: RefundSum, language: Language, hasBack: boolean): string => {
  const name = `<th scope="row" colspan="${hasBack ? 4 : 3}">${text(sumName(sum, words[language]))}</th>`;
  return `<tr>${name}<td class="money">${text(sumText(sum, language))}</td></tr>`;
};

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Ids come from outside: as text of the page, and nothing else. */
const text = (value: string): string => printableLine(value).replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign);
