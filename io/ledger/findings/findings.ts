/**
 * Findings, each beside what it is about, and found through the open index. Each is written together with its entry in the audit trail, on the
 * revision it was read with: of two changes at once one learns that it was overtaken.
 */
import { GetItemCommand, paginateQuery } from "@aws-sdk/client-dynamodb";
import { Failure } from "../../../core/failure.ts";
import { type FindingPlace, type LookPlace, readFindingId } from "../../../core/findings/finding.ts";
import type { StoredFinding } from "../../../core/findings/lifecycle/stored.ts";
import type { Item } from "../../item.ts";
import { findingSortKey, lookSortKey } from "../../table.ts";
import { type AuditEntry, type AuditedStore, auditItem } from "../audit.ts";
import { transact } from "../transact.ts";
import { type Beside, besideFromItems } from "./beside.ts";
import { createFindingIndex } from "./finding-index.ts";
import { findingIdOfKey, findingToItem, partitionOf, placeOfKey, readFindingItem } from "./finding-item.ts";
import { createLooks } from "./looks.ts";

export type Findings = ReturnType<typeof createFindings>;

export const createFindings = ({ client, table, random }: AuditedStore) => {
  const { pages, items } = createFindingIndex({ client, table });

  return {
    /** All that is kept about one contract, payment, customer or account. */
    async beside(place: LookPlace): Promise<Beside> {
      const request = {
        TableName: table,
        KeyConditionExpression: "pk = :pk AND sk BETWEEN :first AND :last",
        ExpressionAttributeValues: { ":pk": { S: partitionOf(place) }, ":first": { S: lookSortKey }, ":last": { S: findingSortKey("~") } },
        ConsistentRead: true,
      };
      const items: Item[] = [];
      for await (const page of paginateQuery({ client }, request)) items.push(...(page.Items ?? []));
      return besideFromItems(items);
    },

    async read(id: string): Promise<StoredFinding | undefined> {
      const named = readFindingId(id);
      if (!named) return undefined;
      const Key = { pk: { S: partitionOf(named.about) }, sk: { S: findingSortKey(named.place) } };
      const { Item } = await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
      if (!Item) return undefined;
      const stored = readFindingItem(Item);
      if (!stored) throw new Failure(`${id} cannot be read: something has altered it. \`holdfast ledger rebuild\` restores it.`);
      return stored;
    },

    /**
     * With its audit entry, together or not at all. Undefined when something else has changed it since it was read; nothing is changed then.
     * @param known its revision when it was read; 0 when it was not there
     */
    async save(next: StoredFinding, known: number, audit: AuditEntry): Promise<StoredFinding | undefined> {
      const saved = { ...next, revision: known + 1 };
      const unmoved =
        known === 0
          ? { ConditionExpression: "attribute_not_exists(pk)" }
          : { ConditionExpression: "revision = :known", ExpressionAttributeValues: { ":known": { N: String(known) } } };
      const written = await transact(client, [
        { Put: { TableName: table, Item: findingToItem(saved), ...unmoved } },
        { Put: { TableName: table, Item: auditItem(audit, random()) } },
      ]);
      return written === "written" ? saved : undefined;
    },

    /**
     * A stream of all that wait for an operator, or of all others, in constant memory and in no order.
     * @param broken is told of one that cannot be read, which is left out
     */
    async *all(kind: "open" | "settled", broken: (id: string) => void = () => {}): AsyncGenerator<StoredFinding> {
      for await (const page of pages(kind === "open" ? "finding" : "settled finding", Number.MAX_SAFE_INTEGER))
        for (const item of await items(page)) {
          const stored = readFindingItem(item);
          if (stored) yield stored;
          else broken(findingIdOfKey(item));
        }
    },

    /** Where there are any, and of which class, as the index says; reads none of them. */
    async *places(kind: "open" | "settled"): AsyncGenerator<{ readonly place: FindingPlace; readonly of: string }> {
      for await (const page of pages(kind === "open" ? "finding" : "settled finding", Number.MAX_SAFE_INTEGER))
        for (const { pk, sk } of page) yield { place: placeOfKey(pk?.S ?? ""), of: sk?.S?.slice(findingSortKey("").length) ?? "" };
    },

    ...createLooks({ client, table }),
  };
};
