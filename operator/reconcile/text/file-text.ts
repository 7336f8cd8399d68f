/** What was read of a file, for people and as JSON. */
import { counted } from "../../../core/formats/counted.ts";
import { isoTime } from "../../../core/formats/iso-time.ts";
import { formatMoney } from "../../../core/formats/money.ts";
import { printableLine } from "../../../core/formats/printable.ts";
import { type FileReport, leftOutPlace, leftOutText, openEndText } from "../../../core/reconcile/file-report.ts";
import { problemText } from "../../../core/reconcile/reading/cells/problem.ts";

/** More of them fill a screen and help nobody; `--json` has them all. */
const mostShown = 20;

export const fileText = (report: FileReport): string => {
  const { name, layout, lines, sums, leftOut, brokenLines, broken, first, last, isCut, openEnd } = report;
  const period = first === undefined || last === undefined ? "" : `, from ${isoTime(first)} to ${isoTime(last)}`;
  const rows = [
    `${printableLine(name)}: ${counted(lines, "line")} read as ${layout}${period}`,
    ...sums.map(({ type, outcome, currency, lines: some, minor }) => {
      const what = outcome === "done" ? type : `${type}, ${outcome}`;
      return `  ${what}: ${counted(some, "line")}${currency === undefined ? "" : `, ${formatMoney({ minor, currency })}`}`;
    }),
    ...leftOut.map((one) => `  not compared: ${counted(one.lines, "line")} ${leftOutText(one.why)}${leftOutPlace(one)}`),
    ...(brokenLines > 0 ? [`  broken, and in no sum: ${counted(brokenLines, "line")}`] : []),
    ...broken.slice(0, mostShown).map(({ number, problem }) => `    line ${number}: ${problemText(problem)}`),
    ...(brokenLines > mostShown ? [`    ... and ${brokenLines - Math.min(mostShown, broken.length)} more`] : []),
    ...(isCut ? ["  The file ends in the middle of a line: there may have been more."] : []),
    ...(openEnd === undefined ? [] : [`  ${openEndText(openEnd)}`]),
  ];
  return `${rows.join("\n")}\n`;
};
