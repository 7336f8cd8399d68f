/** What the demo has found, as text for people: at most 100 columns. */
import { sentenceOf } from "../../core/lifecycle/cause-text.ts";
import { type Dead, isIn, type Progress } from "../../core/lifecycle/progress.ts";
import type { Colours } from "../../operator/terminal/terminal.ts";
import { cutEnd, cutMiddle } from "../../operator/terminal/text-width.ts";
import { type Evidence, takenBy } from "./evidence.ts";
import { countAll, countSource, type Figures } from "./figures.ts";
import type { Judged } from "./promises.ts";

const width = 100;

type Row = ReturnType<typeof countSource>;

const columns: readonly (readonly [above: string, below: string, field: keyof Row])[] = [
  ["", "sent", "sent"],
  ["", "genuine", "genuine"],
  ["acknow-", "ledged", "acknowledged"],
  ["recorded", "once", "recorded"],
  ["dupli-", "cates", "duplicates"],
  ["", "refused", "refused"],
  ["", "delivered", "delivered"],
  ["", "waiting", "waiting"],
  ["", "dead", "dead"],
];

/** One row per source, and their sum: as things stood before anything was replayed. */
export const tableOf = (evidence: Evidence, sources: readonly string[], { bold, dim }: Colours): string => {
  const rows = sources.map((source): readonly [string, Row] => [source, countSource(evidence, source)]);
  const sumOf = (field: keyof Row) => rows.reduce((sum, [, row]) => sum + row[field], 0);
  const nameWidth = Math.max(...sources.map(({ length }) => length));
  const line = (name: string, cells: readonly string[]) =>
    [name.padEnd(nameWidth), ...cells.map((cell, at) => cell.padStart(widthOf(columns[at])))].join("  ").trimEnd();
  return [
    bold(
      line(
        "",
        columns.map(([above]) => above),
      ),
    ),
    bold(
      line(
        "source",
        columns.map(([, below]) => below),
      ),
    ),
    ...rows.map(([source, row]) =>
      line(
        source,
        columns.map(([, , field]) => String(row[field])),
      ),
    ),
    dim(
      "-".repeat(
        line(
          "",
          columns.map(() => "0"),
        ).length,
      ),
    ),
    line(
      "total",
      columns.map(([, , field]) => String(sumOf(field))),
    ),
  ].join("\n");
};

const widthOf = (column: (typeof columns)[number] | undefined): number => Math.max(column?.[0].length ?? 0, column?.[1].length ?? 0);

export const acknowledgedText = ({ genuine, acknowledged, ackP50Ms, ackP99Ms }: Figures): string => {
  const share = genuine === 0 ? 0 : Math.floor((acknowledged / genuine) * 1000) / 10;
  return `Acknowledged: ${acknowledged} of ${genuine} genuine callbacks, ${share} %; p50 ${ackP50Ms} ms, p99 ${ackP99Ms} ms.`;
};

/** Each dead letter with its reason, and the number waiting behind it. */
export const deadText = ({ before }: Evidence, { red }: Colours): string => {
  const all = [...before.progress.values()];
  const dead = deadOf(all);
  const lines = dead.flatMap((one) => {
    const behind = all.filter((other) => isBehind(other, one)).length;
    return [
      `  ${red(cutMiddle(one.key, width - 2))}`,
      `    ${cutEnd(sentenceOf(one.cause), width - 4)}`,
      ...(behind > 0 ? [`    ${behind} later callbacks of the same contract wait behind it`] : []),
    ];
  });
  return [`Dead letters: ${dead.length}, each with its reason, waiting for an operator.`, ...lines].join("\n");
};

const deadOf = (all: readonly Progress[]): readonly Dead[] => all.filter((one) => isIn(one, ["dead"]));

const isBehind = (other: Progress, dead: Progress): boolean =>
  other.state === "waiting" && other.source === dead.source && other.contracts.some((one) => dead.contracts.includes(one));

/** What the replay has changed. */
export const replayText = (evidence: Evidence): string => {
  const { before, after, seen } = evidence;
  const { replayed, delivered, recorded } = countAll(evidence);
  const taken = takenBy(seen);
  const were = (state: string) => [...before.progress.values()].filter((one) => one.state === state);
  const risen = were("dead").filter(({ key }) => taken.has(key)).length;
  const freed = were("waiting").filter(({ key }) => taken.has(key)).length;
  const left = deadOf([...after.progress.values()]);
  return [
    "After the application was fixed and the dead letters were replayed:",
    `  ${replayed} replayed: ${risen} delivered, and ${freed} of ${were("waiting").length} that waited behind them; ${left.length} dead again`,
    ...left.map(({ key, cause }) => `    ${cutMiddle(key, 40)}: ${cutEnd(sentenceOf(cause), width - 46)}`),
    `  ${delivered} of ${recorded} genuine callbacks have reached the application.`,
  ].join("\n");
};

const mostBreaches = 5;

/** One line for each promise, and what was wrong where it was broken. */
export const promisesText = (judged: readonly Judged[], { green, red, bold }: Colours): string =>
  judged
    .flatMap(({ promise, title, judgedBy, breaches }) => [
      `${bold(promise)} ${breaches.length === 0 ? green("kept  ") : red("broken")}  ${title}: ${judgedBy}`,
      ...breaches.slice(0, mostBreaches).map((breach) => `     ${cutEnd(breach, width - 5)}`),
      ...(breaches.length > mostBreaches ? [`     and ${breaches.length - mostBreaches} more`] : []),
    ])
    .join("\n");
