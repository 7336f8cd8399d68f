/** The result of `path` for people. */
import { columns } from "../columns.ts";
import type { PathOptions, PathResult, WayResult } from "./measure.ts";

export const pathReport = ({ ways }: PathResult, options: PathOptions): string => {
  const { rounds, rest, load, concurrency, outageSeconds, perSecond } = options;
  const ms = (value: number) => value.toFixed(0);
  const against = (of: (way: WayResult) => number, more: "is better" | "is worse") => {
    const own = ways.find(({ name }) => name === "holdfast");
    return (way: WayResult): string => {
      const ratio = own ? of(own) / of(way) : Number.NaN;
      return `${(more === "is better" ? ratio : 1 / ratio).toFixed(2)}`;
    };
  };
  const table = (head: readonly string[], row: (way: WayResult) => readonly string[]) =>
    columns(
      head,
      ways.map((way) => [way.name, ...row(way)]),
    );
  const [restRatio, loadRatio] = [against((way) => way.rest.p50Ms, "is worse"), against((way) => way.load.perSecond, "is better")];
  return [
    `Callback to delivered, without the front; all on this machine. ${rounds} rounds, in turns.`,
    "",
    `At rest: ${rest} callbacks a round, one by one. Holdfast's speed against: that way's p50 divided by Holdfast's.`,
    table(["way", "p50 ms", "p99 ms", "holdfast's speed against"], (way) => [ms(way.rest.p50Ms), ms(way.rest.p99Ms), restRatio(way)]),
    "",
    `At load: ${load} callbacks a round, ${concurrency} at a time.`,
    table(["way", "delivered/s", "p50 ms", "p99 ms", "holdfast's throughput against"], (way) => [
      way.load.perSecond.toFixed(0),
      ms(way.load.p50Ms),
      ms(way.load.p99Ms),
      loadRatio(way),
    ]),
    "",
    "Asked of AWS for a callback at rest (table, queues; without schedules):",
    table(["way", "calls", "write units", "read units"], ({ counts }) => [
      counts.calls.toFixed(1),
      counts.writeUnits.toFixed(1),
      counts.readUnits.toFixed(1),
    ]),
    ...(outageSeconds === 0
      ? []
      : [
          "",
          `${perSecond} callbacks a second for ${2 * outageSeconds} s; the application is down for the first ${outageSeconds}.`,
          table(["way", "caught up after, s", "p50 ms", "p99 ms", "not delivered", "twice", "overtaken"], ({ outage }) =>
            outage
              ? [
                  outage.caughtUpAfterSeconds.toFixed(1),
                  ...[outage.p50Ms, outage.p99Ms].map(ms),
                  ...[outage.notDelivered, outage.deliveredTwice, outage.overtaken].map(String),
                ]
              : [],
          ),
        ]),
  ].join("\n");
};
