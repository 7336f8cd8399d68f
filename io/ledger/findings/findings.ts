/**
 * Findings, each beside what it is about, and found through the open index. Each is written together with its entry in the audit trail, on the
 * revision it was read with: of two changes at once one learns that it was overtaken.
 */
import { DeleteItemCommand, type DynamoDBClient, GetItemCommand, PutItemCommand, paginateQuery } from "@aws-sdk/client-dynamodb";
import type { Millis } from "../../../core/callback.ts";
import { type FindingPlace, readFindingId } from "../../../core/findings/finding.ts";
import type { StoredFinding } from "../../../core/findings/lifecycle/stored.ts";
import { batchGet } from "../../batch-get.ts";
import type { Item } from "../../records/record-item.ts";
import { allShards, findingSortKey, lookSortKey, openIndex, openPartition, openPartitionOf, sidelessSortKey } from "../../table.ts";
import { type AuditEntry, auditItem } from "../audit.ts";
import { transact } from "../transact.ts";
import { findingFromItem, findingToItem, partitionOf } from "./finding-item.ts";

export type Findings = ReturnType<typeof createFindings>;

export interface Beside {
  readonly kept: readonly StoredFinding[];
  /** When the findings are to be looked for again, as it is written down there. */
  readonly lookAt?: Millis;
  /** They wait for the application to say anything about this source. */
  readonly sideless?: string;
}

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
    async beside(place: FindingPlace): Promise<Beside> {
      const request = {
        TableName: table,
        KeyConditionExpression: "pk = :pk AND sk BETWEEN :first AND :last",
        ExpressionAttributeValues: { ":pk": { S: partitionOf(place) }, ":first": { S: lookSortKey }, ":last": { S: findingSortKey("~") } },
        ConsistentRead: true,
      };
      const kept: StoredFinding[] = [];
      let lookAt: Millis | undefined;
      let sideless: string | undefined;
      for await (const { Items = [] } of paginateQuery({ client }, request))
        for (const item of Items) {
          if (item.sk?.S === lookSortKey) lookAt = Number(item[openIndex.sort]?.N);
          else if (item.sk?.S === sidelessSortKey) sideless = item.source?.S;
          else kept.push(findingFromItem(item));
        }
      return { kept, ...(lookAt !== undefined && { lookAt }), ...(sideless !== undefined && { sideless }) };
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

    /** Has its findings looked for again then, in the place of any other moment; never, where none is given. */
    async lookAgain(place: FindingPlace, at: Millis | undefined): Promise<void> {
      const pk = partitionOf(place);
      const key = { pk: { S: pk }, sk: { S: lookSortKey } };
      if (at === undefined) {
        await client.send(new DeleteItemCommand({ TableName: table, Key: key }));
        return;
      }
      const mark = { [openIndex.partition]: { S: openPartitionOf("look", pk) }, [openIndex.sort]: { N: String(Math.max(0, at)) } };
      await client.send(new PutItemCommand({ TableName: table, Item: { ...key, place: { S: JSON.stringify(place) }, ...mark } }));
    },

    /** Has its findings looked for again once the application has a side for that source; no more, where none is given. */
    async waitForSide(place: FindingPlace, source: string | undefined): Promise<void> {
      const pk = partitionOf(place);
      const key = { pk: { S: pk }, sk: { S: sidelessSortKey } };
      if (source === undefined) {
        await client.send(new DeleteItemCommand({ TableName: table, Key: key }));
        return;
      }
      const mark = { [openIndex.partition]: { S: openPartitionOf(`sideless ${source}`, pk) }, [openIndex.sort]: { N: "0" } };
      const Item = { ...key, source: { S: source }, place: { S: JSON.stringify(place) }, ...mark };
      await client.send(new PutItemCommand({ TableName: table, Item }));
    },

    /** Up to so many of each shard that wait for that source's side. */
    async sidelessLooks(source: string, limit: number): Promise<readonly FindingPlace[]> {
      const waiting: FindingPlace[] = [];
      for await (const page of indexed(`sideless ${source}`, Number.MAX_SAFE_INTEGER, limit))
        for (const item of await items(page)) waiting.push(JSON.parse(item.place?.S ?? "") as FindingPlace);
      return waiting;
    },

    /** Up to so many of each shard whose moment has come. */
    async dueLooks(now: Millis, limit: number): Promise<readonly FindingPlace[]> {
      const due: FindingPlace[] = [];
      for await (const page of indexed("look", now, limit))
        for (const item of await items(page))
          if (Number(item[openIndex.sort]?.N) <= now) due.push(JSON.parse(item.place?.S ?? "") as FindingPlace);
      return due;
    },
  };
};
