/** What the lifeboats hold, for the sweep: taken out only after it has been recorded. */

import { once } from "../../core/lazy.ts";
import type { CallLimits } from "../clients.ts";
import { loadS3 } from "../records/bodies.ts";
import { type Item, itemFromText } from "../records/record-item.ts";
import { createQueue } from "./queue.ts";
import { spillPrefix } from "./spill.ts";

export interface Spilled {
  /** Throws when it is no item, or cannot be read: one such must not keep the others in the boat. */
  readonly item: Item;
  /** Its name in the lifeboat, for the log. */
  readonly place: string;
  /** Takes it out of the lifeboat. */
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
  const s3 = once(() => loadS3(limits));
  return {
    /** Up to ten of the queue's. */
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
    /** Up to `limit` of the bucket's, by name, from after `after`. */
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
