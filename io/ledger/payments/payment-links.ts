/** Writes what an event says of the ids of its payment: which others it has, and to which contract it belongs. Links only grow; each is bounded. */
import { ConditionalCheckFailedException, type DynamoDBClient, UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import type { PaymentEvent } from "../../../core/event.ts";
import { mostContracts, mostIds, newLink, type PaymentLink, unlinked } from "../../../core/ledger/payment/payment-link.ts";
import { contractPartition, linkSortKey } from "../../table.ts";
import { pastConflicts } from "../transact.ts";
import type { LinkedLine } from "./payment-lines.ts";

/** How much of each may be there already. */
type Room = Readonly<Record<keyof PaymentLink, number>>;

export const createPaymentLinks = ({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) => {
  const add = async (source: string, id: string, link: PaymentLink, room?: Room): Promise<void> => {
    const names = (["ids", "contracts"] as const).filter((name) => link[name].length > 0);
    const sets = names.map((name) => [`:${name}`, { SS: [...link[name]] }] as const);
    const most = names.map((name) => [`:${name}Before`, { N: String(room?.[name]) }] as const);
    const hasRoom = names.map((name) => `(attribute_not_exists(#${name}) OR size(#${name}) <= :${name}Before)`).join(" AND ");
    const update = new UpdateItemCommand({
      TableName: table,
      Key: { pk: { S: contractPartition(source, id) }, sk: { S: linkSortKey } },
      UpdateExpression: `ADD ${names.map((name) => `#${name} :${name}`).join(", ")}`,
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: Object.fromEntries([...sets, ...(room ? most : [])]),
      ...(room && { ConditionExpression: hasRoom }),
    });
    await pastConflicts(() => client.send(update));
  };

  const addUnseenTo = async (source: string, event: PaymentEvent, id: string): Promise<boolean> => {
    const link = newLink(event, id, unlinked);
    if (!link) return true;
    try {
      await add(source, id, link, { ids: mostIds - link.ids.length, contracts: mostContracts - link.contracts.length });
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  };

  return {
    /** Without a look at what is there. False where an id had too little room: nothing was written there, and `addTo` writes what fits. */
    async addUnseen(source: string, event: PaymentEvent, ids: readonly string[]): Promise<boolean> {
      return (await Promise.all(ids.map((id) => addUnseenTo(source, event, id)))).every(Boolean);
    },

    /** @returns whether something was written: not when all of it was in these lines, by id, or none of it fits */
    async addTo(source: string, event: PaymentEvent, before: ReadonlyMap<string, LinkedLine>): Promise<boolean> {
      const news = [...before].flatMap(([id, line]) => {
        const link = newLink(event, id, line.link ?? unlinked);
        return link ? [{ id, link }] : [];
      });
      await Promise.all(news.map(({ id, link }) => add(source, id, link)));
      return news.length > 0;
    },
  };
};
