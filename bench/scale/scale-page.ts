/** docs/scale.md: where the path saturates, computed from measured service times and AWS's limits. */

import { describeMachine } from "../machine.ts";
import { table } from "../markdown-table.ts";
import { advisedFor, ordinary } from "./advice.ts";
import { assumptions, type Limit, limits } from "./limits.ts";
import type { Measured } from "./measured.ts";
import { afterApplication, afterTable, type CatchingUp, receiveWhileTableHangs } from "./outage.ts";
import { concurrencyAt, count, milliseconds, recoverSeconds, roomsOf, type Settings, secondsOf } from "./room.ts";

export const rates = [10, 1_000, 20_000] as const;

export const scalePage = (measured: Measured): string =>
  [
    "# How far it goes",
    "",
    "Computed by `npm run bench -- scale` from service times that were measured and limits that AWS publishes; nothing here was measured on AWS. Written by `npm run generate -- scale`, and a test fails when it is out of date. How to raise a setting: [operate.md](operate.md#more-room).",
    "",
    `Service times: ${describeMachine(measured.machine)}, at a load of ${measured.machine.load}; \`bench/scale/measured.json\`. Callbacks of 1 KB with one event, each about a contract of its own, in full batches; the application answers in ${milliseconds(assumptions.applicationSeconds)}. A function's time is its processor time at its share of a core (1,769 MB are one), plus ${milliseconds(assumptions.dynamoDbSeconds)} for each call of DynamoDB and ${milliseconds(assumptions.sqsSeconds)} for each of SQS, as if they all followed each other: some do not, so it is faster than this.`,
    "",
    "## Each place, as a configuration that says nothing leaves it",
    "",
    ...table(
      ["place", "callbacks a second", ...rates.map((rate) => `at ${count(rate)}/s`), "how it is computed", "what to raise"],
      roomsOf(measured, ordinary).map(({ place, perSecond, formula, raise }) => [
        place,
        isEndless(perSecond) ? "no limit of its own" : count(perSecond),
        ...rates.map((rate) => used(rate, perSecond)),
        formula,
        raise,
      ]),
    ),
    "",
    `One contract: ${(1 / secondsOf(measured.services.consume, assumptions.applicationSeconds)).toFixed(1)} deliveries a second, one after another. That is the promise of its order, and cannot be raised. The sweep's audit is not computed: what it needs for a callback is too little to be distinguished from what an idle run needs. Where it falls behind, a lost doorbell is rung for late; deliveries do not wait for it.`,
    "",
    "## After three hours",
    "",
    "The application down: its records wait under the circuit breaker's hold. The table not writable: callbacks are acknowledged into the spill queue. What arrives afterwards takes its part of what is taken.",
    "",
    ...table(
      ["callbacks a second", "backlog", "application: gone after", "bounded by", "table: gone after", "bounded by"],
      rates.map((rate) => {
        const [application, store] = [afterApplication(measured, ordinary, rate), afterTable(measured, ordinary, rate)];
        return [count(rate), count(application.backlog), gone(application), application.place, gone(store), store.place];
      }),
    ),
    "",
    `A table that hangs costs more than one that refuses: \`receive\` waits ${assumptions.hangingTableSeconds} s for it before it spills. Concurrent executions that it needs then: ${rates.map((rate) => `${count(receiveWhileTableHangs(measured, rate))} at ${count(rate)}/s`).join(", ")}, against ${rates.map((rate) => count(concurrencyAt(measured, rate).receive)).join(", ")} ordinarily. Where the account has fewer, callbacks are rejected, and their gateways send them again.`,
    "",
    "## What to set",
    "",
    "With room for twice the rate, so that a backlog of three hours is gone in three hours at most.",
    "",
    ...table(["", ...rates.map((rate) => `${count(rate)}/s`)], advice(rates.map((rate) => advisedFor(measured, rate)))),
    "",
    ...table(
      ["callbacks a second", "first place to saturate, so set", "at", "after the application", "after the table"],
      rates.map((rate) => {
        const settings = advisedFor(measured, rate);
        const [first] = [...roomsOf(measured, settings)].sort((one, other) => one.perSecond - other.perSecond);
        const outages = [afterApplication(measured, settings, rate), afterTable(measured, settings, rate)];
        return [
          count(rate),
          first?.place ?? "",
          count(first?.perSecond ?? 0),
          ...outages.map((outage) =>
            isEndless(outage.seconds) ? `never: ${outage.place} takes ${count(outage.perSecond)}` : gone(outage),
          ),
        ];
      }),
    ),
    "",
    "## What it is computed from",
    "",
    ...table(
      ["limit", "value", "source", "how to ask for more"],
      Object.values<Limit>(limits).map(({ what, value, source, quota }) => [
        what,
        count(value),
        source === "unread" ? "not read again; look it up for your Region" : source,
        quota ?? "",
      ]),
    ),
    "",
    ...table(
      ["measured, of one invocation", "processor, ms", "calls it waits for", "callbacks in it", "MB", "on Lambda"],
      Object.entries(measured.services).map(([name, service]) => [
        name,
        String(service.cpuMs),
        `${service.calls.DynamoDB.toFixed(1)} of DynamoDB, ${service.calls.SQS.toFixed(1)} of SQS`,
        String(service.batch),
        String(service.memoryMb),
        milliseconds(secondsOf(service, name === "consume" ? assumptions.applicationSeconds : 0)),
      ]),
    ),
    "",
    `Write units per callback: ${measured.units.records} in the records table, ${measured.units.timeline} in its index, ${measured.units.ledger} in the ledger. \`recover\` is computed from \`receive\`'s processor time, ten puts side by side in ${milliseconds(recoverSeconds(measured))}. What is held and released costs the ledger ${assumptions.heldUnits} units in addition, counted in the code and not measured.`,
    "",
  ].join("\n");

