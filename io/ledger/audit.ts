/** The audit trail: who did what, when and why. Written before it is done, read by day; never changed or removed. */
import { type DynamoDBClient, PutItemCommand, paginateQuery } from "@aws-sdk/client-dynamodb";
import type { Millis } from "../../core/callback.ts";
import { dayOf, isoTime } from "../../core/formats/iso-time.ts";

/** Something an operator did. */
export interface AuditEntry {
  readonly at: Millis;
  /** The operator, as given to the command or known to the machine. */
  readonly by: string;
  /** The verb: `replay`, `hold`, `resume`, `discard`, `release` ... */
  readonly what: string;
  /** Records, contracts, targets or filters it was done to. */
  readonly to: string;
  readonly why?: string;
}

/** What a store needs that writes with an entry in the audit trail. `random`: from 0 to 1. */
export interface AuditedStore {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly random: () => number;
}

/** So that two of one moment are two. */
export const uniqueSuffix = (random: number): string => Math.floor(random * 1e9).toString(36);

/** Its item, for those who write it together with what was done. @param random from 0 to 1 */
export const auditItem = (entry: AuditEntry, random: number) => {
  return {
    pk: { S: `audit ${dayOf(entry.at)}` },
    sk: { S: `deed#${isoTime(entry.at)}#${uniqueSuffix(random)}` },
    deed: { S: JSON.stringify(entry) },
  };
};

export type Audit = ReturnType<typeof createAudit>;

export const createAudit = ({ client, table, random }: AuditedStore) => ({
  async note(entry: AuditEntry): Promise<void> {
    await client.send(new PutItemCommand({ TableName: table, Item: auditItem(entry, random()) }));
  },

  /** The entries of one UTC day, oldest first. */
  async *ofDay(day: string): AsyncGenerator<AuditEntry> {
    const pages = paginateQuery(
      { client },
      {
        TableName: table,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": { S: `audit ${day}` } },
        ConsistentRead: true,
      },
    );
    for await (const { Items = [] } of pages) for (const item of Items) yield JSON.parse(item.deed?.S ?? "{}") as AuditEntry;
  },
});
