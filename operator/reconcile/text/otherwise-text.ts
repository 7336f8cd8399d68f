/** What it changes that a file is read otherwise than before, for people. */
import { counted } from "../../../core/formats/counted.ts";
import { isoTime } from "../../../core/formats/iso-time.ts";
import { formatMoney } from "../../../core/formats/money.ts";
import { printableLine } from "../../../core/formats/printable.ts";
import type { Both, FileChange, ReadOtherwise } from "../../../core/reconcile/read-otherwise.ts";

export const otherwiseText = ({ run, files, matched, differences }: ReadOtherwise): string =>
  [
    `\nCompared before by ${printableLine(run.by)} on ${isoTime(run.at)}, in run ${run.id}. ${changed("Recorded alike", matched)}, ${changed("differences", differences)}\n`,
    ...files.map(fileChange),
  ].join("");

const changed = (what: string, { before, now }: Both<number>): string =>
  before === now ? `${what}: ${now} as before` : `${what}: ${before}, now ${now}`;

const fileChange = ({ name, layout, lines, brokenLines, sums }: FileChange): string => {
  const by = layout.before === layout.now ? layout.now : `${layout.before}, now as ${layout.now}`;
  const head = `  ${printableLine(name)}, read as ${by}: ${changed("lines", lines)}, ${changed("broken", brokenLines)}\n`;
  const rows = sums.map(({ of, lines: some, minor }) => {
    const sum = (count: number, amount: number): string =>
      `${counted(count, "line")}${of.currency === undefined ? "" : `, ${formatMoney({ minor: amount, currency: of.currency })}`}`;
    const what = of.outcome === "done" ? of.type : `${of.type}, ${of.outcome}`;
    return `    ${what}: ${sum(some.before, minor.before)}; now ${sum(some.now, minor.now)}\n`;
  });
  return [head, ...rows].join("");
};
