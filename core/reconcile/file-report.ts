/** What was read of one file: lines by what they are, money by type and currency, and every line that is in no sum. */
import type { Millis } from "../callback.ts";
import { compareText } from "../ledger/text-order.ts";
import type { LineType, Outcome } from "../mapping/layout.ts";
import type { ExportLine, LeftOut, Reading } from "./export-line.ts";
import type { LineProblem } from "./reading/cells/problem.ts";

export interface FileReport {
  readonly name: string;
  readonly sha256: string;
  /** The kind or mapping by which it was read. */
  readonly layout: string;
  readonly charset: string;
  /** Lines that were read. */
  readonly lines: number;
  readonly sums: readonly LineSum[];
  /** Lines that say something, but not about a payment's money, by their reason. */
  readonly leftOut: readonly { readonly why: LeftOut; readonly lines: number; readonly first: number }[];
  readonly brokenLines: number;
  /** The first of them. */
  readonly broken: readonly BrokenLine[];
  /** The first and the last time that a line says. */
  readonly first?: Millis;
  readonly last?: Millis;
  /** It ends in the middle of a line: there may have been more. */
  readonly isCut: boolean;
  /** Its last line was read, has no line end, and this column is its last: if the file was cut there, nothing else shows it. */
  readonly openEnd?: string;
}

export interface BrokenLine {
  readonly number: number;
  readonly problem: LineProblem;
}

export interface LineSum {
  readonly type: LineType | "contract";
  readonly outcome: Outcome;
  readonly currency?: string;
  readonly lines: number;
  /** Minor units. */
  readonly minor: number;
}

/** A file with more is no export of that kind; their number is counted on. */
const mostBroken = 1_000;
/** More different reasons are not distinguished. */
const mostReasons = 200;

export type Tally = Pick<FileReport, "lines" | "sums" | "leftOut" | "brokenLines" | "broken" | "first" | "last" | "isCut">;

const ofContract = { type: "contract", outcome: "done", amount: undefined } as const;

type Sum = { -readonly [Name in keyof LineSum]: LineSum[Name] };

/** Adds up what is read, line by line. */
export const createTally = () => {
  const sums = new Map<string, Sum>();
  let same: Sum | undefined;
  const reasons = new Map<string, { why: LeftOut; lines: number; first: number }>();
  const broken: BrokenLine[] = [];
  let [lines, brokenLines, isCut] = [0, 0, false];
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const count = (line: ExportLine): void => {
    lines++;
    const { type, outcome, amount } = line.kind === "money" ? line : ofContract;
    // Most lines are like the one before.
    if (same?.type !== type || same.outcome !== outcome || same.currency !== amount?.currency) {
      const key = `${type} ${outcome} ${amount?.currency ?? ""}`;
      same = sums.get(key) ?? { type, outcome, ...amount, lines: 0, minor: 0 };
      sums.set(key, same);
    }
    same.lines++;
    same.minor += amount?.minor ?? 0;
    if (line.at === undefined) return;
    if (line.at < first) first = line.at;
    if (line.at > last) last = line.at;
  };
  const leave = (why: LeftOut, number: number): void => {
    const key = JSON.stringify(why);
    const known = reasons.get(key);
    if (known) known.lines++;
    else if (reasons.size < mostReasons) reasons.set(key, { why, lines: 1, first: number });
  };
  return {
    see(reading: Reading): void {
      if (reading.kind === "money" || reading.kind === "contract") count(reading);
      else if (reading.kind === "broken") {
        brokenLines++;
        if (reading.problem.kind === "cut off") isCut = true;
        if (broken.length < mostBroken) broken.push({ number: reading.number, problem: reading.problem });
      } else leave(reading.why, reading.number);
    },
    tally: (): Tally => ({
      lines,
      sums: [...sums].sort(([one], [other]) => compareText(one, other)).map(([, sum]) => sum),
      leftOut: [...reasons.values()].sort((one, other) => one.first - other.first),
      brokenLines,
      broken,
      ...(first <= last && { first, last }),
      isCut,
    }),
  };
};

const leftOutTexts: { readonly [Kind in LeftOut["kind"]]: (why: Extract<LeftOut, { readonly kind: Kind }>) => string } = {
  empty: () => "empty",
  type: ({ type }) => type,
  zero: () => "of nothing: no money was moved",
  record: ({ type }) => (type === "" ? "of another record type" : `of record type ${type}`),
  totals: () => "of totals",
  repeated: () => "once more, and counted once",
  continues: () => "that go on with the line before",
  rule: ({ why }) => why,
  unknown: ({ column, text }) => (text === "" ? `with nothing in "${column}"` : `with "${text}" in "${column}", which is not known`),
};

/** What is said of lines that an operator has to look at names the first of them. */
export const leftOutPlace = ({ why, first, lines }: FileReport["leftOut"][number]): string =>
  ["unknown", "totals", "repeated"].includes(why.kind) ? ` (${lines > 1 ? "the first on " : ""}line ${first})` : "";

/** For people, behind the number of lines. */
export const leftOutText = (why: LeftOut): string => (leftOutTexts[why.kind] as (one: LeftOut) => string)(why);

export const openEndText = (column: string): string =>
  `Its last line has no line end: if the file was cut there, "${column}" of that line is not whole.`;
