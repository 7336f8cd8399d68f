/** What the ledger has of one record: for the commands that hold it against the record's bytes. */
import { DeleteItemCommand, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Entry } from "../../../core/ledger/entry.ts";
import { paymentIds } from "../../../core/ledger/payment/payment-ids.ts";
import { newLink, unlinked } from "../../../core/ledger/payment/payment-link.ts";
import type { RecordKey } from "../../../core/record.ts";
import type { IsRelated } from "../application/check-relate.ts";
import { entryKey, type PaymentLines, placeOf } from "./payment-lines.ts";

export const createRecordEntries = ({
  client,
  table,
  lines,
  isRelated,
}: {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly lines: PaymentLines;
  readonly isRelated: IsRelated;
}) => ({
  /**
   * What a record says, in every line in which it has to stand; what stands there of that record, also of events that it no longer says; and
   * those that name a payment, a customer or an order that does not lead back to them, which a version entered that joined nothing.
   * @param entries all that the record says, each in its own line
   */
  async around(
    record: RecordKey,
    entries: readonly Entry[],
  ): Promise<{ readonly expected: readonly Entry[]; readonly stored: readonly Entry[]; readonly unlinked: readonly Entry[] }> {
    const expected: Entry[] = [];
    const notLinked: Entry[] = [];
    const nearby: Entry[] = [];
    for (const entry of entries) {
      const ids = paymentIds(entry.event);
      const payment = ids.length > 0 ? await lines.follow(entry.source, ids, new Map()) : undefined;
      expected.push(...[...new Set([entry.contract, ...(payment?.contracts ?? [])])].map((contract) => ({ ...entry, contract })));
      nearby.push(...(payment?.entries ?? []));
      const isLinked = !ids.some((id) => newLink(entry.event, id, payment?.links.get(id) ?? unlinked));
      if (!isLinked || !(await isRelated(entry, payment ?? nothingElse))) notLinked.push(entry);
    }
    const beyond = expected.flatMap((entry) =>
      idsBeyond(entry.event.id, entries.length).map((id) => ({ ...entry, event: { ...entry.event, id } })),
    );
    const found = [...(await lines.read(distinct([...expected, ...beyond]))), ...nearby].filter((entry) => entry.record === record);
    return { expected, stored: distinct(found), unlinked: notLinked };
  },

  /** Of entries that no record says any more. */
  async remove(entries: readonly Entry[]): Promise<void> {
    for (const entry of entries) await client.send(new DeleteItemCommand({ TableName: table, Key: entryKey(entry) }));
  },
});

const nothingElse = { contracts: new Set<string>(), accounts: new Set<string>(), entries: [] };

const distinct = (entries: readonly Entry[]): readonly Entry[] => [...new Map(entries.map((entry) => [placeOf(entry), entry])).values()];

/**
 * Of further events of the callback that has this one: an older version may have read up to three more in it.
 * @param count of those that are read today
 */
const idsBeyond = (id: string, count: number): readonly string[] => {
  const [, first = id, , variant = ""] = /^(.*?)(#\d+)?(~[0-9a-f]{16})?$/s.exec(id) ?? [];
  return [1, 2, 3].map((more) => `${first}#${count + more}${variant}`);
};
