/**
 * S3's notifications of objects that were put, which the engine here does not have: the template's prefixes are listed every second, and what is new or
 * otherwise is said in the queue as S3 says it. After a start everything is said once more; S3 promises no less than once either.
 */
import { ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import { SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { secondMs } from "../../core/durations.ts";
import { errorMessage, Failure } from "../../core/failure.ts";
import { listAt, textAt } from "../../core/formats/json.ts";
import type { Say } from "../log.ts";
import type { Identity } from "../template/identities.ts";
import { type References, resolve } from "../template/intrinsics.ts";
import type { Resource } from "../template/synthesis.ts";
import type { Poller } from "./poller.ts";

export interface BucketNotice {
  readonly bucket: string;
  readonly prefix: string;
  readonly queueName: string;
}

export const planNotices = (
  resources: readonly Resource[],
  references: References,
  identities: ReadonlyMap<string, Identity>,
): readonly BucketNotice[] =>
  resources
    .filter(({ type }) => type === "AWS::S3::Bucket")
    .flatMap(({ logicalId, properties }) => {
      const where = `NotificationConfiguration of ${logicalId}`;
      const settings = resolve(properties.NotificationConfiguration ?? {}, references, where);
      return listAt(settings, "QueueConfigurations").map((one) => {
        const [rule, ...more] = listAt(one, "Filter", "S3Key", "Rules");
        if (textAt(one, "Event") !== "s3:ObjectCreated:*" || textAt(rule, "Name") !== "prefix" || more.length > 0)
          throw new Failure(
            `${where} asks for ${JSON.stringify(one)}; the local stack says what is put under one prefix, and nothing else.`,
          );
        return {
          bucket: identities.get(logicalId)?.name ?? logicalId,
          prefix: textAt(rule, "Value") ?? "",
          queueName: textAt(one, "Queue")?.split(":").at(-1) ?? "",
        };
      });
    });

export const sayWhatIsPut = (
  { bucket, prefix }: BucketNotice,
  { s3, sqs, queueUrl, say }: { readonly s3: S3Client; readonly sqs: SQSClient; readonly queueUrl: string; readonly say: Say },
): Poller => {
  const stopping = new AbortController();
  const abortSignal = stopping.signal;
  const said = new Map<string, string>();

  const look = async (): Promise<void> => {
    for (let after: string | undefined, isLast = false; !isLast; ) {
      const page = await s3.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, ...(after !== undefined && { StartAfter: after }) }),
        { abortSignal },
      );
      for (const { Key = "", ETag = "", LastModified, Size = 0 } of page.Contents ?? []) {
        after = Key;
        const state = `${ETag} ${LastModified?.getTime()}`;
        if (said.get(Key) === state) continue;
        const key = encodeURIComponent(Key).replaceAll("%20", "+");
        const object = { key, size: Size, eTag: ETag.replaceAll('"', "") };
        const body = { Records: [{ eventName: "ObjectCreated:Put", s3: { bucket: { name: bucket }, object } }] };
        await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(body) }), { abortSignal });
        said.set(Key, state);
      }
      isLast = page.IsTruncated !== true;
    }
  };

  /** One look after another: two at once would say everything twice. */
  let current = Promise.resolve();
  const next = (): Promise<void> => {
    current = current
      .then(() => look())
      .catch((error: unknown) => {
        if (!abortSignal.aborted) say(`what is put into ${bucket}: ${errorMessage(error)}`);
      });
    return current;
  };
  const timer = setInterval(() => void next(), secondMs);
  void next();
  return {
    stop: async () => {
      clearInterval(timer);
      stopping.abort();
      await current;
    },
    rest: next,
  };
};
