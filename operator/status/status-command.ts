/** `holdfast status`: which conditions hold, and the numbers they are judged by. */
import { type Holding, type Judged, judge, needsOperator } from "../../core/conditions/conditions.ts";
import type { Oldest } from "../../core/conditions/sight.ts";
import type { Connection } from "../connect/connect.ts";
import { isoOrNull } from "../query/record-row.ts";
import { type Exit, exit } from "../terminal/exit.ts";
import { printJson, type Terminal } from "../terminal/terminal.ts";
import { localMetrics } from "./local-metrics.ts";
import { type Looked, lookAt, placeOf, seenIn } from "./look.ts";
import { statusText } from "./status-text.ts";

/** Exits with 4 when an operator has to act, and with 1 when nothing that was seen needs one, but not everything could be seen. */
export const status = async (connection: Connection, terminal: Terminal): Promise<Exit> => {
  const [looked, metrics] = await Promise.all([lookAt(connection), localMetrics(connection)]);
  const now = connection.clock();
  const judged = judge(looked.looks, { now, config: connection.config }, placeOf(connection));
  if (terminal.json) await printJson(terminal, { ...asJson(looked, judged, now), ...(metrics && { metrics }) });
  else await terminal.print(statusText({ now, looked, judged, metrics }, connection, terminal));
  if (needsOperator(judged)) return exit.person;
  return judged.unknown.length > 0 ? exit.failed : exit.ok;
};

const secondsOf = (now: number, moment: number): number => Math.max(0, Math.round((now - moment) / 1000));

export const conditionAsJson = ({ since, ...holding }: Holding, now: number) => ({
  ...holding,
  about: holding.about ?? null,
  since: isoOrNull(since),
  seconds: since === undefined ? null : secondsOf(now, since),
});

/** `null`: it could not be looked at; `notLookedAt` says why. */
const asJson = ({ looks, doorbells, deadLetters, states }: Looked, judged: Judged, now: number) => {
  const [unsettled, dead, waiting, targets, spill, sweep, sources] = [
    seenIn(looks.unsettled),
    seenIn(looks.dead),
    seenIn(looks.waiting),
    seenIn(looks.targets),
    seenIn(looks.spill),
    seenIn(looks.sweep),
    seenIn(looks.sources),
  ];
  const old = (one: Oldest | undefined) =>
    one ? { key: one.key, storedAt: isoOrNull(one.storedAt), seconds: secondsOf(now, one.storedAt) } : null;
  const run = sweep?.run;
  return {
    at: isoOrNull(now),
    conditions: judged.holding.map((holding) => conditionAsJson(holding, now)),
    notLookedAt: judged.unknown,
    onlyInCloudWatch: judged.alarmsOnly,
    records: {
      due: unsettled?.count ?? null,
      dueByState: Object.fromEntries(seenIn(states) ?? []),
      waiting: waiting?.count ?? null,
      held: targets && Object.fromEntries(targets.filter(({ held }) => held > 0).map(({ target, held }) => [target, held])),
      dead: dead?.count ?? null,
    },
    oldest: { unsettled: old(unsettled?.oldest), waiting: old(waiting?.oldest), dead: old(dead?.oldest) },
    queues: { doorbells: seenIn(doorbells), deadLetters: seenIn(deadLetters), spill: spill?.queue ?? null },
    sweep: { lastAt: isoOrNull(run?.at), secondsAgo: run ? secondsOf(now, run.at) : null, failed: run?.failed ?? [] },
    holds: targets?.flatMap(({ hold }) => (hold ? [{ ...hold, since: isoOrNull(hold.since) }] : [])) ?? null,
    sources:
      sources?.map(({ source, lastAt, quarantined }) => ({
        source,
        lastStoredAt: isoOrNull(lastAt),
        quarantined: quarantined.count,
      })) ?? null,
  };
};
