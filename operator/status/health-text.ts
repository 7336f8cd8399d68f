/** The health of the stack, as a page for people. */
import { printableLine } from "../../core/formats/printable.ts";
import { createTable } from "../cli/table.ts";
import type { Terminal } from "../cli/terminal.ts";
import { momentText, spanText } from "../cli/time-words.ts";
import type { Connection } from "../connect/connect.ts";
import type { Health, Oldest } from "./health.ts";
import { type Metric, metricsTable } from "./local-metrics.ts";
import type { Problem } from "./problems.ts";

export const healthText = (
  health: Health,
  troubles: readonly Problem[],
  metrics: readonly Metric[] | undefined,
  connection: Connection,
  terminal: Terminal,
): string => {
  const { bold, red, green } = terminal.colours;
  const now = health.at;
  const age = (one: Oldest | undefined) => (one ? `oldest ${spanText(now - one.storedAt)}: ${one.key}` : "");
  const states = [...health.unsettled].map(([state, count]) => `${count} ${state}`).join(", ");
  const heldRows = [...health.held].map(([target, count]) => [`held for ${target}`, String(count), ""]);
  const depth = ({ hidden, delayed }: Health["queues"]["spill"], what: string) =>
    `${hidden} in flight or backing off${delayed > 0 ? `, ${delayed} delayed` : ""}; ${what}`;
  const records = createTable(
    [{ title: "RECORDS" }, { title: "COUNT", align: "right" }, { title: "", cut: "end" }],
    terminal,
  )([
    [
      "in progress",
      String(health.due),
      [states && `${states}${health.isSampled ? " among the first 1000" : ""}`, age(health.oldest.unsettled)].filter(Boolean).join("; "),
    ],
    ["waiting", String(health.waiting), age(health.oldest.waiting)],
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
    `${bold(connection.config.name)}${connection.local ? " on this machine" : ""}: ${troubles.length === 0 ? green("all is well") : red("a person is needed")}\n${troubles.map(({ what, command }) => `  ${what}: ${command}\n`).join("")}`,
    records,
    queues,
    sources,
    ...holds,
    `The sweep last ran ${health.sweptAt === undefined ? "never: it runs every minute once deployed" : `${spanText(now - health.sweptAt)} ago`}.\n`,
    ...(metrics ? [metricsTable(metrics, terminal)] : []),
  ].join("\n");
};
