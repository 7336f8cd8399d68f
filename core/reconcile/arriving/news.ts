/** The message to the alarm topic about an export that came: one short text. Sums and counts, and no payment, as in the day's digest. */
import { counted } from "../../formats/counted.ts";
import { maskText } from "../../formats/mask.ts";
import { formatMoney } from "../../formats/money.ts";
import { printableLine } from "../../formats/printable.ts";
import type { Compared } from "../compared.ts";
import { percent, shareOf } from "../run.ts";
import type { Refusal } from "./refusal.ts";

export interface News {
  /** ASCII, in one line, up to 100 characters: a topic takes no other. */
  readonly subject: string;
  readonly text: string;
}

const longestSubject = 100;

/** A name that somebody has given a file may be anything. */
const shown = (name: string): string => maskText(printableLine(name));

const subjectOf = (text: string): string => {
  const plain = text.replace(/[^\x20-\x7e]/g, "?");
  return plain.length <= longestSubject ? plain : `${plain.slice(0, longestSubject - 3)}...`;
};

export interface ComparedNews {
  /** The deployment's. */
  readonly deployment: string;
  readonly name: string;
  readonly compared: Pick<Compared, "comparison" | "files" | "isCut">;
  readonly findings: { readonly raised: number; readonly updated: number; readonly closed: number };
  /** What was entered from it; undefined where nothing is, by the configuration. */
  readonly entered: { readonly count: number; readonly isDelivered: boolean } | undefined;
  /** `s3://...html` */
  readonly report: string;
  readonly next: readonly string[];
}

export const comparedNews = ({ deployment, name, compared, findings, entered, report, next }: ComparedNews): News => {
  const { comparison, files, isCut } = compared;
  const { source, lines, matched, money, differences, undecided } = comparison;
  const broken = files.reduce((sum, { report: { brokenLines } }) => sum + brokenLines, 0);
  const shares = money.map((one) => `${percent(shareOf(one))} of ${one.currency} explained`);
  const headline = [...shares, differences.length === 0 ? "nothing differs" : counted(differences.length, "difference")].join(", ");
  return {
    subject: subjectOf(`${deployment}: ${source}, ${shown(name)}: ${headline}`),
    text: `${[
      `${shown(name)} of ${source} was compared with what is recorded: ${headline}.`,
      "",
      `Lines: ${lines}, recorded alike: ${matched}.`,
      ...money.map(
        ({ currency, moved, explained }) =>
          `Money: ${formatMoney({ minor: explained, currency })} of ${formatMoney({ minor: moved, currency })} explained.`,
      ),
      ...sumLines(compared),
      ...(undecided.length > 0 ? [`Undecided: ${undecided.length}.`] : []),
      ...(broken > 0 ? [`Broken lines, in no sum: ${broken}. The report names them.`] : []),
      ...(files.some(({ report: { isCut: isCutFile } }) => isCutFile) ? ["A file ends in the middle of a line: fetch it again."] : []),
      ...(isCut ? ["There are more unsettled callbacks than were looked at: what is said to be never sent may be among them."] : []),
      `Findings: ${findings.raised} new, ${findings.updated} updated, ${findings.closed} closed.`,
      ...(entered
        ? [`Entered as found by reconciliation: ${counted(entered.count, "event")}${entered.isDelivered ? ", and delivered" : ""}.`]
        : []),
      "",
      `The report: ${report}`,
      ...(next.length > 0 ? ["", "What to type next:", ...next.map((one) => `  ${one}`)] : []),
    ].join("\n")}\n`,
  };
};

const sumLines = ({ comparison: { sums } }: ComparedNews["compared"]): readonly string[] =>
  sums.map(
    ({ cause, symptom, class: name, count, currency, minor }) =>
      `  ${cause}${name === undefined ? "" : ` (${name})`}, ${symptom}: ${count}${currency === undefined ? "" : `, ${formatMoney({ minor, currency })}`}`,
  );

export const refusedNews = (deployment: string, { source, name, why, commands }: Refusal, report: string): News => ({
  subject: subjectOf(`${deployment}: ${source === undefined ? "" : `${source}, `}${shown(name)} was not compared`),
  text: `${[
    `${shown(name)} was not compared.`,
    "",
    maskText(why),
    ...(commands.length > 0 ? ["", "To type:", ...commands.map((one) => `  ${one}`)] : []),
    "",
    `It is written down in ${report}`,
  ].join("\n")}\n`,
});
