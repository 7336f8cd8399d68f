/** `holdfast status`: whether all is well, and where to look when it is not. */
import { listAt, numberAt, textAt } from "../core/json.ts";
import { printableLine } from "../core/printable.ts";
import { readPage } from "../io/page.ts";
import type { Connection } from "./connect.ts";
import { type Exit, exit } from "./exit.ts";
import { type Health, healthOf, type Oldest } from "./health.ts";
import { isoOrNull } from "./row.ts";
import { createTable } from "./table.ts";
import { printJson, type Terminal } from "./terminal.ts";
import { momentText, spanText } from "./time-words.ts";

interface Metric {
  readonly name: string;
  readonly source: string | null;
  readonly sum: number;
  readonly last: number;
}

export const status = async (at: Connection, terminal: Terminal): Promise<Exit> => {
  const [health, metrics] = await Promise.all([healthOf(at), localMetrics(at)]);
  const troubles = troublesOf(health, at);
  if (terminal.json) await printJson(terminal, asJson(health, troubles, metrics));
  else await terminal.print(asText(health, troubles, metrics, at, terminal));
  return troubles.length > 0 ? exit.person : exit.ok;
};

/** Runs every minute; one that was skipped is no trouble yet. */
const sweepLateMs = 5 * 60_000;
const trouble = (what: string, command: string) => ({ what, command });

/** What needs a person; none when all is well. */
const troublesOf = (health: Health, at: Connection): readonly { readonly what: string; readonly command: string }[] => {
  const { dead, sweptAt } = health;
  const lateMs = sweptAt === undefined ? 0 : health.at - sweptAt;
  return [
    ...(dead > 0
      ? [trouble(`${dead} ${dead === 1 ? "record is" : "records are"} dead; what follows in their contracts waits`, at.command("dead"))]
      : []),
    ...(lateMs > sweepLateMs
      ? [trouble(`the sweep has not finished for ${spanText(lateMs)}: nothing finds what gets lost`, at.command("doctor"))]
      : []),
  ];
};

const seconds = (now: number, moment: number): number => Math.max(0, Math.round((now - moment) / 1000));

const asJson = (health: Health, troubles: ReturnType<typeof troublesOf>, metrics: readonly Metric[] | undefined) => {
  const old = (one: Oldest | undefined) =>
    one ? { key: one.key, storedAt: isoOrNull(one.storedAt), seconds: seconds(health.at, one.storedAt) } : null;
  return {
    at: isoOrNull(health.at),
    troubles,
    records: {
      due: health.due,
      dueByState: Object.fromEntries(health.unsettled),
      waiting: health.waiting,
      held: Object.fromEntries(health.held),
      dead: health.dead,
    },
    oldest: { unsettled: old(health.oldest.unsettled), waiting: old(health.oldest.waiting), dead: old(health.oldest.dead) },
    queues: health.queues,
    sweep: { lastAt: isoOrNull(health.sweptAt), secondsAgo: health.sweptAt === undefined ? null : seconds(health.at, health.sweptAt) },
    holds: health.holds.map((hold) => ({ ...hold, since: isoOrNull(hold.since) })),
    sources: health.sources.map(({ source, lastAt }) => ({ source, lastStoredAt: isoOrNull(lastAt) })),
    ...(metrics && { metrics }),
  };
};

