import type { StoredFinding } from "../../../core/findings/lifecycle/stored.ts";
import type { Item } from "../../item.ts";
import { type AuditEntry, type AuditedStore, auditItem } from "../audit.ts";
import { transact } from "../transact.ts";
import { findingToItem } from "./finding-item.ts";

export type ReplaceBroken = (broken: Item, next: StoredFinding | undefined, audit: AuditEntry) => Promise<"written" | "overtaken">;

/** With none to put there it is removed. `overtaken` when something else has changed it since it was read; nothing is changed then. */
export const createReplaceBroken =
  ({ client, table, random }: AuditedStore): ReplaceBroken =>
  async ({ pk = { S: "" }, sk = { S: "" }, finding, revision }, next, audit) => {
    // Its revision may have been altered as well.
    const unmoved = finding
      ? { ConditionExpression: "finding = :seen", ExpressionAttributeValues: { ":seen": finding } }
      : { ConditionExpression: "attribute_not_exists(finding)" };
    const known = Number(revision?.N);
    const put = next && findingToItem({ ...next, revision: Number.isSafeInteger(known) && known > 0 ? known + 1 : 1 });
    return transact(client, [
      put ? { Put: { TableName: table, Item: put, ...unmoved } } : { Delete: { TableName: table, Key: { pk, sk }, ...unmoved } },
      { Put: { TableName: table, Item: auditItem(audit, random()) } },
    ]);
  };
