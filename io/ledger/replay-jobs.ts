/**
 * Replays under way and over: what was meant, how far each has come, and whether it may go on. In the ledger table, so that one
 * that was interrupted is continued from any machine, and cancelled from any other.
 */
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateQuery,
} from "@aws-sdk/client-dynamodb";
import type { Millis } from "../../core/callback.ts";
import type { Filter } from "../../core/filter.ts";
import type { RecordKey } from "../../core/record.ts";

export interface ReplayJob {
  /** Sorts by the time of its start. */
  readonly id: string;
  readonly by: string;
  readonly why?: string;
  readonly startedAt: Millis;
  readonly meant: { readonly keys: readonly string[] } | { readonly filter: Filter };
  readonly ratePerSecond?: number;
  /** Of the plan that was agreed to; what was stored later is not part of it. */
  readonly count: number;
  readonly oldest: Millis;
  readonly newest: Millis;
  /** `running` says what was true at `at`: whoever ran it may have been killed since. */
  readonly state: "running" | "stopped" | "cancelled" | "done";
  readonly at: Millis;
  readonly done: number;
  /** How many records came to which outcome. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** The last record dealt with, in stored order; those after it are still to be replayed. */
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

  /** Undefined when somebody else has changed it since `before` was read (or begun one of that id); nothing is changed then. */
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