const asText = (
  health: Health,
  troubles: ReturnType<typeof troublesOf>,
  metrics: readonly Metric[] | undefined,
  at: Connection,
  terminal: Terminal,
): string => {
  const { bold, red, green } = terminal.colours;
  const now = health.at;
  const age = (one: Oldest | undefined) => (one ? `oldest ${spanText(now - one.storedAt)}: ${one.key}` : "");
  const states = [...health.unsettled].map(([state, count]) => `${count} ${state}`).join(", ");
  const heldRows = [...health.held].map(([target, count]) => [`held for ${target}`, String(count), ""]);
  const depth = ({ hidden, delayed }: Health["queues"]["spill"], what: string) =>
    `${hidden} taken or put off${delayed > 0 ? `, ${delayed} delayed` : ""}; ${what}`;
  const records = createTable(
    [{ title: "RECORDS" }, { title: "COUNT", align: "right" }, { title: "", cut: "end" }],
    terminal,
  )([
    [
      "to be tried again",
      String(health.due),
      [states && `${states}${health.isSampled ? " among the first 1000" : ""}`, age(health.oldest.unsettled)].filter(Boolean).join("; "),
    ],
    ["waiting behind others", String(health.waiting), age(health.oldest.waiting)],
    ...heldRows,
    ["dead", String(health.dead), age(health.oldest.dead)],
  ]);
  const queues = createTable(
    [{ title: "QUEUES" }, { title: "COUNT", align: "right" }, { title: "", cut: "end" }],
    terminal,
  )([
    ["doorbells", String(health.queues.doorbells.visible), depth(health.queues.doorbells, "records on their way")],
    ["dead letters", String(health.queues.deadLetters.visible), depth(health.queues.deadLetters, "one for each dead record")],
    ["spill", String(health.queues.spill.visible), depth(health.queues.spill, "callbacks the table could not take")],
  ]);
  const sources = createTable(
    [{ title: "SOURCES" }, { title: "LAST CALLBACK", cut: "end" }],
    terminal,
  )(
    health.sources.map(({ source, lastAt }) => [
      source,
      lastAt === undefined ? `none since ${momentText(health.latestSince ?? now)}` : `${momentText(lastAt)}, ${spanText(now - lastAt)} ago`,
    ]),
  );
  const holds = health.holds.map(
    (hold) =>
      `Held: the target ${hold.target}, for ${spanText(now - hold.since)}, by ${printableLine(hold.by)}: ${printableLine(hold.why)}${hold.ratePerSecond === undefined ? "" : `; being released at ${hold.ratePerSecond} a second`}\n`,
  );
  return [
    `${bold(at.config.name)}${at.local ? " on this machine" : ""}: ${troubles.length === 0 ? green("all is well") : red("a person is needed")}\n${troubles.map(({ what, command }) => `  ${what}: ${command}\n`).join("")}`,
    records,
    queues,
    sources,
    ...holds,
    `The sweep last ran ${health.sweptAt === undefined ? "never: it runs every minute once deployed" : `${spanText(now - health.sweptAt)} ago`}.\n`,
    ...(metrics ? [metricsTable(metrics, terminal)] : []),
  ].join("\n");
};

/** What the functions of the local stack have counted since it started. CloudWatch has it of the deployed one. */
const localMetrics = async ({ local }: Connection): Promise<readonly Metric[] | undefined> => {
  if (!local) return undefined;
  const page = await readPage(`${local.url}/_local/metrics`);
  return listAt(page).flatMap((metric) => {
    const name = textAt(metric, "name");
    return name === undefined
      ? []
      : [
          {
            name,
            source: textAt(metric, "dimensions", "source") ?? null,
            sum: numberAt(metric, "sum") ?? 0,
            last: numberAt(metric, "last") ?? 0,
          },
        ];
  });
};

const metricsTable = (metrics: readonly Metric[], terminal: Terminal): string => {
  const totals = metrics.filter(({ source }) => source === null).toSorted((one, other) => (one.name < other.name ? -1 : 1));
  if (totals.length === 0) return "";
  const columns = [{ title: "METRICS SINCE THE START" }, { title: "TOTAL", align: "right" }, { title: "LATEST", align: "right" }] as const;
  return createTable(
    columns,
    terminal,
  )(totals.map(({ name, sum, last }) => [name, isGauge(name) ? "" : String(sum), isGauge(name) ? String(last) : ""]));
};

/** Measured each minute; their sum says nothing. */
const isGauge = (name: string): boolean => /(Seconds|Records)$/.test(name);
