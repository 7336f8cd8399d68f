/** `cost`: what a million callbacks cost, counted on the real bundles: each call, by the size of what is in it, and each function's processor time. */

import { at, listAt, textAt } from "../../core/formats/json.ts";
import { inGroups } from "../../core/in-groups.ts";
import type { Progress } from "../ack/ack.ts";
import { median } from "../statistics.ts";
import { type CostStage, openCostStage } from "./cost-stage.ts";
import { type Deployment, readDeployment, sources } from "./deployment.ts";
import type { Cost } from "./function-runner.ts";
import { type Contract, callbacksOf, eventsIn, newContracts } from "./payload.ts";
import { createMeter, type Meter, sum } from "./units.ts";

export interface Shape {
  readonly bytes: number;
  readonly load: "busy" | "quiet";
  readonly events: 1 | 2;
  /** Known: a month earlier a callback of the same shape was about the same contract. */
  readonly contract: "new" | "known";
}

/** Per callback, but for what says otherwise. */
export interface Counted {
  readonly functions: Readonly<Record<"receive" | "relay" | "consume", Invocations>>;
  readonly records: { readonly write: number; readonly indexWrite: number; readonly bytes: number };
  readonly ledger: { readonly write: number; readonly indexWrite: number; readonly read: number; readonly bytes: number };
  readonly recordsRead: number;
  readonly sqsRequests: number;
}

export interface Invocations {
  readonly perCallback: number;
  /** Of one invocation: its processor time, and the calls that follow each other in it. */
  readonly cpuMs: number;
  readonly calls: { readonly DynamoDB: number; readonly SQS: number };
  /** Per callback. */
  readonly logBytes: number;
  readonly logLines: number;
}

/** Of the sweep: per callback, and of a run in which there is nothing to do. */
export interface Audited {
  readonly readPerCallback: number;
  readonly cpuMsPerCallback: number;
  readonly idle: {
    readonly cpuMs: number;
    readonly read: number;
    readonly write: number;
    readonly sqs: number;
    readonly lists: number;
    readonly logBytes: number;
  };
}

export interface CostResult {
  readonly deployment: Deployment;
  readonly counted: ReadonlyArray<{ readonly shape: Shape; readonly counts: Counted }>;
  readonly audited: Audited;
  /** Custom metrics of such a deployment, by the lines that were written. */
  readonly customMetrics: number;
}

/** As lib/ sets them; a queue of the kind FIFO gives a function ten at a time. */
const batches = { busy: { relay: 100, consume: 10 }, quiet: { relay: 1, consume: 1 } } as const;

export const shapes: readonly Shape[] = (["new", "known"] as const).flatMap((contract) =>
  [1_024, 2_048].flatMap((bytes) =>
    ([1, 2] as const).flatMap((events) => (["busy", "quiet"] as const).map((load) => ({ bytes, load, events, contract }))),
  ),
);

export const measureCost = async (
  callbacks: { readonly busy: number; readonly quiet: number },
  progress: Progress,
  of: readonly Shape[] = shapes,
): Promise<CostResult> => {
  const stage = await openCostStage();
  try {
    const deployment = await readDeployment(stage.home, stage.config);
    const meter = createMeter();
    const lines: string[] = [];
    progress("an idle sweep");
    const idle = await sweeps(stage, meter, [1, 2, 3, 4], lines);
    const counted: { shape: Shape; counts: Counted }[] = [];
    for (const shape of of) {
      progress(`${shape.bytes} bytes, ${shape.load}, ${shape.events} event(s), of a ${shape.contract} contract`);
      const contracts = newContracts(callbacks[shape.load]);
      if (shape.contract === "known") await follow(stage, meter, shape, contracts, lines);
      counted.push({ shape, counts: await follow(stage, meter, shape, contracts, lines) });
    }
    progress("the sweep's audit");
    const audited = await audit(stage, meter, callbacks.busy, idle, lines);
    return { deployment, counted, audited, customMetrics: customMetricsIn(lines) };
  } finally {
    await stage.close();
  }
};

