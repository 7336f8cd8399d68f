/** An export of a table as DynamoDB writes it to S3: DynamoDB JSON, compressed, with manifests and their checksums. */
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type AttributeValue, DynamoDBClient, paginateScan } from "@aws-sdk/client-dynamodb";

export type ExportedItem = Readonly<Record<string, AttributeValue>>;

export interface Exported {
  readonly table: string;
  readonly at: number;
  /** @default 2 */
  readonly files?: number;
}

/** @param folder becomes AWSDynamoDB/ID */
export const writeTableExport = (folder: string, items: readonly ExportedItem[], { table, at, files = 2 }: Exported): void => {
  mkdirSync(join(folder, "data"), { recursive: true });
  const md5 = (bytes: Buffer | string) => createHash("md5").update(bytes).digest("base64");
  const listed = Array.from({ length: files }, (_, file) => {
    // As they come from several partitions of the table: those of one key need not stand beside each other.
    const some = items.filter((_, index) => index % files === file);
    const bytes = gzipSync(some.map((item) => `${JSON.stringify({ Item: item })}\n`).join(""));
    writeFileSync(join(folder, "data", `part${file}.json.gz`), bytes);
    const dataFileS3Key = `exports/AWSDynamoDB/01790000000000-0a1b2c3d/data/part${file}.json.gz`;
    return JSON.stringify({ itemCount: some.length, md5Checksum: md5(bytes), etag: "0-1", dataFileS3Key });
  });
  const summary = {
    version: "2020-06-30",
    exportArn: `arn:aws:dynamodb:us-east-1:111122223333:table/${table}/export/01790000000000-0a1b2c3d`,
    startTime: new Date(at + 60_000).toISOString(),
    endTime: new Date(at + 360_000).toISOString(),
    tableArn: `arn:aws:dynamodb:us-east-1:111122223333:table/${table}`,
    tableId: "00000000-0000-0000-0000-000000000000",
    exportTime: new Date(at).toISOString(),
    s3Bucket: "shop",
    s3Prefix: "exports",
    s3SseAlgorithm: "AES256",
    s3SseKmsKeyId: null,
    manifestFilesS3Key: "exports/AWSDynamoDB/01790000000000-0a1b2c3d/manifest-files.json",
    billedSizeBytes: 1_000,
    itemCount: items.length,
    outputFormat: "DYNAMODB_JSON",
    exportType: "FULL_EXPORT",
  };
  for (const [name, text] of [
    ["manifest-summary", JSON.stringify(summary)],
    ["manifest-files", `${listed.join("\n")}\n`],
  ] as const) {
    writeFileSync(join(folder, `${name}.json`), text);
    writeFileSync(join(folder, `${name}.md5`), md5(text));
  }
};

export const itemsOfTable = async (table: string): Promise<readonly ExportedItem[]> => {
  const items: ExportedItem[] = [];
  for await (const { Items = [] } of paginateScan({ client: new DynamoDBClient() }, { TableName: table })) items.push(...Items);
  return items;
};
