/** A comparison with what it was made from: what plans, reports and runs are made of. */
import type { Millis } from "../callback.ts";
import type { Comparison } from "./compare/comparison.ts";
import type { Difference } from "./compare/difference.ts";
import type { FileReport } from "./file-report.ts";

export interface ReadFile {
  readonly report: FileReport;
  /** Of the kind or the mapping by which it was read: a changed mapping reads otherwise. */
  readonly layoutDigest: string;
  readonly about: "money" | "contracts";
  /** Lines that happened after the moment of the comparison, and those that are pending: compared with nothing. */
  readonly later: number;
  readonly pending: number;
}

/** An export of the ledger table to S3. */
export interface TableExport {
  /** A folder of this machine or of a bucket. */
  readonly place: string;
  /** What happened then or later is not in it. */
  readonly at: Millis;
  readonly items: number;
}

export interface Compared {
  readonly comparison: Comparison;
  readonly files: readonly ReadFile[];
  /** What the exports would say: what they do not say of that is settled. */
  readonly about: ReadonlySet<Difference["about"]>;
  /** Of the same files, read in the same way, for the same time: the same. */
  readonly input: string;
  /** The application's own list, where one was given. */
  readonly application?: {
    readonly name: string;
    readonly grants: number;
    readonly broken: readonly { readonly line: number; readonly problems: readonly string[] }[];
  };
  /** What reading the ledger table cost; 0 where something else was read. */
  readonly readUnits: number;
  /** Where our side was read, unless it was the table itself. */
  readonly ours?: TableExport;
  /** There are more unsettled or unverified callbacks than were looked at. */
  readonly isCut: boolean;
}
