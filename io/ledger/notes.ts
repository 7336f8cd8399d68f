/** What operators have noted about a contract, a payment or an account. Each is written once, together with its entry in the audit trail. */
import { paginateQuery } from "@aws-sdk/client-dynamodb";
import type { Millis } from "../../core/callback.ts";
import { type FindingPlace, placeText } from "../../core/findings/finding.ts";
import { isoTime } from "../../core/formats/iso-time.ts";
import { notePrefix } from "../table.ts";
import { type AuditedStore, auditItem, uniqueSuffix } from "./audit.ts";
import { partitionOf } from "./findings/finding-item.ts";
import { transact } from "./transact.ts";

export interface Note {
  readonly at: Millis;
  readonly by: string;
  readonly text: string;
}

export type Notes = ReturnType<typeof createNotes>;

export const createNotes = ({ client, table, random }: AuditedStore) => ({
  /** The audit trail has who noted when about what; the text stays here, where an erasure reaches it. */
  async add(place: FindingPlace, note: Note): Promise<void> {
    const key = { pk: { S: partitionOf(place) }, sk: { S: `${notePrefix}${isoTime(note.at)}#${uniqueSuffix(random())}` } };
    await transact(client, [
      { Put: { TableName: table, Item: { ...key, note: { S: JSON.stringify(note) } } } },
      { Put: { TableName: table, Item: auditItem({ at: note.at, by: note.by, what: "note", to: placeText(place) }, random()) } },
    ]);
  },

  /** Oldest first. */
  async of(place: FindingPlace): Promise<readonly Note[]> {
    const request = {
      TableName: table,
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
      ExpressionAttributeValues: { ":pk": { S: partitionOf(place) }, ":prefix": { S: notePrefix } },
      ConsistentRead: true,
    };
    const notes: Note[] = [];
    for await (const { Items = [] } of paginateQuery({ client }, request))
      notes.push(...Items.map((item) => JSON.parse(item.note?.S ?? "") as Note));
    return notes;
  },
});
