/**
 * Running and past replays: what was selected, the progress of each, and whether it may go on. In the ledger table, so that an
 * interrupted one can be continued, and a running one cancelled, from any machine.
 */
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
} from "@aws-sdk/client-dynamodb";
import type { Millis } from "../../../core/callback.ts";
import type { Filter } from "../../../core/filter.ts";
import type { RecordKey } from "../../../core/record.ts";

export interface ReplayJob {
  /** Sorts by the time of its start. */
  readonly id: string;
  readonly by: string;
  readonly why?: string;
  readonly startedAt: Millis;
  readonly meant: { readonly keys: readonly string[] } | { readonly filter: Filter };
  readonly ratePerSecond?: number;
  /** The time of the confirmed plan; what was stored later is not part of it. */
  readonly count: number;
  readonly oldest: Millis;
  readonly newest: Millis;
  /** `running` was true at `at`: its runner may have been killed since. */
  readonly state: "running" | "stopped" | "cancelled" | "done";
  readonly at: Millis;
  readonly done: number;
  /** The number of records by outcome. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** The last record handled, in stored order; those after it are still to be replayed. */
  readonly cursor?: { readonly key: RecordKey; readonly storedAt: Millis };
  readonly revision: number;
}

const partition = "replays";
const keyOf = (id: string) => ({ pk: { S: partition }, sk: { S: id } });
const jobOf = (item: Record<string, { S?: string }> | undefined): ReplayJob | undefined =>
  item?.job?.S === undefined ? undefined : JSON.parse(item.job.S);

export type ReplayJobs = ReturnType<typeof createReplayJobs>;

export const createReplayJobs = ({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) => ({
  async read(id: string): Promise<ReplayJob | undefined> {
    const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: keyOf(id), ConsistentRead: true }));
    return jobOf(Item as Parameters<typeof jobOf>[0]);
  },

  /** Undefined when something else has changed it since `before` was read (or begun one of that id); nothing is changed then. */
  async save(job: Omit<ReplayJob, "revision">, before: ReplayJob | undefined): Promise<ReplayJob | undefined> {
    const next: ReplayJob = { ...job, revision: (before?.revision ?? 0) + 1 };
    const unchanged = before
      ? { ConditionExpression: "revision = :known", ExpressionAttributeValues: { ":known": { N: String(before.revision) } } }
      : { ConditionExpression: "attribute_not_exists(pk)" };
    const item = { ...keyOf(job.id), revision: { N: String(next.revision) }, job: { S: JSON.stringify(next) } };
    try {
      await client.send(new PutItemCommand({ TableName: table, Item: item, ...unchanged }));
      return next;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw error;
    }
  },

  /** Newest first. */
  async *all(): AsyncGenerator<ReplayJob> {
    const pages = paginateQuery(
      { client },
      {
        TableName: table,
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": { S: partition } },
        ConsistentRead: true,
        ScanIndexForward: false,
      },
    );
    for await (const { Items = [] } of pages)
      for (const item of Items) {
        const job = jobOf(item as Parameters<typeof jobOf>[0]);
        if (job) yield job;
      }
  },
});
