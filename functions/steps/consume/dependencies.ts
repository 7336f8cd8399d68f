/** What the steps after the acknowledgement need from outside. */
import type { Millis } from "../../../core/callback.ts";
import type { ResolvedConfig } from "../../../core/config/defaults.ts";
import type { Streak } from "../../../core/lifecycle/holds/breaker.ts";
import type { Gateway } from "../../../gateways/index.ts";
import type { Conflicts } from "../../../io/ledger/conflicts.ts";
import type { Findings } from "../../../io/ledger/findings/findings.ts";
import type { LookAnywhere } from "../../../io/ledger/findings/open.ts";
import type { Holds } from "../../../io/ledger/holds/holds.ts";
import type { Ledger } from "../../../io/ledger/ledger.ts";
import type { Queue } from "../../../io/queues/queue.ts";
import type { ReadBackPort } from "../../../io/read-back/read-back.ts";
import type { Records } from "../../../io/records/records.ts";
import type { Deliver } from "../../../io/targets/deliver.ts";
import type { Count } from "../../shell/metrics.ts";

/** What a process has for all of its invocations. */
export interface LastingDependencies {
  readonly config: ResolvedConfig;
  readonly findGateway: (name: string) => Gateway | undefined;
  readonly records: Records;
  readonly ledger: Ledger;
  readonly conflicts: Pick<Conflicts, "note">;
  readonly look: LookAnywhere;
  readonly findings: Pick<Findings, "leaveToSweep">;
  readonly readBack: ReadBackPort;
  readonly deliver: Deliver;
  readonly holds: Holds;
  /** What this process has seen of each target since its last success. */
  readonly streaks: Map<string, Streak>;
  readonly deadLetters: Queue;
  readonly doorbells: Pick<Queue, "ring">;
  readonly clock: () => Millis;
  readonly random: () => number;
  readonly count: Count;
}

export interface StepDependencies extends LastingDependencies {
  /** Milliseconds until what waits for others is ended: the time for this turn's work. */
  readonly timeLeft: () => number;
  /** Aborted when the invocation is about to end: nothing may go on after it, and nothing that waits for others starts. */
  readonly signal: AbortSignal;
}
