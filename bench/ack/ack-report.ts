/** The result of `ack` for people. */

import { columns } from "../columns.ts";
import type { AckOptions, AckResult } from "./ack.ts";

export const ackReport = ({ rows, comparisons, oneCall }: AckResult, { rounds, requests, concurrencies, networkMs }: AckOptions): string =>
  [
    `${rounds} rounds of ${requests} callbacks each, in turns; one table each with index and stream, on one DynamoDB engine (dynoxide).`,
    `Latency and CPU are the client process's own. ${networkMs > 0 ? `A round trip to the engine takes ${networkMs} ms more than the machine takes.` : "There is no network: the engine is on this machine."}`,
    ...concurrencies.flatMap((concurrency) => [
      "",
      `${concurrency} at a time`,
      columns(
        ["contestant", "acks/s", "p50 ms", "p99 ms", "CPU ms/ack", "calls/ack"],
        rows
          .filter((row) => row.concurrency === concurrency)
          .map((row) => [
            row.name,
            row.perSecond.toFixed(0),
            row.p50Ms.toFixed(2),
            row.p99Ms.toFixed(2),
            row.cpuMs.toFixed(3),
            row.networkCalls.toFixed(3),
          ]),
      ),
      "",
      columns(
        ["holdfast's throughput against", "min", "median", "max", "goal", ""],
        comparisons
          .filter((comparison) => comparison.concurrency === concurrency)
          .map(({ against, throughput: { min, median, max }, goal, met }) => [
            against,
            min.toFixed(2),
            median.toFixed(2),
            max.toFixed(2),
            `>= ${goal.toFixed(2)}`,
            verdict(met),
          ]),
      ),
    ]),
    "",
    `exactly one network call before the answer: ${verdict(oneCall)}`,
  ].join("\n");

const verdict = (met: boolean): string => (met ? "met" : "missed");
