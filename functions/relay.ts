/**
 * Relay: rings the queue's bell for each new record, in the order of the table's stream. Finds out only which contract a
 * record concerns; one that cannot be parsed gets a group of its own and becomes a dead letter in consume.
 */
import middy from "@middy/core";
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from "aws-lambda";
import type { Config } from "../core/config/config.ts";
import { once } from "../core/lazy.ts";
import { linesOf } from "../core/lifecycle/contract-lines.ts";
import { type Doorbell, groupOf } from "../core/lifecycle/doorbell.ts";
import { understand } from "../core/understand.ts";
import { findGateway, type Gateway } from "../gateways/index.ts";
import { patient } from "../io/clients.ts";
import { createQueue, type Queue } from "../io/queues/queue.ts";
import type { Bodies } from "../io/records/bodies.ts";
import { createBodies } from "../io/records/bodies.ts";
import { fromItem, itemFromJson } from "../io/records/record-item.ts";
import { type Count, createCount } from "./shell/metrics.ts";
import { bundledConfig, environment } from "./shell/settings.ts";

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
  async (invocation: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const doorbells = new Map<string, Doorbell & { readonly sequence: string }>();
    for (const { dynamodb } of invocation.Records) {
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
    const first = rung.find(({ key }) => silent.has(key));
    // The stream goes back to the first that did not ring; those after it ring twice, which the epoch makes harmless.
    return { batchItemFailures: first ? [{ itemIdentifier: first.sequence }] : [] };
  };

export const handler = middy(async (invocation: DynamoDBStreamEvent) => {
  return assembled()(invocation);
});

const assembled = once(() => {
  const { QUEUE_URL } = environment<Environment>(["QUEUE_URL"]);
  const config = bundledConfig();
  return createRelay({
    config,
    findGateway,
    bodies: createBodies({ bucket: "", limits: patient }),
    queue: createQueue({ url: QUEUE_URL, limits: patient }),
    count: createCount(config.name),
  });
});
