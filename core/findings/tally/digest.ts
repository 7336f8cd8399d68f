/** The day's digest of open findings, for a person who reads mail: how many of what, what is at stake, what has waited longest, what to type. */
import type { Millis } from "../../callback.ts";
import { dayMs } from "../../durations.ts";
import { counted } from "../../formats/counted.ts";
import { isoTime } from "../../formats/iso-time.ts";
import { maskText } from "../../formats/mask.ts";
import { formatMoney } from "../../formats/money.ts";
import { shellCommand } from "../../formats/shell-word.ts";
import { findingClasses } from "../finding.ts";
import { classTitles } from "../finding-text.ts";
import type { Counted } from "./round.ts";
import type { Named, Sums } from "./tally.ts";

export interface Digest {
  /** Up to 100 characters, which is what a topic takes. */
  readonly subject: string;
  readonly text: string;
}

interface About {
  /** The deployment's name. */
  readonly name: string;
  readonly now: Millis;
  /** It may have been sent already today. */
  readonly isUncertain?: boolean;
  /** A command to type, with what it needs to find this stack. */
  readonly command?: (...words: readonly string[]) => string;
}

const subjectLength = 100;

const typed = (...words: readonly string[]): string => shellCommand(["npx", "holdfast", ...words]);

export const digestOf = ({ tally, asOf }: Counted, { name, now, isUncertain = false, command = typed }: About): Digest => {
  const { count, taken, waiting, held } = tally;
  const findings = counted(count, "open finding");
  const money = moneyText(tally.money);
  const subject = `${name}: ${findings}${money === "" ? "" : `, ${money} at stake`}`;
  const lines = [
    ...(isUncertain ? ["This may be today's second digest: it is not known whether the first one was sent.", ""] : []),
    `${counted(count, "finding is", "findings are")} open at ${name}: a gateway and the application disagree, or money is at risk.`,
    money === "" ? "No amount is known." : `At stake: ${money}.`,
    "",
    ...classLines(tally.classes, now),
    "",
    takenText(count, taken),
    ...(waiting ? [named("Waiting longest", waiting, now)] : []),
    ...(held ? [named("Taken longest ago", held, now)] : []),
    "",
    "To see them, the most money first:",
    `  ${command("findings", "list")}`,
    ...(waiting && isPublic(waiting)
      ? ["What to do about the one that has waited longest:", `  ${command("findings", "show", waiting.id)}`]
      : []),
    "",
    `Counted at ${minuteOf(asOf)}. Comes once a day, as long as anything is open.`,
  ];
  return {
    subject: subject.length <= subjectLength ? subject : `${subject.slice(0, subjectLength - 3)}...`,
    text: `${lines.join("\n")}\n`,
  };
};

const takenText = (count: number, taken: number): string => {
  if (taken === 0) return count === 1 ? "Nobody has taken it." : "Nobody has taken any of them.";
  if (taken === count) return count === 1 ? "An operator has taken it." : "An operator has taken each of them.";
  return `Nobody has taken ${count - taken} of them.`;
};

const classLines = (classes: Counted["tally"]["classes"], now: Millis): readonly string[] => {
  const rows = findingClasses.flatMap((name) => {
    const one = classes[name];
    return one
      ? [{ name, count: String(one.count), title: classTitles[name], money: moneyText(one.money) || "-", age: ageText(one.since, now) }]
      : [];
  });
  const widthOf = (column: "name" | "count" | "title" | "money") => Math.max(...rows.map((row) => row[column].length));
  return rows.map(({ name, count, title, money, age }) =>
    [
      `  ${count.padStart(widthOf("count"))} ${name.padEnd(widthOf("name"))}`,
      title.padEnd(widthOf("title")),
      money.padStart(widthOf("money")),
      `oldest: ${age}`,
    ].join("  "),
  );
};

/** The most first would need a rate: they stand in the order of their codes. */
const moneyText = (sums: Sums): string =>
  Object.entries(sums)
    .filter(([, minor]) => minor > 0)
    .sort()
    .map(([currency, minor]) => formatMoney({ minor, currency }))
    .join(" and ");

const named = (what: string, { id, since }: Named, now: Millis): string =>
  `${what}: ${maskText(id)}, since ${minuteOf(since)} (${ageText(since, now)}).`;

/** Mail leaves the house: an id with an address or a card number in it stays masked, and no command can be made of it. */
const isPublic = ({ id }: Named): boolean => maskText(id) === id;

const ageText = (since: Millis, now: Millis): string => {
  const days = Math.max(0, Math.floor((now - since) / dayMs));
  return days === 0 ? "today" : counted(days, "day");
};

/** `2026-11-20 12:00 UTC` */
const minuteOf = (moment: Millis): string => `${isoTime(moment).slice(0, 16).replace("T", " ")} UTC`;
