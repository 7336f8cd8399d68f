/** What is in the fallback stores, for the sweep: removed only after it has been recorded. */

import { lazy } from "../../core/lazy.ts";
import type { CallLimits } from "../clients.ts";
import { loadS3 } from "../records/bodies.ts";
import { type Item, itemFromText } from "../records/record-item.ts";
import { createQueue } from "./queue.ts";
import { createQueueDepth } from "./queue-depth.ts";
import { spillPrefix } from "./spill.ts";

export interface Spilled {
  /** Throws when it is not an item, or cannot be read: one such must not block the others. */
  readonly item: Item;
  /** Its name in the fallback store, for the log. */
  readonly place: string;
  /** Removes it from the fallback store. */
  readonly remove: () => Promise<void>;
}

/** Long enough to record ten items; a crash brings them back after that. */
const hiddenSeconds = 60;

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
  const queue = createQueue({ url: queueUrl, limits });
  const { depth } = createQueueDepth(limits);
  const s3 = lazy(() => loadS3(limits));
  return {
    /** How many there are, whether or not they are hidden at the moment; in the bucket up to a thousand are counted. */
    async waiting(): Promise<{ readonly queue: number; readonly bucket: number }> {
      const { client, ListObjectsV2Command } = await s3();
      const [{ visible, hidden, delayed }, { KeyCount, Contents = [] }] = await Promise.all([
        depth(queueUrl),
        client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: spillPrefix })),
      ]);
      return { queue: visible + hidden + delayed, bucket: KeyCount ?? Contents.length };
    },
    /** Up to ten from the queue. */
    async inQueue(): Promise<readonly Spilled[]> {
      const messages = await queue.take(hiddenSeconds);
      return messages.map(({ body, handle }) =>
        spilledFrom(
          "spill queue",
          () => body,
          () => queue.discard(handle),
        ),
      );
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
