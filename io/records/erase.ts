/**
 * Takes out of records what they say of a person. The one place where a record changes after it was put; its key and its hash stay, so that a
 * redelivery finds it. Functions have no right to this.
 */
import { ConditionalCheckFailedException, type DynamoDBClient, paginateQuery, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import type { Millis } from "../../core/callback.ts";
import { lazy } from "../../core/lazy.ts";
import { type CallbackRecord, parseRecordKey, type RecordKey } from "../../core/record.ts";
import type { CallLimits } from "../clients.ts";
import type { Item } from "../item.ts";
import { loadS3 } from "../s3.ts";
import { recordItemKey } from "../table.ts";
import { packBody } from "./body-encoding.ts";
import { type BodyPlace, type Kept, toItem } from "./record-item.ts";

/** A record, or what came under its id with another content. */
export interface RecordPart {
  readonly key: RecordKey;
  /** `record`, or where the conflict is. */
  readonly place: string;
  readonly sha256: string;
  /** Where its bytes are, when they are not in the item. */
  readonly body?: BodyPlace;
  readonly erasedAt?: Millis;
}

export type EraseRecords = ReturnType<typeof createEraseRecords>;

export const createEraseRecords = ({
  client,
  table,
  limits,
}: {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly limits: CallLimits;
}) => {
  const s3 = lazy(() => loadS3(limits));

  /** `false`: there is no such item, or there is one already. */
  const update = async (
    { key, place }: Pick<RecordPart, "key" | "place">,
    { set, remove = [], condition }: { readonly set: Item; readonly remove?: readonly string[]; readonly condition: string },
  ): Promise<boolean> => {
    const names = Object.keys(set);
    try {
      await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: { pk: { S: key }, sk: { S: place } },
          UpdateExpression: [
            `SET ${names.map((name) => `#${name} = :${name}`).join(", ")}`,
            ...(remove.length > 0 ? [`REMOVE ${remove.map((name) => `#${name}`).join(", ")}`] : []),
          ].join(" "),
          ConditionExpression: condition,
          ExpressionAttributeNames: Object.fromEntries([...names, ...remove].map((name) => [`#${name}`, name])),
          ExpressionAttributeValues: Object.fromEntries(names.map((name) => [`:${name}`, set[name] ?? { S: "" }])),
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  };

  return {
    /** All that came under a key. */
    async under(key: RecordKey): Promise<readonly RecordPart[]> {
      const request = {
        TableName: table,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": { S: key } },
        ExpressionAttributeNames: { "#bucket": "bucket", "#object": "object" },
        ProjectionExpression: "pk, sk, sha256, erasedAt, #bucket, #object",
        ConsistentRead: true,
      };
      const parts: RecordPart[] = [];
      for await (const { Items = [] } of paginateQuery({ client }, request))
        for (const { pk, sk, sha256, erasedAt, bucket, object } of Items)
          parts.push({
            key: parseRecordKey(pk?.S),
            place: sk?.S ?? "",
            sha256: sha256?.S ?? "",
            ...(bucket?.S && object?.S && { body: { bucket: bucket.S, object: object.S } }),
            ...(erasedAt?.N !== undefined && { erasedAt: Number(erasedAt.N) }),
          });
      return parts;
    },

    /** First the bytes in the bucket, which only the item leads to. False when it is gone, or was erased before. */
    async erase(part: RecordPart, at: Millis): Promise<boolean> {
      if (part.body) {
        const { client: bucket, DeleteObjectCommand } = await s3();
        await bucket.send(new DeleteObjectCommand({ Bucket: part.body.bucket, Key: part.body.object }));
      }
      return update(part, {
        set: {
          erasedAt: { N: String(at) },
          url: { S: "" },
          headers: { S: "{}" },
          sourceIp: { S: "" },
          encoding: { S: "plain" },
          body: { B: new Uint8Array() },
        },
        remove: ["bucket", "object", "refusal"],
        condition: "attribute_exists(pk) AND attribute_not_exists(erasedAt)",
      });
    },

    /** Makes a redelivery under another key of its id a duplicate, where nothing was recorded under that key. In no list, and relayed by nobody. */
    async leaveTrace(key: RecordKey, record: CallbackRecord, kept: Kept, at: Millis): Promise<boolean> {
      const nothing = { ...record.raw, url: "", headers: {}, sourceIp: "", body: new Uint8Array() };
      const { pk: _, sk, day: __, ...item } = toItem({ ...record, key, raw: nothing }, packBody(nothing.body), kept);
      return update(
        { key, place: recordItemKey(key).sk },
        { set: { ...item, verification: { S: "erased" }, erasedAt: { N: String(at) } }, condition: "attribute_not_exists(pk)" },
      );
    },
  };
};
