/** What lies in the stores, read past the functions: the whole of both tables, and the bytes behind every record. */
import { type AttributeValue, paginateScan } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import type { StoredFinding } from "../../../core/findings/lifecycle/stored.ts";
import { breaker, type Hold } from "../../../core/lifecycle/holds/hold.ts";
import type { Progress } from "../../../core/lifecycle/progress.ts";
import type { Conflict } from "../../../core/receive/conflict.ts";
import { readFindingItem } from "../../../io/ledger/findings/finding-item.ts";
import { unpackBody } from "../../../io/records/body-encoding.ts";
import { isUnverifiedPlace } from "../../../io/table.ts";
import type { Resources } from "../aws/resources.ts";
import { altered } from "./accidents.ts";
import { sha256 } from "./effects.ts";

export interface StoredRecord {
  readonly key: string;
  readonly sort: string;
  readonly verification: string;
  readonly storedAt: number;
  readonly sha256: string;
  readonly orderedAt?: number;
}

export interface Stores {
  readonly records: readonly StoredRecord[];
  readonly progress: ReadonlyMap<string, Progress>;
  /** Keys of those whose progress is nothing that can be read. */
  readonly unreadable: ReadonlySet<string>;
  /** Keys of the records that the sweep, or a person, finds in the open index. */
  readonly open: ReadonlySet<string>;
  readonly line: ReadonlyArray<{ readonly contract: string; readonly order: string; readonly key: string }>;
  readonly told: ReadonlyArray<{
    readonly contract: string;
    readonly event: string;
    readonly record: string;
    readonly words: string;
    readonly heardAt: string;
  }>;
  readonly findings: readonly StoredFinding[];
  readonly conflicts: readonly (Conflict & { readonly isOpen: boolean })[];
  /** Targets that a person holds. A hold that is being released, and the breaker's, end by themselves: nothing may rest behind them. */
  readonly holds: readonly string[];
  /** The keys of all items that have that text in them, the audit trail's aside. */
  readonly naming: (text: string) => readonly string[];
  /** How many callbacks still lie in the bucket's lifeboat. */
  readonly spilledObjects: number;
}

type Item = Readonly<Record<string, AttributeValue>>;

const textOf = (item: Item): string =>
  JSON.stringify(item, (name, value) => (name === "body" ? readable(item) : value instanceof Uint8Array ? undefined : value));

const inlineBytes = ({ body, encoding }: Item): Uint8Array => unpackBody(encoding?.S ?? "plain", body?.B ?? new Uint8Array());

const readable = (item: Item): string => Buffer.from(inlineBytes(item)).toString();

/** Other bytes under a record's id, kept beside it: what happens to the record's happens not to them. */
const isConflict = ({ sk }: Item): boolean => sk?.S?.startsWith("conflict#") === true;

/** @param lost the hashes of bytes that are there no longer, or no longer as they were, by record */
export const readStores = async ({ database: client, s3, ...aws }: Resources, lost: ReadonlyMap<string, string>): Promise<Stores> => {
  const items = async (table: string): Promise<readonly Item[]> => {
    const found: Item[] = [];
    for await (const { Items = [] } of paginateScan({ client }, { TableName: table, ConsistentRead: true })) found.push(...Items);
    return found;
  };
  const bytesOf = async (item: Item): Promise<Uint8Array> => {
    if (item.object?.S === undefined) return inlineBytes(item);
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: aws.bucket, Key: item.object.S }));
    return (await Body?.transformToByteArray()) ?? new Uint8Array();
  };
  const [recorded, ledger, spilled] = await Promise.all([
    items(aws.recordsTable),
    items(aws.ledgerTable),
    s3.send(new ListObjectsV2Command({ Bucket: aws.bucket, Prefix: "spill/" })),
  ]);
  const of = (prefix: string, sort: string) => ledger.filter(({ pk, sk }) => pk?.S?.startsWith(prefix) && sk?.S?.startsWith(sort));
  const contract = (item: Item) => (item.pk?.S ?? "").slice((item.pk?.S ?? "").indexOf("/") + 1);
  return {
    records: await Promise.all(
      recorded
        .filter(({ pk }) => !isUnverifiedPlace(pk?.S))
        .map(async (item) => ({
          key: item.pk?.S ?? "",
          sort: item.sk?.S ?? "",
          verification: item.verification?.S ?? "",
          storedAt: Number(item.storedAt?.N),
          ...(item.orderedAt?.N !== undefined && { orderedAt: Number(item.orderedAt.N) }),
          // Of what was erased on a person's request the hash stays.
          sha256: item.erasedAt
            ? (item.sha256?.S ?? "")
            : ((isConflict(item) ? undefined : lost.get(item.pk?.S ?? "")) ?? sha256(await bytesOf(item))),
        })),
    ),
    progress: new Map(
      of("record ", "progress")
        .filter((item) => item.progress?.S !== altered)
        .map((item) => [item.key?.S ?? "", JSON.parse(item.progress?.S ?? "") as Progress]),
    ),
    unreadable: new Set(of("record ", "progress").flatMap((item) => (item.progress?.S === altered ? [item.key?.S ?? ""] : []))),
    open: new Set(of("record ", "progress").flatMap((item) => (item.open ? [item.key?.S ?? ""] : []))),
    line: of("contract ", "line#").map((item) => ({
      contract: contract(item),
      order: (item.sk?.S ?? "").slice("line#".length),
      key: item.key?.S ?? "",
    })),
    told: of("contract ", "event#")
      .map((item) => ({
        contract: contract(item),
        event: (item.sk?.S ?? "").slice("event#".length),
        record: item.record?.S ?? "",
        words: item.event?.S ?? "",
        heardAt: item.heardAt?.N ?? "",
      }))
      .sort((one, other) => (`${one.contract} ${one.event}` < `${other.contract} ${other.event}` ? -1 : 1)),
    findings: of("contract ", "finding#").flatMap((item) => readFindingItem(item) ?? []),
    conflicts: of("conflict ", "conflict#").map((item) => ({
      ...(JSON.parse(item.conflict?.S ?? "") as Conflict),
      isOpen: item.open !== undefined,
    })),
    holds: of("hold ", "hold").flatMap((item) => {
      const hold: Hold = JSON.parse(item.hold?.S ?? "");
      return hold.ratePerSecond === undefined && hold.by !== breaker ? [hold.target] : [];
    }),
    naming: (text) =>
      [...recorded, ...ledger]
        .filter((item) => !item.pk?.S?.startsWith("audit ") && textOf(item).includes(text))
        .map(({ pk, sk }) => `${pk?.S} ${sk?.S}`),
    spilledObjects: spilled.Contents?.length ?? 0,
  };
};
