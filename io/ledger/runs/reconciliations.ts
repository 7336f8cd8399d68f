/** Comparisons with exports that were committed, by source: for the trend, and so that the same files change nothing twice. */
import { GetItemCommand, paginateQuery } from "@aws-sdk/client-dynamodb";
import type { ReconciliationRun } from "../../../core/reconcile/run.ts";
import { type AuditEntry, type AuditedStore, auditItem } from "../audit.ts";
import { transact } from "../transact.ts";

const partitionOf = (source: string) => `reconciliation ${source}`;
const inputKey = (source: string, input: string) => ({ pk: { S: partitionOf(source) }, sk: { S: `input#${input}` } });
const runPrefix = "run#";

export type Reconciliations = ReturnType<typeof createReconciliations>;

export const createReconciliations = ({ client, table, random }: AuditedStore) => ({
  /** The run that was made from the same files in the same way, if there is one. */
  async ofInput(source: string, input: string): Promise<ReconciliationRun | undefined> {
    const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: inputKey(source, input), ConsistentRead: true }));
    return Item?.run?.S === undefined ? undefined : (JSON.parse(Item.run.S) as ReconciliationRun);
  },

  /** With its audit entry, together or not at all. @returns false when the same input was committed before, also at the same moment */
  async commit(run: ReconciliationRun, audit: AuditEntry): Promise<boolean> {
    const text = { run: { S: JSON.stringify(run) } };
    const written = await transact(client, [
      {
        Put: { TableName: table, Item: { ...inputKey(run.source, run.input), ...text }, ConditionExpression: "attribute_not_exists(pk)" },
      },
      { Put: { TableName: table, Item: { pk: { S: partitionOf(run.source) }, sk: { S: `${runPrefix}${run.id}` }, ...text } } },
      { Put: { TableName: table, Item: auditItem(audit, random()) } },
    ]);
    return written === "written";
  },

  /** Of one source, the newest first. */
  async *all(source: string): AsyncGenerator<ReconciliationRun> {
    const request = {
      TableName: table,
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :run)",
      ExpressionAttributeValues: { ":pk": { S: partitionOf(source) }, ":run": { S: runPrefix } },
      ConsistentRead: true,
      ScanIndexForward: false,
    };
    for await (const { Items = [] } of paginateQuery({ client }, request))
      for (const item of Items) yield JSON.parse(item.run?.S ?? "") as ReconciliationRun;
  },
});
