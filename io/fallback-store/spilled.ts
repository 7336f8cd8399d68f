/** What was spilled to the bucket, for the sweep: removed only after it has been recorded. */

import { lazy } from "../../core/lazy.ts";
import type { CallLimits } from "../clients.ts";
import { type Item, itemFromText } from "../item.ts";
import { createQueueDepth } from "../queues/queue-depth.ts";
import { loadS3 } from "../s3.ts";
import { spillPrefix } from "./spill.ts";

export interface Spilled {
  /** Throws when it is not an item, or cannot be read: one such must not block the others. */
  readonly item: Item;
  /** Its name in the bucket, for the log. */
  readonly place: string;
  /** Removes it from the bucket. */
  readonly remove: () => Promise<void>;
}

const spilledFrom = (place: string, text: () => string, remove: () => Promise<void>): Spilled => ({
  get item() {
    return itemFromText(text());
  },
  place,
  remove,
});

export const createSpilled = ({
  queueUrl,
  bucket,
  limits,
}: {
  readonly queueUrl: string;
  readonly bucket: string;
  readonly limits: CallLimits;
}) => {
  const { depth } = createQueueDepth(limits);
  const s3 = lazy(() => loadS3(limits));
  return {
    /** How many there are in the queue and in the bucket, whether or not they are hidden at the moment; in the bucket up to a thousand are counted. */
    async waiting(): Promise<{ readonly queue: number; readonly bucket: number }> {
      const { client, ListObjectsV2Command } = await s3();
      const [{ visible, hidden, delayed }, { KeyCount, Contents = [] }] = await Promise.all([
        depth(queueUrl),
        client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: spillPrefix })),
      ]);
      return { queue: visible + hidden + delayed, bucket: KeyCount ?? Contents.length };
    },
    /** Up to `limit` from the bucket, by name, from after `after`. */
    async inBucket(limit: number, after?: string): Promise<readonly Spilled[]> {
      const { client, ListObjectsV2Command, GetObjectCommand, DeleteObjectCommand } = await s3();
      const { Contents = [] } = await client.send(
        new ListObjectsV2Command({
          Bucket: bucket,
          Prefix: spillPrefix,
          MaxKeys: limit,
          ...(after !== undefined && { StartAfter: after }),
        }),
      );
      return Promise.all(
        Contents.map(async ({ Key = "" }) => {
          const remove = async () => {
            await client.send(new DeleteObjectCommand({ Bucket: bucket, Key }));
          };
          const [read] = await Promise.allSettled([client.send(new GetObjectCommand({ Bucket: bucket, Key })).then(textOf)]);
          const text = () => {
            if (read.status === "rejected") throw read.reason;
            return read.value;
          };
          return spilledFrom(Key, text, remove);
        }),
      );
    },
  };
};

const textOf = async ({ Body }: { readonly Body?: { transformToString(): Promise<string> } | undefined }): Promise<string> =>
  (await Body?.transformToString()) ?? "";

export type SpilledStore = ReturnType<typeof createSpilled>;
