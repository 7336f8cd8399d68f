/** A contract's line, for people: who stands in it, and before whom. */
import { type DynamoDBClient, QueryCommand } from "@aws-sdk/client-dynamodb";
import type { RecordKey } from "../../core/record.ts";
import type { Item } from "../records/record-item.ts";
import { contractPartition, lineSortKey } from "../table.ts";

export interface Place {
  readonly order: string;
  /** `hold` for a hold on the whole contract, which stands before every record. */
  readonly key: RecordKey | "hold";
  /** Why the contract is held. */
  readonly why?: string;
}

/** The first `limit` (1,000 at most) in the line of a contract. */
export type Line = (name: { readonly source: string; readonly contract: string }, limit: number) => Promise<readonly Place[]>;

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
    return Items.map(placeOf);
  };

const placeOf = (item: Item): Place => ({
  order: (item.sk?.S ?? "").slice(lineSortKey("").length),
  key: (item.key?.S ?? "") as Place["key"],
  ...(item.why?.S !== undefined && { why: item.why.S }),
});
