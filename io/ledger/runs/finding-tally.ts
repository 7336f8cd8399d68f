/** What open findings added up to in the sweep's last round, and how far the present one is: one item in the ledger table. */
import { type DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import type { TallyRun } from "../../../core/findings/tally/round.ts";
import { findingTallyItemKey } from "../../table.ts";
import { transact } from "../transact.ts";

export interface KeptTally {
  readonly run: TallyRun;
  /** 0: none is kept yet. */
  readonly revision: number;
}

export type FindingTallies = ReturnType<typeof createFindingTallies>;

export const createFindingTallies = ({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) => {
  const key = { pk: { S: findingTallyItemKey.pk }, sk: { S: findingTallyItemKey.sk } };
  return {
    async read(): Promise<KeptTally> {
      const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }));
      return { run: Item?.tally?.S === undefined ? {} : JSON.parse(Item.tally.S), revision: Number(Item?.revision?.N ?? 0) };
    },

    /** Not when another sweep has counted on meanwhile: together they would count some twice. */
    async save(run: TallyRun, { revision }: KeptTally): Promise<void> {
      const Item = { ...key, tally: { S: JSON.stringify(run) }, revision: { N: String(revision + 1) } };
      const unmoved =
        revision === 0
          ? { ConditionExpression: "attribute_not_exists(pk)" }
          : { ConditionExpression: "revision = :known", ExpressionAttributeValues: { ":known": { N: String(revision) } } };
      await transact(client, [{ Put: { TableName: table, Item, ...unmoved } }]);
    },
  };
};
