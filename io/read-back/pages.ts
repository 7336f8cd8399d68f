/**
 * What a gateway's API has said about a record, page by page, while reading back takes more than one turn or the record is not delivered yet.
 * Beside the record's progress, which says how many there are.
 */
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { DeleteItemCommand, type DynamoDBClient, PutItemCommand, paginateQuery } from "@aws-sdk/client-dynamodb";
import type { Millis } from "../../core/callback.ts";
import type { ReadSoFar } from "../../core/lifecycle/progress.ts";
import type { Page } from "../../core/read-back.ts";
import type { RecordKey } from "../../core/record.ts";
import { pageItemKey, pagePrefix } from "../table.ts";

const keyed = ({ pk, sk }: { readonly pk: string; readonly sk: string }) => ({ pk: { S: pk }, sk: { S: sk } });

export type ReadBackPages = ReturnType<typeof createReadBackPages>;

export const createReadBackPages = ({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) => ({
  /** By name. Those of an earlier reading, from before a replay, are left out. */
  async read(key: RecordKey, { since }: ReadSoFar): Promise<ReadonlyMap<string, Page>> {
    const { pk } = pageItemKey(key, 0);
    const found = paginateQuery(
      { client },
      {
        TableName: table,
        KeyConditionExpression: "pk = :pk AND begins_with(sk, :page)",
        FilterExpression: "since = :since",
        ExpressionAttributeValues: { ":pk": { S: pk }, ":page": { S: pagePrefix }, ":since": { N: String(since) } },
        ConsistentRead: true,
      },
    );
    const pages = new Map<string, Page>();
    for await (const { Items = [] } of found)
      for (const { name, page } of Items) pages.set(name?.S ?? "", JSON.parse(inflateRawSync(page?.B ?? "").toString("utf8")) as Page);
    return pages;
  },

  /** @param at the time at which the reading began, and the number of pages before it */
  async keep(key: RecordKey, at: { readonly since: Millis; readonly place: number }, name: string, page: Page): Promise<void> {
    const compressed = deflateRawSync(JSON.stringify(page));
    await client.send(
      new PutItemCommand({
        TableName: table,
        Item: { ...keyed(pageItemKey(key, at.place)), since: { N: String(at.since) }, name: { S: name }, page: { B: compressed } },
      }),
    );
  },

  async forget(key: RecordKey, { pages }: ReadSoFar): Promise<void> {
    const places = Array.from({ length: pages }, (_, place) => place);
    await Promise.all(places.map((place) => client.send(new DeleteItemCommand({ TableName: table, Key: keyed(pageItemKey(key, place)) }))));
  },
});
