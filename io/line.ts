/** A contract's line, for people: who stands in it, and before whom. */
import { type DynamoDBClient, QueryCommand } from "@aws-sdk/client-dynamodb";
import type { RecordKey } from "../core/record.ts";
import type { Item } from "./record-item.ts";
import { contractPartition, lineSortKey } from "./table.ts";

export interface Place {
  readonly order: string;
  /** `hold` for a hold on the whole contract, which stands before every record. */
  readonly key: RecordKey | "hold";
  /** Why the contract is held. */
  readonly why?: string;
}

export type Line = ReturnType<typeof createLine>;

export const createLine = ({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) => {
  const query = (source: string, contract: string) => ({
    TableName: table,
    KeyConditionExpression: "pk = :pk AND begins_with(sk, :line)",
    ExpressionAttributeValues: { ":pk": { S: contractPartition(source, contract) }, ":line": { S: lineSortKey("") } },
    ConsistentRead: true,
  });
  return {
    /** The first `limit` in the line. */
    async first(source: string, contract: string, limit: number): Promise<readonly Place[]> {
      const { Items = [] } = await client.send(new QueryCommand({ ...query(source, contract), Limit: limit }));
      return Items.map(placeOf);
    },

    /** How many stand in it, a hold not counted. */
    async length(source: string, contract: string): Promise<number> {
      let [length, after]: [number, Item | undefined] = [0, undefined];
      do {
        const { Items = [], LastEvaluatedKey }: { Items?: Item[]; LastEvaluatedKey?: Item } = await client.send(
          new QueryCommand({ ...query(source, contract), ProjectionExpression: "sk, #key", ExpressionAttributeNames: { "#key": "key" }, ...(after && { ExclusiveStartKey: after }) }),
        );
        length += Items.filter((item) => placeOf(item).key !== "hold").length;
        after = LastEvaluatedKey;
      } while (after);
      return length;
    },
  };
};

const placeOf = (item: Item): Place => ({
  order: (item.sk?.S ?? "").slice(lineSortKey("").length),
  key: (item.key?.S ?? "") as Place["key"],
  ...(item.why?.S !== undefined && { why: item.why.S }),
});
