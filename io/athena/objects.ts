/** Objects that Athena reads, and the rows that it wrote. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { parse } from "csv-parse";
import { Failure } from "../../core/failure.ts";
import { lazy } from "../../core/lazy.ts";
import type { CallLimits } from "../clients.ts";
import { loadS3 } from "../s3.ts";

export interface Objects {
  /** @param place `s3://bucket/folder/` */
  upload(place: string, files: readonly string[]): Promise<void>;
  /** Of a result: every row but the header, as texts; null where nothing was. */
  rows(place: string): AsyncIterable<readonly (string | null)[]>;
}

export const placeOf = (place: string): { readonly bucket: string; readonly key: string } => {
  const [, bucket, key = ""] = /^s3:\/\/([^/]+)\/(.*)$/.exec(place) ?? [];
  if (bucket === undefined) throw new Failure(`${place} is no place in S3: it begins with s3://BUCKET/.`, "usage");
  return { bucket, key };
};

export const createObjects = (limits: CallLimits): Objects => {
  const s3 = lazy(() => loadS3(limits));
  return {
    async upload(place, files) {
      const { client, PutObjectCommand } = await s3();
      const { bucket, key } = placeOf(place);
      for (const file of files)
        await client.send(new PutObjectCommand({ Bucket: bucket, Key: `${key}${basename(file)}`, Body: readFileSync(file) }));
    },
    async *rows(place) {
      const { client, GetObjectCommand } = await s3();
      const { bucket, key } = placeOf(place);
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      // What is null is not quoted, and all else is.
      const rows = parse({ from: 2, max_record_size: 0, cast: (value, { quoting }) => (quoting ? value : value === "" ? null : value) });
      (Body as NodeJS.ReadableStream).on("error", (error) => rows.destroy(error)).pipe(rows);
      for await (const row of rows) yield row as readonly (string | null)[];
    },
  };
};
