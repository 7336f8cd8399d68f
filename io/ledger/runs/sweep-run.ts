/** How the last run of the sweep ended: one item in the ledger table, from which `status` and `doctor` see that it runs, and what fails. */
import { type DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { SweepRun } from "../../../core/conditions/sight.ts";
import { sweepRunItemKey } from "../../table.ts";

export type SweepRuns = ReturnType<typeof createSweepRuns>;

export const createSweepRuns = ({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) => {
  const key = { pk: { S: sweepRunItemKey.pk }, sk: { S: sweepRunItemKey.sk } };
  return {
    /** Undefined: none has ended yet, or none of a version that writes it down. */
    async last(): Promise<SweepRun | undefined> {
      const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: key, ConsistentRead: true }));
      return Item?.run?.S === undefined ? undefined : JSON.parse(Item.run.S);
    },
    /** Unconditional: of two sweeps at once, the one that ends later is the last. */
    async write(run: SweepRun): Promise<void> {
      await client.send(new PutItemCommand({ TableName: table, Item: { ...key, run: { S: JSON.stringify(run) } } }));
    },
  };
};
