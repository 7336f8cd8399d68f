/** Callbacks on their way through the built bundles, and what each of them asked of AWS. */
import { at, listAt, textAt } from "../../core/formats/json.ts";
import { inGroups } from "../../core/sequences.ts";
import { median } from "../statistics.ts";
import type { CostStage } from "./cost-stage.ts";
import type { Cost } from "./function-runner.ts";
import { type Contract, callbacksOf, eventsIn } from "./payload.ts";
import { type Meter, sum } from "./units.ts";

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

/** As lib/ sets them; a queue of the kind FIFO gives a function ten at a time. */
const batches = { busy: { relay: 100, consume: 10 }, quiet: { relay: 1, consume: 1 } } as const;

/** All the way of a callback of each of these contracts. */
export const follow = async (
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

/** One after the other. */
export const each = async <One>(all: readonly One[], call: (one: One) => Promise<Cost>): Promise<readonly Cost[]> => {
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
