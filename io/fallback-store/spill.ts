/** The fallback stores: where an item goes when the table cannot be written. `recover` brings back what is in the queue, the sweep what is in the bucket. */

import { lazy } from "../../core/lazy.ts";
import { type CallLimits, clientSettings } from "../clients.ts";
import { type Item, itemToText } from "../item.ts";
import { loadS3 } from "../s3.ts";

export interface Spill {
  toQueue(item: Item, signal: AbortSignal): Promise<void>;
  toBucket(item: Item, signal: AbortSignal): Promise<void>;
}

export const spillPrefix = "spill/";

export const createSpill = (places: { readonly queueUrl: string; readonly bucket: string; readonly limits: CallLimits }): Spill => {
  const sqs = lazy(async () => {
    const sdk = await import("@aws-sdk/client-sqs");
    return { sdk, client: new sdk.SQSClient(clientSettings(places.limits)) };
  });
  const s3 = lazy(() => loadS3(places.limits));
  return {
    async toQueue(item, signal) {
      const { client, sdk } = await sqs();
      await client.send(new sdk.SendMessageCommand({ QueueUrl: places.queueUrl, MessageBody: itemToText(item) }), { abortSignal: signal });
    },
    async toBucket(item, signal) {
      const { client, PutObjectCommand } = await s3();
      const name = `${spillPrefix}${encodeURIComponent(item.pk?.S ?? "")}/${item.sha256?.S}`;
      await client.send(new PutObjectCommand({ Bucket: places.bucket, Key: name, Body: itemToText(item) }), { abortSignal: signal });
    },
  };
};
