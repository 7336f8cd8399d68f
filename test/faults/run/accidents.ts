/** What becomes of stored items without any function's doing: somebody empties a bucket, or alters an item by hand. */
import { type AttributeValue, GetItemCommand, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { DeleteObjectCommand } from "@aws-sdk/client-s3";
import type { RecordKey } from "../../../core/record.ts";
import { progressItemKey, recordItemKey } from "../../../io/table.ts";
import type { Resources } from "../aws/resources.ts";

export const accidents = ["body deleted", "bytes altered", "progress altered"] as const;
export type Accident = (typeof accidents)[number];

/** What a progress is then. */
export const altered = "{";

/** `bytes`: the hash of those that are lost. Undefined: there is nothing that it could happen to. */
export const happen = (
  resources: Resources,
  accident: Accident,
  key: RecordKey,
): Promise<{ readonly bytes?: string | undefined } | undefined> => {
  switch (accident) {
    case "body deleted":
      return deleteBody(resources, key);
    case "bytes altered":
      return alterBytes(resources, key);
    case "progress altered":
      return alterProgress(resources, key);
    default:
      return accident satisfies never;
  }
};

type Names = { readonly pk: string; readonly sk: string };
type Item = Readonly<Record<string, AttributeValue>>;

const keyed = ({ pk, sk }: Names) => ({ pk: { S: pk }, sk: { S: sk } });

const itemAt = async ({ database }: Resources, TableName: string, names: Names): Promise<Item | undefined> =>
  (await database.send(new GetItemCommand({ TableName, Key: keyed(names), ConsistentRead: true }))).Item;

const alter = ({ database }: Resources, TableName: string, names: Names, [name, value]: readonly [string, AttributeValue]) =>
  database.send(
    new UpdateItemCommand({
      TableName,
      Key: keyed(names),
      UpdateExpression: "SET #name = :value",
      ExpressionAttributeNames: { "#name": name },
      ExpressionAttributeValues: { ":value": value },
    }),
  );

const deleteBody = async (resources: Resources, key: RecordKey) => {
  const item = await itemAt(resources, resources.recordsTable, recordItemKey(key));
  if (item?.object?.S === undefined) return undefined;
  await resources.s3.send(new DeleteObjectCommand({ Bucket: resources.bucket, Key: item.object.S }));
  return { bytes: item.sha256?.S };
};

/** Into something that nothing can unpack. */
const alterBytes = async (resources: Resources, key: RecordKey) => {
  const item = await itemAt(resources, resources.recordsTable, recordItemKey(key));
  if (item?.body === undefined) return undefined;
  await alter(resources, resources.recordsTable, recordItemKey(key), ["encoding", { S: "deflate" }]);
  await alter(resources, resources.recordsTable, recordItemKey(key), ["body", { B: Buffer.from("altered by hand") }]);
  return { bytes: item.sha256?.S };
};

/** Of what is settled nothing is left to be done: nobody would ever look. */
const alterProgress = async (resources: Resources, key: RecordKey) => {
  const item = await itemAt(resources, resources.ledgerTable, progressItemKey(key));
  if (item?.open === undefined) return undefined;
  await alter(resources, resources.ledgerTable, progressItemKey(key), ["progress", { S: altered }]);
  return {};
};
