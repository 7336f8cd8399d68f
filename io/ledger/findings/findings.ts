/**
 * Findings, each beside what it is about, and found through the open index. Each is written together with its entry in the audit trail, on the
 * revision it was read with: of two changes at once one learns that it was overtaken.
 */
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
} from "@aws-sdk/client-dynamodb";
import type { Millis } from "../../../core/callback.ts";
import { type FindingPlace, type LookPlace, readFindingId } from "../../../core/findings/finding.ts";
import type { StoredFinding } from "../../../core/findings/lifecycle/stored.ts";
import { batchGet } from "../../batch-get.ts";
import type { Item } from "../../records/record-item.ts";
import { allShards, findingSortKey, lookSortKey, openIndex, openPartition, openPartitionOf, sidelessSortKey } from "../../table.ts";
import { type AuditEntry, auditItem } from "../audit.ts";
import { pastConflicts, transact } from "../transact.ts";
import { type Beside, besideFromItems } from "./beside.ts";
import { findingFromItem, findingToItem, lookItem, partitionOf } from "./finding-item.ts";

export type Findings = ReturnType<typeof createFindings>;

export const createFindings = ({
  client,
  table,
  random,
}: {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly random: () => number;
}) => {
  /** Those whose keys the index gave, as they are in the table. */
  const items = (keys: readonly Item[]): Promise<readonly Item[]> =>
    batchGet(
      { client, table },
      keys.map(({ pk, sk }) => ({ pk: pk?.S ?? "", sk: sk?.S ?? "" })),
    );

  /** What a condition keeps from being written is as it should be. */
  const unlessOtherwise = async (command: PutItemCommand | DeleteItemCommand): Promise<void> => {
    try {
      await pastConflicts(() => (command instanceof PutItemCommand ? client.send(command) : client.send(command)));
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  };

  async function* indexed(
    kind: "finding" | "settled finding" | "look" | `sideless ${string}`,
    before: Millis,
    limit?: number,
  ): AsyncGenerator<readonly Item[]> {
    for (const shard of allShards) {
      let left = limit ?? Number.POSITIVE_INFINITY;
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          IndexName: openIndex.name,
          KeyConditionExpression: "#open = :open AND #at <= :before",
          ExpressionAttributeNames: { "#open": openIndex.partition, "#at": openIndex.sort },
          ExpressionAttributeValues: { ":open": { S: openPartition(kind, shard) }, ":before": { N: String(before) } },
          ...(limit !== undefined && { Limit: limit }),
        },
      );
      for await (const { Items = [] } of pages) {
        yield Items.slice(0, left);
        left -= Items.length;
        if (left <= 0) break;
      }
    }
  }

  return {
    /** All that is kept about one contract, payment, customer or account. */
    async beside(place: LookPlace): Promise<Beside> {
      const request = {
        TableName: table,
        KeyConditionExpression: "pk = :pk AND sk BETWEEN :first AND :last",
        ExpressionAttributeValues: { ":pk": { S: partitionOf(place) }, ":first": { S: lookSortKey }, ":last": { S: findingSortKey("~") } },
        ConsistentRead: true,
      };
      const items: Item[] = [];
      for await (const page of paginateQuery({ client }, request)) items.push(...(page.Items ?? []));
      return besideFromItems(items);
    },

    async read(id: string): Promise<StoredFinding | undefined> {
      const named = readFindingId(id);
      if (!named) return undefined;
      const Key = { pk: { S: partitionOf(named.about) }, sk: { S: findingSortKey(named.place) } };
      const { Item } = await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
      return Item && findingFromItem(Item);
    },

    /**
     * With its audit entry, together or not at all. Undefined when something else has changed it since it was read; nothing is changed then.
     * @param known its revision when it was read; 0 when it was not there
     */
    async save(next: StoredFinding, known: number, audit: AuditEntry): Promise<StoredFinding | undefined> {
      const saved = { ...next, revision: known + 1 };
      const unmoved =
        known === 0
          ? { ConditionExpression: "attribute_not_exists(pk)" }
          : { ConditionExpression: "revision = :known", ExpressionAttributeValues: { ":known": { N: String(known) } } };
      const written = await transact(client, [
        { Put: { TableName: table, Item: findingToItem(saved), ...unmoved } },
        { Put: { TableName: table, Item: auditItem(audit, random()) } },
      ]);
      return written === "written" ? saved : undefined;
    },

    /** A stream of all that wait for an operator, or of all others, in constant memory and in no order. */
    async *all(kind: "open" | "settled"): AsyncGenerator<StoredFinding> {
      for await (const page of indexed(kind === "open" ? "finding" : "settled finding", Number.MAX_SAFE_INTEGER))
        for (const item of await items(page)) yield findingFromItem(item);
    },

    /**
     * Has its findings looked for again then, at the latest. A moment that stands there and is earlier stays: whoever wrote it may have seen what
     * the caller has not, and a look too many changes nothing. One that has come already is replaced.
     */
    async lookAgain(place: FindingPlace, at: Millis, now: Millis): Promise<void> {
      await unlessOtherwise(
        new PutItemCommand({
          TableName: table,
          Item: lookItem(place, at),
          ConditionExpression: "attribute_not_exists(pk) OR #at > :at OR #at <= :now",
          ExpressionAttributeNames: { "#at": openIndex.sort },
          ExpressionAttributeValues: { ":at": { N: String(at) }, ":now": { N: String(now) } },
        }),
      );
    },

    /** It has been looked at, at the moment that stood there; another one that stands there by now stays. */
    async lookedAt(place: LookPlace, at: Millis): Promise<void> {
      await unlessOtherwise(
        new DeleteItemCommand({
          TableName: table,
          Key: { pk: { S: partitionOf(place) }, sk: { S: lookSortKey } },
          ConditionExpression: "#at = :at",
          ExpressionAttributeNames: { "#at": openIndex.sort },
          ExpressionAttributeValues: { ":at": { N: String(at) } },
        }),
      );
    },

    /** Has its findings looked for again once the application has a side for that source. */
    async waitForSide(place: FindingPlace, source: string): Promise<void> {
      const pk = partitionOf(place);
      const mark = { [openIndex.partition]: { S: openPartitionOf(`sideless ${source}`, pk) }, [openIndex.sort]: { N: "0" } };
      const Item = { pk: { S: pk }, sk: { S: sidelessSortKey }, source: { S: source }, place: { S: JSON.stringify(place) }, ...mark };
      await client.send(new PutItemCommand({ TableName: table, Item }));
    },

    /** The side is there. */
    async noLongerSideless(place: FindingPlace): Promise<void> {
      await client.send(new DeleteItemCommand({ TableName: table, Key: { pk: { S: partitionOf(place) }, sk: { S: sidelessSortKey } } }));
    },

    /** Up to so many of each shard that wait for that source's side. */
    async sidelessLooks(source: string, limit: number): Promise<readonly FindingPlace[]> {
      const waiting: FindingPlace[] = [];
      for await (const page of indexed(`sideless ${source}`, Number.MAX_SAFE_INTEGER, limit))
        for (const item of await items(page)) waiting.push(JSON.parse(item.place?.S ?? "") as FindingPlace);
      return waiting;
    },

    /** Up to so many of each shard whose moment has come. */
    async dueLooks(now: Millis, limit: number): Promise<readonly LookPlace[]> {
      const due: LookPlace[] = [];
      for await (const page of indexed("look", now, limit))
        for (const item of await items(page))
          if (Number(item[openIndex.sort]?.N) <= now) due.push(JSON.parse(item.place?.S ?? "") as LookPlace);
      return due;
    },
  };
};
