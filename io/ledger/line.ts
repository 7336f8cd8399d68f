/** A contract's line: what is in it, and in which order. */
import { type DynamoDBClient, QueryCommand } from "@aws-sdk/client-dynamodb";
import type { ContractName } from "../../core/ledger/entry.ts";
import { parseRecordKey, type RecordKey } from "../../core/record.ts";
import type { Item } from "../item.ts";
import { contractPartition, lineSortKey } from "../table.ts";

/** An entry in a contract's line: a record that failed, is scheduled, waits or is dead, or the hold on the contract. */
export type LineEntry = { readonly contract: string; readonly order: string } & (
  | { readonly key: RecordKey }
  /** Before every record. */
  | { readonly key: "hold"; readonly why: string }
);

/** The first `limit` (1,000 at most) in the line of a contract. */
export type Line = (name: ContractName, limit: number) => Promise<readonly LineEntry[]>;

export const createLine =
  ({ client, table }: { readonly client: DynamoDBClient; readonly table: string }): Line =>
  async ({ source, contract }, limit) => {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: "pk = :pk AND begins_with(sk, :line)",
        ExpressionAttributeValues: { ":pk": { S: contractPartition(source, contract) }, ":line": { S: lineSortKey("") } },
        ConsistentRead: true,
        Limit: limit,
      }),
    );
    return Items.map((item) => entryOf(contract, item));
  };

const entryOf = (contract: string, { sk, key, why }: Item): LineEntry => {
  const place = { contract, order: (sk?.S ?? "").slice(lineSortKey("").length) };
  return key?.S === "hold" ? { ...place, key: "hold", why: why?.S ?? "" } : { ...place, key: parseRecordKey(key?.S) };
};
