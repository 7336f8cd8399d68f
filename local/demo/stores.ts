/** What lies in the two tables, read from the tables themselves: every item, with the bytes as they are there. */
import { GetItemCommand, paginateScan } from "@aws-sdk/client-dynamodb";
import { resourceNames } from "../../core/config/resource-names.ts";
import type { Entry } from "../../core/ledger/ledger.ts";
import type { Progress } from "../../core/lifecycle/progress.ts";
import type { CallbackRecord, RecordKey } from "../../core/record.ts";
import { digest } from "../../core/signature.ts";
import { patient } from "../../io/clients.ts";
import { entryFromItem, progressFromItem } from "../../io/ledger/ledger-item.ts";
import { createBodies } from "../../io/records/bodies.ts";
import { fromItem, type Item } from "../../io/records/record-item.ts";
import { recordItemKey } from "../../io/table.ts";
import type { Clients } from "../engines/clients.ts";

/** Of the records table. */
export interface Stored {
  readonly record: CallbackRecord;
  /** `record`, or for the same id with other bytes `conflict#...`. */
  readonly sort: string;
  /** Computed from the bytes that lie there, not the hash that lies beside them. */
  readonly sha256: string;
}

export interface Snapshot {
  readonly stored: readonly Stored[];
  readonly progress: ReadonlyMap<string, Progress>;
  readonly entries: readonly Entry[];
}

export interface Stores {
  snapshot(): Promise<Snapshot>;
  /** Whether, at this moment, a record of one of these keys holds just these bytes. */
  hold(keys: readonly RecordKey[], sha256: string): Promise<boolean>;
}

export const openStores = ({ dynamodb }: Pick<Clients, "dynamodb">, name: string): Stores => {
  const { recordsTable, ledgerTable } = resourceNames(name);
  const { get: fetchBody } = createBodies({ bucket: "", limits: patient });
  const scan = async (table: string): Promise<readonly Item[]> => {
    const items: Item[] = [];
    for await (const { Items = [] } of paginateScan({ client: dynamodb }, { TableName: table, ConsistentRead: true })) items.push(...Items);
    return items;
  };
  const toStored = async (item: Item): Promise<Stored> => {
    const record = await fromItem(item, fetchBody);
    return { record, sort: item.sk?.S ?? "", sha256: digest("sha256", [record.raw.body]) };
  };
  return {
    async snapshot() {
      const [records, ledger] = await Promise.all([scan(recordsTable), scan(ledgerTable)]);
      const progress = ledger.filter(({ sk }) => sk?.S === "progress").map(progressFromItem);
      return {
        stored: await Promise.all(records.map(toStored)),
        progress: new Map(progress.map((one) => [one.key, one])),
        entries: ledger.filter(({ sk }) => sk?.S?.startsWith("event#")).map(entryFromItem),
      };
    },
    async hold(keys, sha256) {
      for (const key of keys) {
        const { pk, sk } = recordItemKey(key);
        const Key = { pk: { S: pk }, sk: { S: sk } };
        const { Item } = await dynamodb.send(new GetItemCommand({ TableName: recordsTable, Key, ConsistentRead: true }));
        if (Item && (await toStored(Item)).sha256 === sha256) return true;
      }
      return false;
    },
  };
};
