/**
 * Relay: rings the doorbell for each new record, in the order of the table's stream. Parses only which contract a record
 * concerns; one that cannot be parsed gets a separate group and becomes a dead letter in consume.
 */
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from "aws-lambda";
import type { Config } from "../core/config/config.ts";
import { linesOf } from "../core/lifecycle/contract-lines.ts";
import { type Doorbell, groupOf } from "../core/lifecycle/doorbell.ts";
import { understand } from "../core/understand.ts";
import { findGateway, type Gateway } from "../gateways/index.ts";
import { bounded } from "../io/ending-calls.ts";
import { createQueue, type Queue } from "../io/queues/queue.ts";
import { type Bodies, createBodies } from "../io/records/bodies.ts";
import { fromItem, itemFromJson } from "../io/records/record-item.ts";
import { background } from "./shell/background.ts";
import type { Invocation } from "./shell/invocation.ts";
import type { Count } from "./shell/metrics.ts";
import { environment } from "./shell/settings.ts";

export type Environment = { readonly QUEUE_URL: string };

export interface RelayDependencies {
  readonly config: Config;
  readonly findGateway: (name: string) => Gateway | undefined;
  readonly bodies: Bodies;
  readonly queue: Pick<Queue, "ring">;
  readonly count: Count;
}

/** The epoch of a record's first doorbell. */
const firstEpoch = 0;

export const createRelay =
  ({ config, findGateway, bodies, queue, count }: RelayDependencies) =>
  async (event: DynamoDBStreamEvent, { signal }: Pick<Invocation, "signal">): Promise<DynamoDBBatchResponse> => {
    const doorbells = new Map<string, Doorbell & { readonly sequence: string }>();
    let read = 0;
    for (const { dynamodb } of event.Records) {
      // What has been read by then still rings; the rest is redelivered.
      if (signal.aborted) break;
      read++;
      const record = await fromItem(itemFromJson(dynamodb?.NewImage ?? {}), bodies.get);
      const understood = understand(record, findGateway(record.gateway), config);
      const source = record.raw.source;
      const contracts = understood.kind === "understood" ? linesOf(config, source, understood.events) : [];
      const doorbell = { key: record.key, source, group: groupOf(source, record.key, contracts), epoch: firstEpoch };
      doorbells.set(record.key, { ...doorbell, sequence: dynamodb?.SequenceNumber ?? "" });
    }
    const rung = [...doorbells.values()];
    const silent = new Set((await queue.ring(rung.map(({ sequence: _, ...doorbell }) => doorbell))).map(({ key }) => key));
    const heard = Map.groupBy(
      rung.filter(({ key }) => !silent.has(key)),
      ({ source }) => source,
    );
    for (const [source, some] of heard) count("Relayed", source, some.length);
    const first = rung.find(({ key }) => silent.has(key))?.sequence ?? event.Records[read]?.dynamodb?.SequenceNumber;
    // The stream goes back to the first that did not ring; those after it ring twice, which the epoch makes harmless.
    return { batchItemFailures: first === undefined ? [] : [{ itemIdentifier: first }] };
  };

export const handler = background(({ config, metrics }) => {
  const { QUEUE_URL } = environment<Environment>(["QUEUE_URL"]);
  return createRelay({
    config,
    findGateway,
    bodies: createBodies({ bucket: "", limits: bounded }),
    queue: createQueue({ url: QUEUE_URL, limits: bounded }),
    count: metrics.count,
  });
});
