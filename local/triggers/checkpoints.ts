/** A function's position in a stream, kept on disk: after a restart it continues there. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { at, parseJson, textAt } from "../../core/formats/json.ts";

export interface Checkpoints {
  /** The sequence number up to which a shard is done. */
  of(shard: string): string | undefined;
  /** `finished`: the shard is closed and was read to its end. */
  save(shard: string, position: { readonly sequenceNumber?: string; readonly finished?: boolean }): void;
  isFinished(shard: string): boolean;
}

/** @param streamArn a table that was recreated has another stream, in which the old positions mean nothing. */
export const openCheckpoints = (home: string, name: string, streamArn: string): Checkpoints => {
  const directory = join(home, "checkpoints");
  const file = join(directory, `${name}.json`);
  mkdirSync(directory, { recursive: true });
  const shards = new Map<string, { sequenceNumber?: string; finished?: boolean }>();
  const stored = readStored(file);
  if (textAt(stored, "streamArn") === streamArn)
    for (const [shard, position] of Object.entries((at(stored, "shards") ?? {}) as object)) {
      const sequenceNumber = textAt(position, "sequenceNumber");
      shards.set(shard, { ...(sequenceNumber && { sequenceNumber }), finished: at(position, "finished") === true });
    }
  return {
    of: (shard) => shards.get(shard)?.sequenceNumber,
    isFinished: (shard) => shards.get(shard)?.finished === true,
    save(shard, position) {
      shards.set(shard, { ...shards.get(shard), ...position });
      // Written beside and renamed, so that a kill in between leaves the position before.
      writeFileSync(`${file}.new`, JSON.stringify({ streamArn, shards: Object.fromEntries(shards) }));
      renameSync(`${file}.new`, file);
    },
  };
};

const readStored = (file: string): unknown => {
  try {
    return parseJson(readFileSync(file));
  } catch {
    return undefined;
  }
};
