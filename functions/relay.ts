/**
 * Relay: rings the doorbell for each new record, in the order of the table's stream. Parses only which contract a record
 * concerns; one that cannot be parsed gets a separate group and becomes a dead letter in consume, and so does one whose
 * bytes cannot be read, which consume postpones.
 */
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from "aws-lambda";
import type { Config } from "../core/config/config.ts";
import { type Doorbell, groupOf } from "../core/lifecycle/doorbell.ts";
import { linesOf } from "../core/lifecycle/line.ts";
import { isRecordKey, splitKey } from "../core/record.ts";
import { understand } from "../core/understand.ts";
import { findGateway, type Gateway } from "../gateways/index.ts";
import { bounded } from "../io/ending-calls.ts";
import { type Item, itemFromJson } from "../io/item.ts";
import { createQueue, type Queue } from "../io/queues/queue.ts";
import { type Bodies, createBodies } from "../io/records/bodies.ts";
import { fromItem } from "../io/records/record-item.ts";
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
  async (event: DynamoDBStreamEvent, { signal, report }: Pick<Invocation, "signal" | "report">): Promise<DynamoDBBatchResponse> => {
    const doorbells = new Map<string, Doorbell & { readonly sequence: string }>();
    let read = 0;
    for (const { dynamodb } of event.Records) {
      // What has been read by then still rings; the rest is redelivered.
      if (signal.aborted) break;
      const item = itemFromJson(dynamodb?.NewImage ?? {});
      const key = item.pk?.S ?? "";
      const contracts = await contractsIn(item).catch((error: unknown) => {
        report(error, { record: key });
        return undefined;
      });
      // The end of the invocation may have ended the read. The first of all is not left for the next one, where it may go the same way.
      if (contracts === undefined && signal.aborted && read > 0) break;
      read++;
      // Somebody else has written there.
      if (!isRecordKey(key)) continue;
      const { source } = splitKey(key);
      const doorbell = { key, source, group: groupOf(source, key, contracts ?? []), epoch: firstEpoch };
      doorbells.set(key, { ...doorbell, sequence: dynamodb?.SequenceNumber ?? "" });
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

    async function contractsIn(item: Item): Promise<readonly string[]> {
      const record = await fromItem(item, bodies.get);
      const understood = understand(record, findGateway(record.gateway), config);
      return understood.kind === "understood" ? linesOf(config, record.raw.source, understood.events) : [];
    }
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
