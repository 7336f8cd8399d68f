/** What `capacity` may be: AWS's own limits, and what would stop the path when it is deployed. */

import type { Problem } from "../../problems/problem.ts";
import { fields, number, type Rule } from "../../problems/rule.ts";
import { fewestShards, mostShards } from "../../timeline-shards.ts";
import type { Config } from "../config.ts";
import { withDefaults } from "../defaults.ts";

const reservedConcurrency = number({ least: 1, most: 100_000, whole: true, why: "concurrent executions kept for this function" });
const maxConcurrency = number({ least: 2, most: 1_000, whole: true, why: "Lambda takes no other maximum of a queue's mapping" });
const warmThroughput = fields(
  {
    readUnitsPerSecond: number({ least: 12_000, most: 10_000_000, whole: true, why: "a new table has 12,000 anyway" }),
    writeUnitsPerSecond: number({ least: 4_000, most: 10_000_000, whole: true, why: "a new table has 4,000 anyway" }),
  },
  {},
);
const reserved = { reservedConcurrency };
const table = fields({}, { warmThroughput });

export const capacityRule: Rule = fields(
  {},
  {
    timelineShards: number({
      least: fewestShards,
      most: mostShards,
      whole: true,
      why: "each takes 1,000 callbacks a second; 64 is plenty",
    }),
    receive: fields({}, reserved),
    relay: fields({}, { ...reserved, parallelizationFactor: number({ least: 1, most: 10, whole: true, why: "Lambda takes no other" }) }),
    consume: fields({}, { ...reserved, maxConcurrency }),
    recover: fields({}, { ...reserved, maxConcurrency }),
    compare: fields(
      {},
      {
        // Lambda starts two of a queue's at least.
        reservedConcurrency: number({ least: 2, most: 100_000, whole: true, why: "concurrent executions kept for this function" }),
        memoryMb: number({ least: 1_024, most: 10_240, whole: true, why: "MB, of which Lambda gives no function more" }),
        largestFileMb: number({ least: 1, most: 10_240, whole: true, why: "MB of all files of an export together" }),
      },
    ),
    records: table,
    ledger: table,
  },
);

/** A mapping that starts more than the function may run is throttled, and its messages count as received without being tried. */
export const capacityProblems = (config: Config): readonly Problem[] => {
  const { capacity } = withDefaults(config);
  return (["consume", "recover"] as const).flatMap((name) => {
    const { maxConcurrency, reservedConcurrency = maxConcurrency } = capacity[name];
    if (reservedConcurrency >= maxConcurrency) return [];
    const message = `its maxConcurrency is ${maxConcurrency}, which is more: raise this, or lower that`;
    return [{ path: `capacity.${name}.reservedConcurrency`, value: reservedConcurrency, message }];
  });
};