const isEndless = (value: number): boolean => !Number.isFinite(value);

const used = (rate: number, perSecond: number): string => {
  if (isEndless(perSecond)) return "ok";
  const share = rate / perSecond;
  return share > 1
    ? `**${share.toFixed(1)} times too slow**`
    : share >= 0.5
      ? `${Math.round(share * 100)} %: raise`
      : share < 0.01
        ? "< 1 %"
        : `${Math.round(share * 100)} %`;
};

const gone = ({ seconds }: CatchingUp): string => {
  if (isEndless(seconds)) return "**never**";
  if (seconds < 3_600) return `${Math.ceil(seconds / 60)} min`;
  return seconds < 2 * 86_400 ? `${(seconds / 3_600).toFixed(1)} h` : `${(seconds / 86_400).toFixed(1)} days`;
};

const advice = (all: readonly Settings[]): readonly (readonly string[])[] => {
  const row = (name: string, of: (settings: Settings) => number | undefined, usual: number | undefined) => [
    name,
    ...all.map((settings) => {
      const value = of(settings);
      return value === undefined || value === usual ? "as it is" : count(value);
    }),
  ];
  const { capacity, throttle, quotas } = ordinary;
  const warm = (table: "records" | "ledger") => (settings: Settings) => settings.capacity[table]?.warmThroughput?.writeUnitsPerSecond;
  return [
    row("`throttle.ratePerSecond`", (one) => one.throttle.ratePerSecond, throttle.ratePerSecond),
    row("`capacity.timelineShards`", (one) => one.capacity.timelineShards, capacity.timelineShards),
    row("`capacity.relay.parallelizationFactor`", (one) => one.capacity.relay.parallelizationFactor, capacity.relay.parallelizationFactor),
    row("`capacity.consume.maxConcurrency`", (one) => one.capacity.consume.maxConcurrency, capacity.consume.maxConcurrency),
    row("`capacity.recover.maxConcurrency`", (one) => one.capacity.recover.maxConcurrency, capacity.recover.maxConcurrency),
    row("`capacity.records.warmThroughput`, writes", warm("records"), undefined),
    row("`capacity.ledger.warmThroughput`, writes", warm("ledger"), undefined),
    row(`quota: ${limits.apiRequests.quota}`, (one) => one.quotas.apiRequests, quotas.apiRequests),
    row(`quota: ${limits.concurrency.quota}`, (one) => one.quotas.concurrency, quotas.concurrency),
    row(`quota: ${limits.tableWrites.quota}`, (one) => one.quotas.tableWrites, quotas.tableWrites),
  ];
};
