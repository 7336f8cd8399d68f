/** Bodies in the bucket, and what can happen to them there. */
import { randomBytes } from "node:crypto";
import { DeleteObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { RecordKey } from "../../core/record.ts";
import type { World } from "./path.ts";

/** More than an item of the table holds, and nothing that could be compressed. */
export const noise = (): string => randomBytes(400_000).toString("base64");

export const deleteBody = async ({ aws, records }: World, key: RecordKey): Promise<void> => {
  const { sha256 } = (await records.load(key)) ?? {};
  if (!sha256) throw new Error(`there is no record ${key}`);
  await new S3Client({ forcePathStyle: true }).send(new DeleteObjectCommand({ Bucket: aws.bucket, Key: `bodies/${sha256}` }));
};
