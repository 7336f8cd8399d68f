/** What is known and decided about each conflict: one small item, in the open index until the decision is carried out. */
import { type DynamoDBClient, paginateQuery, type TransactWriteItem } from "@aws-sdk/client-dynamodb";
import type { Millis } from "../../core/callback.ts";
import type { Conflict } from "../../core/receive/conflict.ts";
import type { RecordKey } from "../../core/record.ts";
import { batchGet } from "../batch-get.ts";
import type { Item } from "../item.ts";
import type { StoredConflict } from "../stored.ts";
import { conflictItemKey, openIndex, openPartitionOf } from "../table.ts";
import { lookItem } from "./findings/finding-item.ts";
import { transact } from "./transact.ts";

export type Conflicts = ReturnType<typeof createConflicts>;

/** DynamoDB's limit for one BatchGetItem. */
export const conflictsAtATime = 100;

export const createConflicts = ({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) => {
  const known = async (some: readonly StoredConflict[]): Promise<ReadonlySet<string>> => {
    const keys = some.map(({ key, place }) => conflictItemKey(key, place));
    return new Set((await batchGet({ client, table }, keys, false)).map(({ pk, sk }) => `${pk?.S} ${sk?.S}`));
  };

  const putLook = (key: RecordKey, at: Millis): TransactWriteItem => ({ Put: { TableName: table, Item: lookItem({ conflict: key }, at) } });

  return {
    /**
     * Makes those open that were not known, up to a hundred, and has each record's finding looked for; the others stay as they are. Repeating it
     * changes nothing.
     */
    async note(some: readonly StoredConflict[]): Promise<void> {
      if (some.length === 0) return;
      const before = await known(some);
      const fresh = some.filter(({ key, place }) => {
        const { pk, sk } = conflictItemKey(key, place);
        return !before.has(`${pk} ${sk}`);
      });
      const marked = new Set<RecordKey>();
      await Promise.all(
        fresh.map(({ key, place, storedAt }) => {
          const Item = toItem({ key, place, storedAt, revision: 0 });
          // One look is enough for all of a record, and they would be in each other's way at its item.
          const look = marked.has(key) ? [] : [putLook(key, storedAt)];
          marked.add(key);
          return transact(client, [{ Put: { TableName: table, Item, ConditionExpression: "attribute_not_exists(pk)" } }, ...look]);
        }),
      );
    },

    /** Of one record, those that came first before the others: open, being decided, and decided. */
    async of(key: Conflict["key"]): Promise<readonly Conflict[]> {
      const request = {
        TableName: table,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": { S: conflictItemKey(key, "").pk } },
        ConsistentRead: true,
      };
      const found: Conflict[] = [];
      // When its finding is to be looked for stands among them.
      for await (const { Items = [] } of paginateQuery({ client }, request))
        for (const item of Items) if (item.conflict?.S !== undefined) found.push(JSON.parse(item.conflict.S) as Conflict);
      return found.sort((one, other) => one.storedAt - other.storedAt);
    },

    /**
     * One that is decided, and carried out, has its finding looked for, which is gone then. Undefined when something else has changed it since it was
     * read; nothing is changed then.
     */
    async save(next: Conflict, before: Conflict): Promise<Conflict | undefined> {
      const saved = { ...next, revision: before.revision + 1 };
      const written = await transact(client, [
        {
          Put: {
            TableName: table,
            Item: toItem(saved),
            ConditionExpression: "revision = :known",
            ExpressionAttributeValues: { ":known": { N: String(before.revision) } },
          },
        },
        ...(next.isDone ? [putLook(next.key, next.decision?.at ?? next.storedAt)] : []),
      ]);
      return written === "written" ? saved : undefined;
    },
  };
};

const toItem = (conflict: Conflict): Item => ({
  ...keyed(conflictItemKey(conflict.key, conflict.place)),
  revision: { N: String(conflict.revision) },
  conflict: { S: JSON.stringify(conflict) },
  ...(!conflict.isDone && {
    [openIndex.partition]: { S: openPartitionOf("conflict", conflict.key) },
    [openIndex.sort]: { N: String(conflict.storedAt) },
  }),
});

const keyed = ({ pk, sk }: { readonly pk: string; readonly sk: string }) => ({ pk: { S: pk }, sk: { S: sk } });
