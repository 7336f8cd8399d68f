/** Counts open findings in rounds, through the open index: a run reads up to a thousand of them, however many there are. */
import { type DynamoDBClient, QueryCommand } from "@aws-sdk/client-dynamodb";
import type { Millis } from "../../../core/callback.ts";
import { afterPage, type OpenPage, type TallyRun } from "../../../core/findings/tally/round.ts";
import { batchGet } from "../../batch-get.ts";
import type { Item } from "../../item.ts";
import { openIndex, openPartition, shards } from "../../table.ts";
import { readFindingItem } from "./finding-item.ts";

/** Read in one run. Some two kilobytes each: at on-demand prices a thousand a minute are 3 USD a month, and a million take 17 hours. */
const findingsARun = 1_000;
const pageSize = 100;

export type CountOpen = (run: TallyRun, limits: { readonly now: Millis; readonly hasTime?: () => boolean }) => Promise<TallyRun>;

/** Goes on where `run` ended. Stops at the end of a round, or when the number of a run or the time is used up. */
export const createCountOpen =
  ({ client, table }: { readonly client: DynamoDBClient; readonly table: string }): CountOpen =>
  async (run, { now, hasTime = () => true }) => {
    const readPage = async (from: Cursor, limit: number): Promise<OpenPage> => {
      const { Items = [], LastEvaluatedKey } = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: openIndex.name,
          KeyConditionExpression: "#open = :open",
          ExpressionAttributeNames: { "#open": openIndex.partition },
          ExpressionAttributeValues: { ":open": { S: openPartition("finding", from.shard) } },
          Limit: limit,
          ...(from.after && { ExclusiveStartKey: from.after }),
        }),
      );
      const keys = Items.map(({ pk, sk }) => ({ pk: pk?.S ?? "", sk: sk?.S ?? "" }));
      // A count that is a moment old is as good, for half the price. One that cannot be read is for `ledger verify`.
      const findings = (await batchGet({ client, table }, keys, false)).flatMap((item) => readFindingItem(item) ?? []);
      const next = LastEvaluatedKey ? { shard: from.shard, after: LastEvaluatedKey } : { shard: from.shard + 1 };
      return { findings, ...(next.shard < shards && { next: JSON.stringify(next) }) };
    };

    let counted = run;
    let left = findingsARun;
    do {
      const page = await readPage(cursorIn(counted), Math.min(pageSize, left));
      counted = afterPage(counted, page, now);
      left -= page.findings.length;
    } while (counted.round && left > 0 && hasTime());
    return counted;
  };

interface Cursor {
  readonly shard: number;
  readonly after?: Item;
}

const cursorIn = ({ round }: TallyRun): Cursor => (round ? (JSON.parse(round.next) as Cursor) : { shard: 0 });
