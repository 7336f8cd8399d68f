/** What the release's steps need from outside. */
import type { Millis } from "../../../core/callback.ts";
import type { ResolvedConfig } from "../../../core/config/defaults.ts";
import type { Holds } from "../../../io/ledger/holds/holds.ts";
import type { Ledger } from "../../../io/ledger/ledger.ts";
import type { OpenProgress } from "../../../io/ledger/open-progress.ts";
import type { Queue } from "../../../io/queues/queue.ts";
import type { Report } from "../../shell/log.ts";

export interface ReleaseDependencies {
  readonly config: ResolvedConfig;
  readonly ledger: Ledger;
  readonly holds: Holds;
  readonly open: OpenProgress;
  readonly doorbells: Queue;
  readonly clock: () => Millis;
  readonly report: Report;
  readonly pause: (ms: number) => Promise<void>;
  /** Whether there is time for another round. */
  readonly hasTime: () => boolean;
}
