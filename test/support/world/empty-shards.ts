/**
 * A sweep reads some hundred shards of the indexes, nearly all of them empty, which was most of what it cost in a test. Those that had nothing in them
 * when it began, and that nothing was written to since, are answered where the SDK is asked, as the tables would answer them. The first shard is always
 * asked of the tables. What another process writes meanwhile is not seen: no test does that.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { DynamoDBClient, paginateScan } from "@aws-sdk/client-dynamodb";
import { openIndex, timelineIndex } from "../../../io/table.ts";
import { furtherShardIn, nothingFound } from "../../faults/aws/written.ts";
import type { Aws } from "../aws/aws.ts";

/** Shards with something in them, as far as one that is running knows. */
type Filled = Set<string>;

const present = new AsyncLocalStorage<Filled>();
const running = new Set<Filled>();
let installed = false;

/** Looks at every request of this process: whoever writes meanwhile may write what is to be found. */
const install = (): void => {
  if (installed) return;
  installed = true;
  const ask = DynamoDBClient.prototype.send;
  DynamoDBClient.prototype.send = function (this: DynamoDBClient, ...asked: Parameters<typeof ask>) {
    const shard = furtherShardIn(asked[0]);
    if (shard === undefined) noteWritten(asked[0].input);
    return shard !== undefined && present.getStore()?.has(shard) === false ? Promise.resolve(nothingFound) : ask.apply(this, asked);
  } as typeof ask;
};

/** What names a shard in an item that is written, or may be written. */
export const noteWritten = (value: unknown): void => {
  if (running.size === 0) return;
  if (typeof value === "string" && /#\d+$/.test(value)) for (const filled of running) filled.add(value);
  if (typeof value === "object" && value !== null && !ArrayBuffer.isView(value)) for (const part of Object.values(value)) noteWritten(part);
};

/** Runs a sweep, a release or a command that reads all shards: what is empty is not asked for. */
export const skippingEmptyShards = async <Value>(client: DynamoDBClient, aws: Aws, work: () => Promise<Value>): Promise<Value> => {
  install();
  const filled: Filled = new Set();
  running.add(filled);
  try {
    for (const [TableName, { name, partition }] of [
      [aws.recordsTable, timelineIndex],
      [aws.ledgerTable, openIndex],
    ] as const)
      for await (const { Items = [] } of paginateScan({ client }, { TableName, IndexName: name }))
        for (const item of Items) filled.add(item[partition]?.S ?? "");
    return await present.run(filled, work);
  } finally {
    running.delete(filled);
  }
};
