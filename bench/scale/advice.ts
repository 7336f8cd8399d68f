/** What to set for a rate, with room for twice as much: a backlog of three hours is then gone in three hours. Pure. */
import { withDefaults } from "../../core/config/defaults.ts";
import { mostShards } from "../../core/timeline-shards.ts";
import { assumptions, limits } from "./limits.ts";
import type { Measured } from "./measured.ts";
import { receiveWhileTableHangs } from "./outage.ts";
import { concurrencyAt, recoverSeconds, type Settings, secondsOf } from "./room.ts";

const { throttle, capacity } = withDefaults({ name: "any", sources: {}, targets: {} });

/** What a configuration that says nothing has, in an account that never asked for more. */
export const ordinary: Settings = {
  throttle,
  capacity,
  quotas: {
    apiRequests: limits.apiRequests.value,
    concurrency: limits.concurrency.value,
    tableWrites: limits.tableWrites.value,
  },
};

const headroom = 2;
/** Lambda takes no more for one mapping. */
const mostConsumers = 1_000;

const roundUp = (value: number, to: number): number => Math.ceil(value / to) * to;

export const advisedFor = (measured: Measured, rate: number): Settings => {
  const peak = headroom * rate;
  const { units } = measured;
  const needed = concurrencyAt(measured, peak);
  const consumers = Math.min(mostConsumers, Math.max(ordinary.capacity.consume.maxConcurrency, roundUp(needed.consume, 10)));
  const perRecover = 10 / recoverSeconds(measured);
  const recoverers = Math.min(1_000, Math.max(ordinary.capacity.recover.maxConcurrency, roundUp(rate / perRecover, 10)));
  const writes = {
    records: roundUp(peak * Math.max(units.records, units.timeline), 1_000),
    // What catches up was held.
    ledger: roundUp(peak * units.ledger + peak * assumptions.heldUnits, 1_000),
  };
  const warm = (writeUnitsPerSecond: number) =>
    writeUnitsPerSecond > limits.newTableWrites.value && { warmThroughput: { readUnitsPerSecond: 12_000, writeUnitsPerSecond } };
  const concurrency = receiveWhileTableHangs(measured, rate) + needed.relay + consumers + recoverers;
  // A shard takes in so much, whatever the rate: there are more of them then.
  const perShard = limits.partitionWrites.value / units.records;
  const lanes = Math.ceil((perShard * secondsOf(measured.services.relay)) / measured.services.relay.batch);
  const shards = Math.ceil((peak * units.timeline * assumptions.skew) / limits.partitionWrites.value);
  return {
    throttle: {
      ratePerSecond: Math.max(ordinary.throttle.ratePerSecond, peak),
      burst: Math.max(ordinary.throttle.burst, peak),
    },
    capacity: {
      ...ordinary.capacity,
      timelineShards: Math.min(mostShards, Math.max(ordinary.capacity.timelineShards, shards)),
      relay: { parallelizationFactor: Math.min(10, Math.max(ordinary.capacity.relay.parallelizationFactor, lanes)) },
      consume: { maxConcurrency: consumers },
      recover: { maxConcurrency: recoverers },
      ...(warm(writes.records) && { records: warm(writes.records) || {} }),
      ...(warm(writes.ledger) && { ledger: warm(writes.ledger) || {} }),
    },
    quotas: {
      apiRequests: Math.max(limits.apiRequests.value, peak),
      concurrency: Math.max(limits.concurrency.value, roundUp(concurrency, 100)),
      tableWrites: Math.max(limits.tableWrites.value, ...Object.values(writes)),
    },
  };
};
