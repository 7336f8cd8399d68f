import { ledgerId } from "../../../core/ledger-id.ts";
import type { HandRefund } from "../../../core/refunds/hand-refund.ts";
import { placeOfId, type RefundsByHand } from "../../../core/refunds/refund-list.ts";
import { batchGet } from "../../batch-get.ts";
import { handRefundsKey } from "../../table.ts";
import { type AuditEntry, type AuditedStore, auditItem } from "../audit.ts";
import { transact } from "../transact.ts";
import { handRefundsOf } from "./hand-refunds-item.ts";

/** A payment, or the contract of an estimate, by its ids. */
export interface GivenBack {
  readonly source: string;
  readonly ids: readonly string[];
}

export type HandRefunds = ReturnType<typeof createHandRefunds>;

export const createHandRefunds = ({ client, table, random }: AuditedStore) => ({
  /** What was said of each of them, by any of their ids; a call for each hundred ids. */
  async of(all: readonly GivenBack[]): Promise<RefundsByHand> {
    const keys = all.flatMap(({ source, ids }) => ids.map((id) => [placeOfId(source, id), handRefundsKey(source, ledgerId(id))] as const));
    const places = new Map(keys.map(([place, { pk }]) => [pk, place] as const));
    const found = await batchGet(
      { client, table },
      [...places.keys()].map((pk) => ({ pk, sk: handRefundsKey("", "").sk })),
    );
    return new Map(found.map((item) => [places.get(item.pk?.S ?? "") ?? "", handRefundsOf(item)]));
  },

  /** With its audit entry, together or not at all. Saying it again changes nothing but the trail. */
  async say({ source, ids }: GivenBack, refund: HandRefund, audit: AuditEntry): Promise<void> {
    const written = JSON.stringify(refund);
    await transact(client, [
      ...[...new Set(ids.map(ledgerId))].map((id) => {
        const { pk, sk } = handRefundsKey(source, id);
        return {
          Update: {
            TableName: table,
            Key: { pk: { S: pk }, sk: { S: sk } },
            UpdateExpression: "ADD handRefunds :said",
            ExpressionAttributeValues: { ":said": { SS: [written] } },
          },
        };
      }),
      { Put: { TableName: table, Item: auditItem(audit, random()) } },
    ]);
  },
});
