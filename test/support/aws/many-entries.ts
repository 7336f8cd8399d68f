/** More of a contract than a test could tell one by one: put into the ledger table as entering them would leave them, without what leads to them. */
import { BatchWriteItemCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { entriesOf } from "../../../core/ledger/entry.ts";
import { inGroups } from "../../../core/sequences.ts";
import type { Item } from "../../../io/item.ts";
import { entryToItem } from "../../../io/ledger/ledger-item.ts";
import { noon, paymentEvent } from "../samples.ts";

/** DynamoDB's limit for one call. */
const together = 25;

export const putItems = async (client: DynamoDBClient, table: string, items: readonly Item[]): Promise<void> => {
  for (const some of inGroups(items, together))
    await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: some.map((Item) => ({ PutRequest: { Item } })) } }));
};

/** That many charges of 500 yen, an hour apart, the last an hour before noon. */
export const manyCharges = (contract: string, count: number): readonly Item[] =>
  Array.from({ length: count }, (_, at) => {
    const event = paymentEvent({
      id: `many_${contract}_${at}`,
      contract,
      charge: `many_${contract}_${at}`,
      occurredAt: noon - (count - at) * 3_600_000,
    });
    return entriesOf(`sandbox/${event.id}`, "sandbox", [event]).map(entryToItem);
  }).flat();
