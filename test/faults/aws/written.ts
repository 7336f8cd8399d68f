/**
 * What was written in a run, so that nobody has to look where nothing is. A sweep reads some ninety shards of the indexes, which was most
 * of what a run cost; those that nothing was ever written to are answered where the SDK is asked, as the tables would answer them. The first shard
 * is always asked of the tables: what goes wrong at it stands for all.
 */
import { QueryCommand } from "@aws-sdk/client-dynamodb";
import { bytesOf, type WireRequest } from "./wire.ts";

/** `due#3`, `2026-11-20#0`: wherever it is in a request, it may be the partition of an index. */
const shards = /"S":"([^"]*#\d+)"/g;

export const createWritten = (recordsTable: string) => {
  const written = new Set<string>();
  let isStreamed = true;
  return {
    /** A write, before it is sent: it may be carried out and its answer lost. */
    note({ body }: WireRequest): void {
      const text = bytesOf(body).toString("utf8");
      for (const [, shard = ""] of text.matchAll(shards)) written.add(shard);
      if (text.includes(`"${recordsTable}"`)) isStreamed = false;
    },
    hasShard: (shard: string): boolean => written.has(shard),
    /** Whether the stream may have something since the last time that this was asked. */
    mayBeInStream(): boolean {
      const before = isStreamed;
      isStreamed = true;
      return !before;
    },
  };
};

/** The shard that the SDK is asked to read, unless it is the first one. */
export const furtherShardIn = (command: unknown): string | undefined => {
  if (!(command instanceof QueryCommand) || command.input.IndexName === undefined) return undefined;
  const { ":open": open, ":day": day } = command.input.ExpressionAttributeValues ?? {};
  const shard = (open ?? day)?.S;
  return shard === undefined || shard.endsWith("#0") ? undefined : shard;
};

export const nothingFound = { $metadata: {}, Items: [], Count: 0, ScannedCount: 0 };
