/** Bodies in the bucket and in the table, and what can happen to them there. */
import { randomBytes } from "node:crypto";
import { DynamoDBClient, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { DeleteObjectCommand, S3Client } from "@aws-sdk/client-s3";
import type { RecordKey } from "../../../core/record.ts";
import type { World } from "../world/path.ts";

/** More than an item of the table holds, and nothing that could be compressed. */
export const noise = (): string => randomBytes(400_000).toString("base64");

export const deleteBody = async ({ aws, records }: World, key: RecordKey): Promise<void> => {
  const { sha256 } = (await records.load(key)) ?? {};
  if (!sha256) throw new Error(`there is no record ${key}`);
  await new S3Client({ forcePathStyle: true }).send(new DeleteObjectCommand({ Bucket: aws.bucket, Key: `bodies/${sha256}` }));
};

/** The bytes in the table become something that nothing can unpack. */
export const damageBody = async ({ aws }: World, key: RecordKey): Promise<void> => {
  const update = new UpdateItemCommand({
    TableName: aws.recordsTable,
    Key: { pk: { S: key }, sk: { S: "record" } },
    ConditionExpression: "attribute_exists(pk)",
    UpdateExpression: "SET #encoding = :deflate",
    ExpressionAttributeNames: { "#encoding": "encoding" },
    ExpressionAttributeValues: { ":deflate": { S: "deflate" } },
  });
  await new DynamoDBClient().send(update);
};
