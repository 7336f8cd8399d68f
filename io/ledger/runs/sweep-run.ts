/**
 * How the last run of the sweep ended: one item in the ledger table, from which `status` and `doctor` see that it runs, and what fails.
 * And beside it what a run is parsing, which outlives one that does not end.
 */
import { type DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { SweepRun } from "../../../core/conditions/sight.ts";
import { sweepParsingItemKey, sweepRunItemKey } from "../../table.ts";

export type SweepRuns = ReturnType<typeof createSweepRuns>;

export const createSweepRuns = ({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) => {
  const key = { pk: { S: sweepRunItemKey.pk }, sk: { S: sweepRunItemKey.sk } };
  const parsing = { pk: { S: sweepParsingItemKey.pk }, sk: { S: sweepParsingItemKey.sk } };
  return {
    /** What the last run that did not end was parsing, with a number for each. */
    async endedAt(): Promise<Readonly<Record<string, number>>> {
      const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: parsing, ConsistentRead: true }));
      return Item?.records?.S === undefined ? {} : JSON.parse(Item.records.S);
    },
    async noteParsing(records: Readonly<Record<string, number>>): Promise<void> {
      await client.send(new PutItemCommand({ TableName: table, Item: { ...parsing, records: { S: JSON.stringify(records) } } }));
    },
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