/** All the way of a callback of each of these contracts. */
const follow = async (
  stage: CostStage,
  meter: Meter,
  shape: Pick<Shape, "bytes" | "events" | "load">,
  contracts: readonly Contract[],
  lines: string[],
  aheadMs = 0,
): Promise<Counted> => {
  const { functions, tables, secret } = stage;
  const count = contracts.length;
  const callbacks = callbacksOf(contracts, shape, secret);
  if (callbacks.some((one) => eventsIn(one) !== shape.events)) throw new Error(`a callback does not say ${shape.events} event(s)`);
  const before = { records: meter.bytesIn(tables.records), ledger: meter.bytesIn(tables.ledger) };
  stage.take();

  const received = await each(callbacks, (event) => functions.receive.call(event, aheadMs));
  for (const { result } of received) if (at(result, "statusCode") !== 200) throw new Error("a genuine callback was not acknowledged");
  const receiving = stage.take();
  const stored = receiving.DynamoDB.map(({ input }) => at(input, "Item"));
  const streamed = stored.map((item, at) => streamRecord(item, at));
  const relayed = await each(inGroups(streamed, batches[shape.load].relay), (Records) => functions.relay.call({ Records }, aheadMs));
  const relaying = stage.take();
  const rung = relaying.SQS.flatMap(({ input }) => listAt(input, "Entries"));
  if (rung.length !== count) throw new Error(`${count} callbacks were stored, and ${rung.length} doorbells rung`);
  const messages = inGroups(rung.map(queueRecord), batches[shape.load].consume);
  const consumed = await each(messages, (Records) => functions.consume.call({ Records }, aheadMs));
  for (const { result } of consumed) if (listAt(result, "batchItemFailures").length > 0) throw new Error("a callback was not delivered");
  const consuming = stage.take();

  const write = (calls: typeof consuming.DynamoDB) => calls.map((call) => meter.units(call));
  const [recordUnits, consumeUnits] = [write(receiving.DynamoDB), write(consuming.DynamoDB)];
  const isRecords = (index: number) => JSON.stringify(consuming.DynamoDB[index]?.input).includes(`"${tables.records}"`);
  const perCallback = (values: readonly number[]) => sum(values) / count;
  const invocations = (costs: readonly Cost[], calls: { DynamoDB: number; SQS: number }): Invocations => {
    const written = costs.flatMap((cost) => cost.lines);
    lines.push(...written);
    return {
      perCallback: costs.length / count,
      // The first ones load and compile.
      cpuMs: median(costs.slice(Math.floor(costs.length / 3)).map(({ cpuMs }) => cpuMs)),
      calls,
      logBytes: sum(written.map((line) => Buffer.byteLength(line))) / count,
      logLines: written.length / count,
    };
  };
  return {
    functions: {
      receive: invocations(received, { DynamoDB: receiving.DynamoDB.length / count, SQS: 0 }),
      relay: invocations(relayed, { DynamoDB: 0, SQS: relaying.SQS.length / relayed.length }),
      // The groups of a batch are answered side by side.
      consume: invocations(consumed, { DynamoDB: consuming.DynamoDB.length / count, SQS: 0 }),
    },
    records: {
      write: perCallback(recordUnits.map((units) => units.write)),
      indexWrite: perCallback(recordUnits.map(({ indexWrite }) => indexWrite)),
      bytes: (meter.bytesIn(tables.records) - before.records) / count,
    },
    ledger: {
      write: perCallback(consumeUnits.map((units) => units.write)),
      indexWrite: perCallback(consumeUnits.map(({ indexWrite }) => indexWrite)),
      read: perCallback(consumeUnits.map(({ read }, index) => (isRecords(index) ? 0 : read))),
      bytes: (meter.bytesIn(tables.ledger) - before.ledger) / count,
    },
    recordsRead: perCallback(consumeUnits.map(({ read }, index) => (isRecords(index) ? read : 0))),
    // One request receives a batch, and one deletes it.
    sqsRequests: (relaying.SQS.length + 2 * consumed.length) / count,
  };
};

const minute = 60_000;

