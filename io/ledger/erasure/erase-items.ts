/** Writes items as they are kept after an erasure. Each by itself, under conditions that undo nothing: repeating it finishes what was interrupted. */
import { isDeepStrictEqual } from "node:util";
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  paginateQuery,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import type { Rename } from "../../../core/erasure/pseudonym.ts";
import { readFindingId } from "../../../core/findings/finding.ts";
import { conflictFindingId } from "../../../core/findings/rules/conflict.ts";
import type { RecordKey } from "../../../core/record.ts";
import type { Item } from "../../item.ts";
import { pageItemKey, pagePrefix } from "../../table.ts";
import { partitionOf } from "../findings/finding-item.ts";
import { pastConflicts } from "../transact.ts";
import { erasedItem } from "./erased-item.ts";
import { createReach } from "./reach.ts";

/** `overtaken`: it has changed since it was read. Nothing was done. */
export type ErasedItem = "erased" | "nothing to erase" | "overtaken";

export const createErasure = ({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) => {
  const update = (item: Item, verb: "ADD" | "DELETE", sets: readonly (readonly [string, readonly string[]])[]): Promise<unknown> =>
    pastConflicts(() =>
      client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: keyOf(item),
          UpdateExpression: `${verb} ${sets.map((_, at) => `#s${at} :s${at}`).join(", ")}`,
          ExpressionAttributeNames: Object.fromEntries(sets.map(([name], at) => [`#s${at}`, name])),
          ExpressionAttributeValues: Object.fromEntries(sets.map(([, SS], at) => [`:s${at}`, { SS: [...SS] }])),
        }),
      ),
    );

  const remove = async (item: Item, condition: object = {}): Promise<void> => {
    await client.send(new DeleteItemCommand({ TableName: table, Key: keyOf(item), ...condition }));
  };

  /** Sets grow at any moment: what is added to them meanwhile stays. */
  const renameSets = async (before: Item, after: Item): Promise<void> => {
    const sets = Object.entries(after).flatMap(([name, { SS }]) => (SS ? [[name, SS] as const] : []));
    await update(after, "ADD", sets);
    if (!isSameKey(before, after)) return remove(before);
    const gone = sets.flatMap(([name, SS]) => {
      const old = (before[name]?.SS ?? []).filter((one) => !SS.includes(one));
      return old.length > 0 ? [[name, old] as const] : [];
    });
    if (gone.length > 0) await update(before, "DELETE", gone);
  };

  const replace = async (before: Item, after: Item): Promise<void> => {
    const revision = before.revision;
    const unmoved = revision && { ConditionExpression: "revision = :known", ExpressionAttributeValues: { ":known": revision } };
    await pastConflicts(() => client.send(new PutItemCommand({ TableName: table, Item: after, ...(isSameKey(before, after) && unmoved) })));
    if (!isSameKey(before, after)) await remove(before, unmoved);
  };

  const itemsOf = async (pk: string): Promise<readonly Item[]> => {
    const request = {
      TableName: table,
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": { S: pk } },
      ConsistentRead: true,
    };
    const items: Item[] = [];
    for await (const page of paginateQuery({ client }, request)) items.push(...(page.Items ?? []));
    return items;
  };

  return {
    /** What there is of a person. */
    reach: createReach(itemsOf),

    /** What came under a record's id with another content has its finding where the record's id would be a payment's. */
    async conflictFindings(key: RecordKey): Promise<readonly Item[]> {
      const about = readFindingId(conflictFindingId(key))?.about;
      return about ? (await itemsOf(partitionOf(about))).filter(({ finding }) => finding) : [];
    },

    /** Whether anything would be erased in it. */
    holds: (item: Item, rename: Rename): boolean => !isDeepStrictEqual(erasedItem(item, rename), item),

    /** @param before as it was read */
    async eraseItem(before: Item, rename: Rename): Promise<ErasedItem> {
      const after = erasedItem(before, rename);
      if (isDeepStrictEqual(after, before)) return "nothing to erase";
      try {
        await (Object.values(after).some(({ SS }) => SS) ? renameSets : replace)(before, after);
        return "erased";
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return "overtaken";
        throw error;
      }
    },

    /** What a gateway's API said about a record. */
    async forgetPages(key: RecordKey): Promise<number> {
      const { pk } = pageItemKey(key, 0);
      const request = {
        TableName: table,
        KeyConditionExpression: "pk = :pk AND begins_with(sk, :page)",
        ExpressionAttributeValues: { ":pk": { S: pk }, ":page": { S: pagePrefix } },
        ProjectionExpression: "pk, sk",
        ConsistentRead: true,
      };
      let count = 0;
      for await (const { Items = [] } of paginateQuery({ client }, request))
        for (const item of Items) {
          await remove(item);
          count++;
        }
      return count;
    },
  };
};

export type Erasure = ReturnType<typeof createErasure>;

const keyOf = ({ pk, sk }: Item): Item => ({ ...(pk && { pk }), ...(sk && { sk }) });
const isSameKey = (one: Item, other: Item): boolean => one.pk?.S === other.pk?.S && one.sk?.S === other.sk?.S;
