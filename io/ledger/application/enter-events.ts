/**
 * Enters application events. An event stands with its account, and everything it names has a pointer to that account: a contract, a
 * payment, a customer, an order. What links two contracts stands with both. All of it is put under ids of its own, so that repeating a
 * turn changes nothing.
 */
import { type DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import type { ApplicationEntry } from "../../../core/application/both-sides.ts";
import { namesIn } from "../../../core/application/names.ts";
import { sourcesNamedBy } from "../../../core/application/read-message.ts";
import type { PaymentLines } from "../payments/payment-lines.ts";
import { pastConflicts } from "../transact.ts";
import { applicationEntryToItem, partitionsOf } from "./entry-item.ts";
import type { Relations } from "./relations.ts";
import type { Sides } from "./sides.ts";

export type EnterApplicationEvents = (entries: readonly ApplicationEntry[]) => Promise<void>;

/** Throws when not all of it could be written; repeating it finishes it. */
export const createEnterApplicationEvents = ({
  client,
  table,
  lines,
  relations,
  sides,
}: {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly lines: PaymentLines;
  readonly relations: Relations;
  readonly sides: Sides;
}): EnterApplicationEvents => {
  const put = (partition: string, entry: ApplicationEntry) =>
    pastConflicts(() => client.send(new PutItemCommand({ TableName: table, Item: applicationEntryToItem(partition, entry) })));

  /** Of a line, and of the contracts of the payment whose line it is: whoever learns of such a contract later finds the pointer in the line. */
  const pointFrom = async (source: string, line: string, account: string): Promise<void> => {
    await relations.pointToAccount({ source, contract: line }, account);
    const { contracts } = await lines.follow(source, [line], new Map());
    for (const contract of contracts) await relations.pointToAccount({ source, contract }, account);
  };

  const enterOne = async (entry: ApplicationEntry): Promise<void> => {
    const { event } = entry;
    for (const source of sourcesNamedBy(event)) await sides.note(source);
    for (const partition of partitionsOf(entry)) await put(partition, entry);
    const names = namesIn(event);
    if (!names) return;
    const { source, account, contract, order, charge, customer } = names;
    if (contract !== undefined) await relations.pointToAccount({ source, contract }, account);
    else if (charge !== undefined) await pointFrom(source, charge, account);
    else if (order !== undefined)
      for (const line of (await relations.addToOrder(source, order, { account })).lines) await pointFrom(source, line, account);
    if (customer !== undefined) await relations.pointFromCustomerToAccount(source, customer, account);
  };

  return async (entries) => {
    for (const entry of entries) await enterOne(entry);
  };
};
