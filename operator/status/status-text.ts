/** The status as a page for people: first what holds and what to type, then the numbers. */
import { type Holding, type Judged, needsOperator } from "../../core/conditions/conditions.ts";
import type { Oldest, QueueDepth } from "../../core/conditions/sight.ts";
import { printableLine } from "../../core/formats/printable.ts";
import type { Connection } from "../connect/connect.ts";
import { type Cell, createTable } from "../terminal/table.ts";
import type { Colours, Terminal } from "../terminal/terminal.ts";
import { momentText, spanText } from "../terminal/time-words.ts";
import { type Metric, metricsTable } from "./local-metrics.ts";
import { type Looked, seenIn } from "./look.ts";

export interface Status {
  readonly now: number;
  readonly looked: Looked;
  readonly judged: Judged;
  readonly metrics: readonly Metric[] | undefined;
}

const unseen = "not looked at";

export const statusText = ({ now, looked, judged, metrics }: Status, connection: Connection, terminal: Terminal): string => {
  const { bold, dim } = terminal.colours;
  const where = `${bold(connection.config.name)}${connection.local ? " on this machine" : ""}`;
  return [
    `${where}: ${verdict(judged, terminal.colours)}\n`,
    ...judged.holding.map((one) => holdingText(one, now, terminal.colours)),
    ...judged.unknown.map(
      ({ part, why, conditions }) => `  ${unseen}: ${part}, so ${conditions.join(", ")} may hold: ${printableLine(why)}\n`,
    ),
    recordsTable(now, looked, terminal),
    queuesTable(looked, terminal),
    sourcesTable(now, looked, terminal),
    ...holdLines(now, looked),
    sweepLine(now, looked),
    ...(metrics ? [metricsTable(metrics, terminal)] : []),
    dim(`Not visible here, only to the alarms: ${judged.alarmsOnly.join(", ")}.\n`),
  ].join("\n");
};

const verdict = (judged: Judged, { red, yellow, green }: Colours): string => {
  if (needsOperator(judged)) return red("an operator is needed");
  return judged.unknown.length > 0 ? yellow("not everything could be looked at") : green("all is well");
};

/** The deployment's own runbook has a section under the condition's name. */
export const holdingText = (
  { name, severity, about, what, since, money, next }: Holding,
  now: number,
  { red, yellow }: Colours,
): string => {
  const paint = { page: red, ticket: yellow, notice: (text: string) => text }[severity];
  const span = since === undefined ? "" : `, for ${spanText(now - since)} (since ${momentText(since)})`;
  return [
    `${paint(`${severity.toUpperCase()} ${name}`)}${about === undefined ? "" : ` ${about}`}${span}`,
    `  ${printableLine(what)}`,
    `  ${money}`,
    ...next.map((command) => `  > ${command}`),
    "",
  ].join("\n");
};

const recordsTable = (now: number, { looks, states }: Looked, terminal: Terminal): string => {
  const [unsettled, waiting, dead, targets] = [seenIn(looks.unsettled), seenIn(looks.waiting), seenIn(looks.dead), seenIn(looks.targets)];
  const age = (one: Oldest | undefined) => (one ? `oldest ${spanText(now - one.storedAt)}: ${one.key}` : "");
  const known = seenIn(states) ?? new Map<string, number>();
  const sampled = [...known.values()].reduce((sum, count) => sum + count, 0) < (unsettled?.count ?? 0) ? " among the first 1000" : "";
  const byState = [...known].map(([state, count]) => `${count} ${state}`).join(", ");
  const row = (what: string, seen: { readonly count: number; readonly oldest?: Oldest } | null, more = ""): readonly Cell[] =>
    seen ? [what, String(seen.count), [more, age(seen.oldest)].filter(Boolean).join("; ")] : [what, "?", unseen];
  const held = targets?.filter((target) => target.held > 0) ?? [];
  return createTable(
    [{ title: "RECORDS" }, { title: "COUNT", align: "right" }, { title: "", cut: "end" }],
    terminal,
  )([
    row("in progress", unsettled, byState && `${byState}${sampled}`),
    row("waiting", waiting),
    ...held.map(({ target, held: count, oldest }): readonly Cell[] => [`held for ${target}`, String(count), age(oldest)]),
    ...(targets ? [] : [row("held", null)]),
    row("dead", dead),
  ]);
};

const queuesTable = ({ looks, doorbells, deadLetters }: Looked, terminal: Terminal): string => {
  const row = (name: string, depth: QueueDepth | null, what: string): readonly Cell[] =>
    depth
      ? [
          name,
          String(depth.visible),
          `${depth.hidden} in flight or backing off${depth.delayed > 0 ? `, ${depth.delayed} delayed` : ""}; ${what}`,
        ]
      : [name, "?", unseen];
  const spill = seenIn(looks.spill);
  const inBucket = spill?.run?.spilled?.bucket ?? 0;
  return createTable(
    [{ title: "QUEUES" }, { title: "COUNT", align: "right" }, { title: "", cut: "end" }],
    terminal,
  )([
    row("doorbells", seenIn(doorbells), "records on their way"),
    row("dead letters", seenIn(deadLetters), "records that died; one that died again may be here twice"),
    row("spill", spill?.queue ?? null, `callbacks the table could not take${inBucket > 0 ? `; ${inBucket} more in the bucket` : ""}`),
  ]);
};

const sourcesTable = (now: number, { looks, searchedSince }: Looked, terminal: Terminal): string => {
  const sources = seenIn(looks.sources);
  if (!sources) return `SOURCES ${unseen}\n`;
  const since = momentText(seenIn(searchedSince) ?? now);
  return createTable(
    [{ title: "SOURCES" }, { title: "IN QUARANTINE", align: "right" }, { title: "LAST CALLBACK", cut: "end" }],
    terminal,
  )(
    sources.map(({ source, lastAt, quarantined }) => [
      source,
      quarantined.count === 0 ? "" : String(quarantined.count),
      lastAt === undefined ? `none since ${since}` : `${momentText(lastAt)}, ${spanText(now - lastAt)} ago`,
    ]),
  );
};

const holdLines = (now: number, { looks }: Looked): readonly string[] =>
  (seenIn(looks.targets) ?? []).flatMap(({ hold }) => {
    if (!hold) return [];
    const released = hold.ratePerSecond === undefined ? "" : `; being released at ${hold.ratePerSecond} a second`;
    return [
      `Held: the target ${hold.target}, for ${spanText(now - hold.since)}, by ${printableLine(hold.by)}: ${printableLine(hold.why)}${released}\n`,
    ];
  });

const sweepLine = (now: number, { looks }: Looked): string => {
  const seen = seenIn(looks.sweep);
  if (!seen) return `The sweep: ${unseen}.\n`;
  return `The sweep last ran ${seen.run === undefined ? "never: it runs every minute once deployed" : `${spanText(now - seen.run.at)} ago`}.\n`;
};
