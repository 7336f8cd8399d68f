/** How many callbacks a second each place of the path takes. Pure. */

import type { ThrottleConfig } from "../../core/config/config.ts";
import type { ResolvedCapacity } from "../../core/config/defaults.ts";
import { assumptions, limits } from "./limits.ts";
import type { Measured, Service } from "./measured.ts";

export interface Settings {
  readonly throttle: ThrottleConfig;
  readonly capacity: ResolvedCapacity;
  /** What the account has. */
  readonly quotas: { readonly apiRequests: number; readonly concurrency: number; readonly tableWrites: number };
}

export interface Room {
  readonly place: string;
  readonly formula: string;
  readonly perSecond: number;
  readonly raise: string;
}

/** Lambda gives a core for this much memory. */
const megabytesOfCore = 1_769;

/** Seconds of one invocation on Lambda: its processor time at its share of a core, and its waits. */
export const secondsOf = ({ cpuMs, calls, memoryMb }: Service, waits = 0): number =>
  cpuMs / 1_000 / Math.min(1, memoryMb / megabytesOfCore) +
  calls.DynamoDB * assumptions.dynamoDbSeconds +
  calls.SQS * assumptions.sqsSeconds +
  waits;

export const consumeSeconds = ({ services }: Measured): number => secondsOf(services.consume, assumptions.applicationSeconds);

/** Ten puts side by side, each with what `receive` needs for one; a lower bound of what `recover` does, which verifies nothing. */
export const recoverSeconds = ({ services: { receive } }: Measured): number =>
  secondsOf({ ...receive, cpuMs: 10 * receive.cpuMs, calls: { DynamoDB: 1, SQS: 0 } });

/** What a table and its index take: as warm as it was made, and no more than the quota. */
const writesOf = (settings: Settings, table: "records" | "ledger"): number =>
  Math.min(settings.quotas.tableWrites, settings.capacity[table]?.warmThroughput?.writeUnitsPerSecond ?? limits.newTableWrites.value);

/** Of the ordinary path, in its order. */
export const roomsOf = (measured: Measured, settings: Settings): readonly Room[] => {
  const { services, units } = measured;
  const { capacity, quotas, throttle } = settings;
  const receives = secondsOf(services.receive);
  const perShard = (capacity.relay.parallelizationFactor * services.relay.batch) / secondsOf(services.relay);
  const written = limits.partitionWrites.value / units.records;
  const consumes = consumeSeconds(measured);
  return [
    {
      place: "front",
      formula: "the lower of `throttle` and the account's requests a second",
      perSecond: Math.min(throttle.ratePerSecond, quotas.apiRequests),
      raise: `\`throttle\`; above ${count(limits.apiRequests.value)}: ${limits.apiRequests.quota}`,
    },
    {
      place: "receive",
      formula: `concurrent executions / ${milliseconds(receives)}`,
      perSecond: (capacity.receive?.reservedConcurrency ?? quotas.concurrency) / receives,
      raise: `\`capacity.receive.reservedConcurrency\`; ${limits.concurrency.quota}`,
    },
    {
      place: "records table",
      formula: `write units a second / ${units.records}`,
      perSecond: writesOf(settings, "records") / units.records,
      raise: `\`capacity.records.warmThroughput\`; above ${count(limits.tableWrites.value)}: ${limits.tableWrites.quota}`,
    },
    {
      place: "timeline index",
      formula: `the lower of shards * 1,000 / ${units.timeline} / ${assumptions.skew} for uneven keys, and the index's write units / ${units.timeline}`,
      perSecond:
        Math.min((capacity.timelineShards * limits.partitionWrites.value) / assumptions.skew, writesOf(settings, "records")) /
        units.timeline,
      raise: "`capacity.timelineShards`; `capacity.records.warmThroughput`, which is the index's too",
    },
    {
      place: "stream to relay",
      formula: `grows with the table: a shard for each ${count(written)} callbacks a second, which takes \`parallelizationFactor\` * ${services.relay.batch} / ${milliseconds(secondsOf(services.relay))} = ${count(perShard)}`,
      perSecond: perShard >= written ? Number.POSITIVE_INFINITY : (writesOf(settings, "records") / units.records) * (perShard / written),
      raise: "`capacity.relay.parallelizationFactor`",
    },
    {
      place: "doorbells' queue",
      formula: `calls a second of one kind in Tokyo, each with ten messages when it is busy`,
      perSecond: limits.fifoCalls.value * services.consume.batch,
      raise: limits.fifoCalls.quota,
    },
    {
      place: "consume",
      formula: `\`maxConcurrency\` * ${services.consume.batch} / ${milliseconds(consumes)}, of which the application takes ${milliseconds(assumptions.applicationSeconds)}`,
      perSecond: (capacity.consume.maxConcurrency * services.consume.batch) / consumes,
      raise: "`capacity.consume.maxConcurrency`, and the application with it",
    },
    {
      place: "ledger table",
      formula: `write units a second / ${units.ledger}`,
      perSecond: writesOf(settings, "ledger") / units.ledger,
      raise: `\`capacity.ledger.warmThroughput\`; above ${count(limits.tableWrites.value)}: ${limits.tableWrites.quota}`,
    },
  ];
};

/** Of the concurrent executions, those that a rate needs. */
export const concurrencyAt = (measured: Measured, perSecond: number): Readonly<Record<"receive" | "relay" | "consume", number>> => ({
  receive: Math.ceil(perSecond * secondsOf(measured.services.receive)),
  relay: Math.ceil((perSecond / measured.services.relay.batch) * secondsOf(measured.services.relay)),
  consume: Math.ceil((perSecond / measured.services.consume.batch) * consumeSeconds(measured)),
});

export const count = (value: number): string => Math.round(value).toLocaleString("en-US");
export const milliseconds = (seconds: number): string =>
  `${seconds < 0.1 ? (seconds * 1_000).toFixed(1) : (seconds * 1_000).toFixed(0)} ms`;
