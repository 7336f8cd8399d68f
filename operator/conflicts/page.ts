/** One record and what came under its id, side by side: the data of `holdfast conflicts`, and its JSON. */
import { isoTime } from "../../core/formats/iso-time.ts";
import type { Conflict } from "../../core/receive/conflict.ts";
import { type CallbackRecord, type RecordKey, splitKey } from "../../core/record.ts";
import type { Gateway } from "../../gateways/index.ts";
import type { Connection } from "../connect/connect.ts";
import { weakness } from "../doctor/weakness.ts";
import { conflictsOfRecord } from "../query/conflicts-of-record.ts";
import { type Difference, differences } from "./compare.ts";

export interface ConflictSide {
  readonly receivedAt: string;
  readonly from: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly verification: CallbackRecord["verification"];
}

export interface OtherSide {
  readonly conflict: Conflict;
  /** Absent when its bytes are gone or cannot be read. */
  readonly side?: ConflictSide;
  readonly differences: readonly Difference[];
}

export interface ConflictPage {
  readonly key: RecordKey;
  /** Of the record that came first. */
  readonly state: string;
  readonly first?: ConflictSide;
  readonly others: readonly OtherSide[];
  /** Open ones that are not shown. */
  readonly more: number;
  /** Why the proof of this source decides nothing here; absent where a signature covers both. */
  readonly weakProof?: string;
}

/** Read and compared at most. */
const mostShown = 10;

/** Of those that are open, or all of them where none is. */
export const conflictPage = async (connection: Connection, key: RecordKey): Promise<ConflictPage> => {
  const [all, read, progress, findGateway] = await Promise.all([
    conflictsOfRecord(connection, key),
    connection.records.read(key),
    connection.ledger.progress(key),
    connection.gateways(),
  ]);
  const open = all.filter(({ isDone }) => !isDone);
  const chosen = (open.length > 0 ? open : all).slice(0, mostShown);
  const first = read.kind === "record" ? read.record : undefined;
  const gateway = first && findGateway(first.gateway);
  const settings = connection.config.sources[splitKey(key).source];
  const weakProof = settings && gateway && weakness(gateway, settings);
  return {
    key,
    state: progress?.state ?? (first ? "stored" : "gone"),
    ...(first && { first: sideOf(first) }),
    others: await Promise.all(chosen.map((conflict) => otherSide(connection, conflict, first, gateway))),
    more: Math.max(0, open.length - mostShown),
    ...(weakProof !== undefined && { weakProof }),
  };
};

const otherSide = async (
  { records }: Connection,
  conflict: Conflict,
  first: CallbackRecord | undefined,
  gateway: Gateway | undefined,
): Promise<OtherSide> => {
  const read = await records.readConflict(conflict);
  if (read.kind !== "record") return { conflict, differences: [] };
  return { conflict, side: sideOf(read.record), differences: first ? differences(first, read.record, gateway) : [] };
};

const sideOf = ({ raw, sha256, verification }: CallbackRecord): ConflictSide => ({
  receivedAt: isoTime(raw.receivedAt),
  from: raw.sourceIp,
  bytes: raw.body.length,
  sha256,
  verification,
});
