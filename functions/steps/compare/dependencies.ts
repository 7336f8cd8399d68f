/** What comparing an export that came into the bucket needs from outside. */

import type { ExportKind } from "../../../core/mapping/layout.ts";
import type { CoveredTime } from "../../../core/reconcile/arriving/covered-time.ts";
import type { AlarmTopic } from "../../../io/alarm-topic.ts";
import type { ExportBucket, ExportObject } from "../../../io/exports/bucket.ts";
import type { ReconcileStores } from "../../../reconcile/stores.ts";

export interface CompareDependencies extends ReconcileStores {
  readonly exports: ExportBucket;
  /** Built-in ones. */
  readonly kinds: readonly ExportKind[];
  readonly alarmTopic: AlarmTopic;
}

export interface CompareTime {
  /** Milliseconds until the invocation ends. */
  readonly timeLeft: () => number;
}

/** What became of a notification. Only what throws is tried again. */
export type Arrival = "nothing" | "gone" | "superseded" | "refused" | "compared before" | "compared";

/** One export: a file, or the files of a folder. */
export interface Export {
  readonly source: string;
  readonly name: string;
  readonly files: readonly ExportObject[];
  readonly time: CoveredTime;
}
