/**
 * Enters what the application says. An event stands with its account; a contract that it names has a pointer to that account, written once.
 * What links two contracts stands with both. Everything is put under the event's own id, so that repeating a turn changes nothing.
 */
import { type DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { SaidEntry } from "../../../core/application/both-sides.ts";
import type { ContractName } from "../../../core/ledger/entry.ts";
import type { Item } from "../../records/record-item.ts";
import { accountPartition, accountPointerKey, contractPartition } from "../../table.ts";
import { pastConflicts } from "../transact.ts";
import { saidToItem } from "./said-item.ts";

export type EnterSaid = (entries: readonly SaidEntry[]) => Promise<void>;

/** Throws when not all of it could be written; repeating it finishes it. */
export const createEnterSaid = ({ client, table }: { readonly client: DynamoDBClient; readonly table: string }): EnterSaid => {
  const put = (item: Item) => pastConflicts(() => client.send(new PutItemCommand({ TableName: table, Item: item })));

  /** A read costs a fifth of a write, and a contract's pointer is there from its first event on. A stale read only writes it again. */
  const point = async ({ source, contract }: ContractName, account: string): Promise<void> => {
    const { pk, sk } = accountPointerKey(source, contract, account);
    const key = { pk: { S: pk }, sk: { S: sk } };
    const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: key }));
    if (!Item) await put({ ...key, account: { S: account } });
  };

  return async (entries) => {
    for (const entry of entries) {
      const { event } = entry;
      if (event.type === "contract.linked") {
        for (const { source, contract } of event.contracts) await put(saidToItem(contractPartition(source, contract), entry));
        continue;
      }
      await put(saidToItem(accountPartition(event.account), entry));
      if ("contract" in event && event.contract !== undefined)
        await point({ source: event.source, contract: event.contract }, event.account);
    }
  };
};
