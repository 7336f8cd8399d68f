/** What a replay needs, and the outcome of each of its records. */
import type { Progress } from "../../core/lifecycle/progress.ts";
import type { RecordKey } from "../../core/record.ts";
import type { Gateway } from "../../gateways/index.ts";
import type { Queues, Stores } from "../connect/stores.ts";

export type Outcome =
  /** On its way. */
  | { readonly kind: "rung"; readonly key: RecordKey }
  /** Marked, but the queue did not take it: the sweep rings within a minute or two. */
  | { readonly kind: "due"; readonly key: RecordKey; readonly why: string }
  /** Not verified yet: the sweep verifies it. */
  | { readonly kind: "to be verified"; readonly key: RecordKey }
  /** Its first pass has not begun, and it does not need us: its doorbell rings in order. */
  | { readonly kind: "under way"; readonly key: RecordKey }
  /** It was changed meanwhile. */
  | { readonly kind: "overtaken"; readonly key: RecordKey }
  /** Cannot be sent again. */
  | { readonly kind: "left"; readonly key: RecordKey; readonly why: string; readonly error?: unknown };

export interface ReplayRun {
  readonly stores: Pick<Stores, "config" | "records" | "ledger" | "open" | "clock">;
  readonly doorbells: Queues["doorbells"];
  readonly findGateway: (name: string) => Gateway | undefined;
  /** Whether the record is still one of those that were selected, as it stands now. */
  readonly isSelected: (key: RecordKey, progress: Progress | undefined) => boolean;
  readonly ratePerSecond?: number | undefined;
  readonly pause: (ms: number) => Promise<void>;
  /** Asked between pages. */
  readonly isStopped: () => boolean;
}