/** Runs of the sweep at those minutes; of what is there already, the first look sees each once it is old enough. */
const sweeps = async (stage: CostStage, meter: Meter, minutes: readonly number[], lines: string[]) => {
  stage.take();
  const runs = await each(minutes, (at) => stage.functions.sweep.call({}, at * minute));
  const calls = stage.take();
  lines.push(...runs.flatMap((run) => run.lines));
  const units = calls.DynamoDB.map((call) => ({ ...meter.units(call), operation: call.operation }));
  return {
    runs: runs.length,
    cpuMs: sum(runs.map(({ cpuMs }) => cpuMs)),
    idleCpuMs: median(runs.map(({ cpuMs }) => cpuMs)),
    read: sum(units.map(({ read }) => read)),
    batchRead: sum(units.filter(({ operation }) => operation === "BatchGetItem").map(({ read }) => read)),
    write: sum(units.map((one) => one.write + one.indexWrite)),
    sqs: calls.SQS.length,
    lists: calls.S3.filter(({ operation }) => operation.endsWith("list")).length,
    logBytes: sum(runs.flatMap((run) => run.lines).map((line) => Buffer.byteLength(line))),
  };
};

/** A day later, so that no record of before is looked at: the first look in the minutes after, and the second after another day. */
const audit = async (
  stage: CostStage,
  meter: Meter,
  count: number,
  idle: Awaited<ReturnType<typeof sweeps>>,
  lines: string[],
): Promise<Audited> => {
  const day = 1_440;
  const from = 3 * day;
  await sweeps(stage, meter, [from - 2, from - 1, from], lines);
  await follow(stage, meter, { bytes: 1_024, load: "busy", events: 1 }, newContracts(count), lines, from * minute);
  const first = await sweeps(stage, meter, minutesFrom(from + 1, 8), lines);
  const between = await sweeps(stage, meter, [from + day - 20], lines);
  const second = await sweeps(stage, meter, minutesFrom(from + day - 10, 20), lines);
  const looked = [first, between, second];
  return {
    readPerCallback: sum(looked.map(({ batchRead }) => batchRead)) / count,
    cpuMsPerCallback: Math.max(0, sum([first, second].map(({ cpuMs, runs }) => cpuMs - runs * idle.idleCpuMs)) / count),
    idle: {
      cpuMs: idle.idleCpuMs,
      read: idle.read / idle.runs,
      write: idle.write / idle.runs,
      sqs: idle.sqs / idle.runs,
      lists: idle.lists / idle.runs,
      logBytes: idle.logBytes / idle.runs,
    },
  };
};

const minutesFrom = (first: number, count: number): readonly number[] => Array.from({ length: count }, (_, at) => first + at);

/** One after another, as a process answers them. */
const each = async <One>(all: readonly One[], call: (one: One) => Promise<Cost>): Promise<readonly Cost[]> => {
  const costs: Cost[] = [];
  for (const one of all) costs.push(await call(one));
  return costs;
};

const streamRecord = (item: unknown, index: number) => ({
  eventID: String(index),
  eventName: "INSERT",
  eventSource: "aws:dynamodb",
  dynamodb: { Keys: { pk: at(item, "pk"), sk: at(item, "sk") }, NewImage: item, SequenceNumber: String(index + 1) },
});

const queueRecord = (entry: unknown, index: number) => ({
  messageId: String(index),
  receiptHandle: String(index),
  body: textAt(entry, "MessageBody") ?? "",
  attributes: { ApproximateReceiveCount: "1", MessageGroupId: textAt(entry, "MessageGroupId") },
  eventSource: "aws:sqs",
});

/** Each name in each of its dimensions is a metric of its own, month by month; those with a source as often as there are sources. */
const customMetricsIn = (lines: readonly string[]): number => {
  const names = new Set<string>();
  for (const line of lines) {
    const parsed: unknown = line.startsWith("{") ? JSON.parse(line) : undefined;
    for (const group of listAt(parsed, "_aws", "CloudWatchMetrics"))
      for (const metric of listAt(group, "Metrics"))
        for (const dimensions of listAt(group, "Dimensions")) names.add(`${textAt(metric, "Name")} ${listAt(dimensions).join()}`);
  }
  const isPerSource = (name: string) => name.includes("source");
  return sum([...names].map((name) => (isPerSource(name) ? sources : 1)));
};
