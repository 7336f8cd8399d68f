/** Exports as objects of the bucket, read as streams, and the reports that are put beside them. */
import { Readable } from "node:stream";
import type { Millis } from "../../core/callback.ts";
import { lazy } from "../../core/lazy.ts";
import { exportsPrefix } from "../../core/reconcile/arriving/places.ts";
import type { CallLimits } from "../clients.ts";
import { endingSignal } from "../ending-calls.ts";
import { loadS3 } from "../s3.ts";
import type { ExportFile } from "./file.ts";

export interface ExportObject {
  readonly key: string;
  readonly etag: string;
  readonly bytes: number;
  readonly putAt: Millis;
  /** What was put beside it: `from`, `as-of`. */
  readonly metadata: Readonly<Record<string, string>>;
}

export type ExportBucket = ReturnType<typeof createExportBucket>;

/** More files are no export of one month. */
const mostFiles = 1_000;

export const createExportBucket = ({ bucket, limits }: { readonly bucket: string; readonly limits: CallLimits }) => {
  const s3 = lazy(() => loadS3(limits));
  return {
    bucket,

    /** As it is now; undefined when there is none any more. */
    async look(key: string): Promise<ExportObject | undefined> {
      const { client, HeadObjectCommand } = await s3();
      try {
        const found = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
        return {
          key,
          etag: (found.ETag ?? "").replaceAll('"', ""),
          bytes: found.ContentLength ?? 0,
          putAt: found.LastModified?.getTime() ?? 0,
          metadata: found.Metadata ?? {},
        };
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },

    /** Keys under a folder of exports, up to a thousand. */
    async inFolder(prefix: string): Promise<{ readonly keys: readonly string[]; readonly isCut: boolean }> {
      if (!prefix.startsWith(exportsPrefix)) throw new Error(`${prefix} is no folder of exports`);
      const { client, ListObjectsV2Command } = await s3();
      const { Contents = [], IsTruncated } = await client.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix, Delimiter: "/", MaxKeys: mostFiles }),
      );
      return { keys: Contents.flatMap(({ Key }) => (Key === undefined || Key.endsWith("/") ? [] : Key)), isCut: IsTruncated === true };
    },

    /** Reading it throws once its content is another: each pass sees the same bytes. */
    file: ({ key, etag }: Pick<ExportObject, "key" | "etag">, name: string): ExportFile => ({
      name,
      async *open() {
        const { client, GetObjectCommand } = await s3();
        const signal = endingSignal();
        const { Body } = await client.send(
          new GetObjectCommand({ Bucket: bucket, Key: key, ...(etag !== "" && { IfMatch: `"${etag}"` }) }),
        );
        if (!(Body instanceof Readable)) throw new Error(`S3 has answered without a body for ${key}`);
        const end = () => Body.destroy(signal?.reason instanceof Error ? signal.reason : new Error("the time is over"));
        signal?.addEventListener("abort", end, { once: true });
        try {
          yield* Body;
        } finally {
          signal?.removeEventListener("abort", end);
          Body.destroy();
        }
      },
    }),

    async hasReport(key: string): Promise<boolean> {
      return (await this.look(key)) !== undefined;
    },

    async putReport(key: string, text: string, contentType: string): Promise<void> {
      const { client, PutObjectCommand } = await s3();
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: Buffer.from(text, "utf8"), ContentType: contentType }));
    },
  };
};

const isMissing = (error: unknown): boolean =>
  error instanceof Error && (error.name === "NotFound" || error.name === "NoSuchKey" || error.name === "404");
