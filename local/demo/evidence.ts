/** The evidence: what the gateways saw on the wire, what the application saw, and what is in the tables. */
import { GetItemCommand, paginateScan } from "@aws-sdk/client-dynamodb";
import { resourceNames } from "../../core/config/resource-names.ts";
import type { Entry } from "../../core/ledger/entry.ts";
import type { Progress } from "../../core/lifecycle/progress.ts";
import { isQuarantined } from "../../core/receive/quarantine.ts";
import type { CallbackRecord, RecordKey } from "../../core/record.ts";
import { digest } from "../../core/signature.ts";
import { patient } from "../../io/clients.ts";
import type { Item } from "../../io/item.ts";
import { entryFromItem, progressFromItem } from "../../io/ledger/ledger-item.ts";
import { createBodies } from "../../io/records/bodies.ts";
import { fromItem } from "../../io/records/record-item.ts";
import { isUnverifiedPlace, recordItemKey } from "../../io/table.ts";
import type { Clients } from "../engines/clients.ts";
import type { Seen } from "./application.ts";
import type { Twins } from "./plan.ts";

/** One request and its outcome. Moments are those of `performance.now()`. */
export interface Exchange {
  readonly source: string;
  readonly genuine: boolean;
  /** Of the bytes that were sent. */
  readonly sha256: string;
  readonly sentAt: number;
  readonly endedAt: number;
  /** `none`: the connection ended before there was an answer. */
  readonly answer: "acknowledged" | "rejected" | "none";
  readonly status?: number;
  /** Of a genuine one that was answered: whether its bytes were in the table right after the answer. */
  readonly stored?: boolean;
  /** The time of day when it was answered. */
  readonly answeredAt: number;
}

/** What a check has found: the figures it judged by, and every breach as a sentence. */
export interface Finding {
  readonly judgedBy: string;
  readonly breaches: readonly string[];
}

export interface Evidence {
  readonly exchanges: readonly Exchange[];
  readonly seen: readonly Seen[];
  /** Once everything was idle, before anything was replayed; and at the very end. */
  readonly before: Snapshot;
  readonly after: Snapshot;
  /** What was not idle when the time was up, as sentences; none in a good run. */
  readonly restless: readonly string[];
  /** How many times the functions report having used the spill queue or the bucket. */
  readonly spilled: number;
  readonly twins: readonly Twins[];
  /** Sources that also acknowledge what they cannot verify. */
  readonly accepting: ReadonlySet<string>;
  /** While the application refused connections. Moments are those of `performance.now()`. */
  readonly down: { readonly from: number; readonly to: number };
  /** When the first record was replayed. */
  readonly replayedFrom: number;
  /** Records that had been delivered and were replayed anyway. */
  readonly replayedAgain: readonly string[];
}

/** Records of genuine callbacks: not conflicts, not quarantined, not waiting for their secret. */
export const recordsOf = ({ stored }: Snapshot): readonly Stored[] =>
  stored.filter(({ record, sort }) => sort === "record" && record.verification === "verified");

export const quarantinedOf = ({ stored }: Snapshot): readonly Stored[] => stored.filter(({ record }) => isQuarantined(record.key));

export const genuineOf = (exchanges: readonly Exchange[]): readonly Exchange[] => exchanges.filter(({ genuine }) => genuine);

export const distinct = (exchanges: readonly Exchange[]): ReadonlySet<string> => new Set(exchanges.map(({ sha256 }) => sha256));

export const isSuccess = ({ answered }: Seen): boolean => answered !== undefined && answered.status >= 200 && answered.status < 300;

/** Records that the application has answered with a 2xx. */
export const takenBy = (seen: readonly Seen[]): ReadonlySet<string> => new Set(seen.filter(isSuccess).map(({ record }) => record));

/** Of the records table. */
export interface Stored {
  readonly record: CallbackRecord;
  /** `record`, or for the same id with other bytes `conflict#...`. */
  readonly sort: string;
  /** Computed from the stored bytes, not the hash stored beside them. */
  readonly sha256: string;
}

export interface Snapshot {
  readonly stored: readonly Stored[];
  readonly progress: ReadonlyMap<string, Progress>;
  readonly entries: readonly Entry[];
}

/** What is in the two tables, read from the tables themselves: every item, with the bytes as they are there. */
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
        stored: await Promise.all(records.filter(({ pk }) => !isUnverifiedPlace(pk?.S)).map(toStored)),
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
