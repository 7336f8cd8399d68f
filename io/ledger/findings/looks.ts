/** What has to be looked at for findings again, and when: one item beside each contract, payment, account or conflict that has anything to wait for. */
import { ConditionalCheckFailedException, DeleteItemCommand, type DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { Millis } from "../../../core/callback.ts";
import type { FindingPlace, LookPlace } from "../../../core/findings/finding.ts";
import { largeLookPartition, lookSortKey, openIndex, openPartitionOf, sidelessSortKey } from "../../table.ts";
import { pastConflicts } from "../transact.ts";
import { createFindingIndex } from "./finding-index.ts";
import { type LookPlacement, lookItem, partitionOf } from "./finding-item.ts";

export const createLooks = ({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) => {
  const { pages, items } = createFindingIndex({ client, table });

  /** What a condition keeps from being written is as it should be. */
  const unlessOtherwise = async (command: PutItemCommand | DeleteItemCommand): Promise<void> => {
    try {
      await pastConflicts(() => (command instanceof PutItemCommand ? client.send(command) : client.send(command)));
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  };

  const due = async (within: LookPlacement, now: Millis, limit: number): Promise<readonly LookPlace[]> => {
    const found: LookPlace[] = [];
    for await (const page of pages(within === "turn" ? "look" : within, now, limit))
      for (const item of await items(page)) {
        // The index may still have it where it was.
        const isLarge = item[openIndex.partition]?.S === largeLookPartition;
        if (isLarge === (within === "large look") && Number(item[openIndex.sort]?.N) <= now)
          found.push(JSON.parse(item.place?.S ?? "") as LookPlace);
      }
    return found;
  };

  return {
    /**
     * Has its findings looked for again then, at the latest. A moment that stands there and is earlier stays: whoever wrote it may have seen what
     * the caller has not, and a look too many changes nothing. One that has come already is replaced.
     */
    async lookAgain(place: FindingPlace, at: Millis, now: Millis, within: LookPlacement = "turn"): Promise<void> {
      await unlessOtherwise(
        new PutItemCommand({
          TableName: table,
          Item: lookItem(place, at, within),
          ConditionExpression: "attribute_not_exists(pk) OR #at > :at OR #at <= :now",
          ExpressionAttributeNames: { "#at": openIndex.sort },
          ExpressionAttributeValues: { ":at": { N: String(at) }, ":now": { N: String(now) } },
        }),
      );
    },

    /**
     * For a turn that has not looked: has the sweep do so. A large look that is not due yet stays: there was no room for it at all, and reading it
     * with every callback would not make any.
     */
    async leaveToSweep(place: FindingPlace, now: Millis, within: LookPlacement): Promise<void> {
      await unlessOtherwise(
        new PutItemCommand({
          TableName: table,
          Item: lookItem(place, now, within),
          ConditionExpression: "attribute_not_exists(pk) OR #open <> :large OR #at <= :now",
          ExpressionAttributeNames: { "#open": openIndex.partition, "#at": openIndex.sort },
          ExpressionAttributeValues: { ":large": { S: largeLookPartition }, ":now": { N: String(now) } },
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
      for await (const page of pages(`sideless ${source}`, Number.MAX_SAFE_INTEGER, limit))
        for (const item of await items(page)) waiting.push(JSON.parse(item.place?.S ?? "") as FindingPlace);
      return waiting;
    },

    /** Up to so many of each shard whose moment has come. */
    dueLooks: (now: Millis, limit: number) => due("turn", now, limit),

    /** Up to so many whose moment has come, and for which a turn has no room. */
    dueLargeLooks: (now: Millis, limit: number) => due("large look", now, limit),
  };
};
