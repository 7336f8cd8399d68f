/** A hold on one contract: an entry at the very front of its line, behind which everything of that contract waits. */
import { ConditionalCheckFailedException, DeleteItemCommand, type DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { ContractName } from "../../../core/ledger/entry.ts";
import { contractPartition, lineSortKey } from "../../table.ts";

/** Sorts before every record's order, which begins with a digit. */
const front = "!hold";

export type ContractHolds = ReturnType<typeof createContractHolds>;

export const createContractHolds = ({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) => {
  const keyOf = ({ source, contract }: ContractName) => ({ pk: { S: contractPartition(source, contract) }, sk: { S: lineSortKey(front) } });
  return {
    /** Holding again only changes the reason. */
    async hold(name: ContractName, why: string): Promise<void> {
      await client.send(new PutItemCommand({ TableName: table, Item: { ...keyOf(name), key: { S: "hold" }, why: { S: why } } }));
    },
    /** False when it was not held. The first in the line still has to be woken. */
    async lift(name: ContractName): Promise<boolean> {
      try {
        await client.send(new DeleteItemCommand({ TableName: table, Key: keyOf(name), ConditionExpression: "attribute_exists(pk)" }));
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
  };
};
