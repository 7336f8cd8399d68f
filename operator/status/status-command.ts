import { type Exit, exit } from "../cli/exit.ts";
import { printJson, type Terminal } from "../cli/terminal.ts";
import type { Connection } from "../connect/connect.ts";
import { isoOrNull } from "../query/record-row.ts";
import { type Health, healthOf, type Oldest } from "./health.ts";
import { healthText } from "./health-text.ts";
import { localMetrics, type Metric } from "./local-metrics.ts";
import { type Problem, problemsOf } from "./problems.ts";

export const status = async (connection: Connection, terminal: Terminal): Promise<Exit> => {
  const [health, metrics] = await Promise.all([healthOf(connection), localMetrics(connection)]);
  const troubles = problemsOf(health, connection);
  if (terminal.json) await printJson(terminal, asJson(health, troubles, metrics));
  else await terminal.print(healthText(health, troubles, metrics, connection, terminal));
  return troubles.length > 0 ? exit.person : exit.ok;
};

const seconds = (now: number, moment: number): number => Math.max(0, Math.round((now - moment) / 1000));

const asJson = (health: Health, troubles: readonly Problem[], metrics: readonly Metric[] | undefined) => {
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
