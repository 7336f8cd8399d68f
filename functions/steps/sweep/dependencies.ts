/** What the sweep's steps need from outside. */
import type { Millis } from "../../../core/callback.ts";
import type { SweepRun } from "../../../core/conditions/sight.ts";
import type { ResolvedConfig } from "../../../core/config/defaults.ts";
import type { ExportKind } from "../../../core/mapping/layout.ts";
import type { Gateway } from "../../../gateways/index.ts";
import type { AlarmTopic } from "../../../io/alarm-topic.ts";
import type { SpilledStore } from "../../../io/fallback-store/spilled.ts";
import type { Conflicts } from "../../../io/ledger/conflicts.ts";
import type { CountOpen } from "../../../io/ledger/findings/count-open.ts";
import type { Findings } from "../../../io/ledger/findings/findings.ts";
import type { LookAnywhere } from "../../../io/ledger/findings/open.ts";
import type { Holds } from "../../../io/ledger/holds/holds.ts";
import type { Ledger } from "../../../io/ledger/ledger.ts";
import type { OpenProgress } from "../../../io/ledger/open-progress.ts";
import type { Checkpoints } from "../../../io/ledger/runs/checkpoint.ts";
import type { Digests } from "../../../io/ledger/runs/digest-run.ts";
import type { FindingTallies } from "../../../io/ledger/runs/finding-tally.ts";
import type { Reconciliations } from "../../../io/ledger/runs/reconciliations.ts";
import type { SweepRuns } from "../../../io/ledger/runs/sweep-run.ts";
import type { TimelineShards } from "../../../io/ledger/timeline-shards.ts";
import type { Queue } from "../../../io/queues/queue.ts";
import type { Bodies } from "../../../io/records/bodies.ts";
import type { Prolong } from "../../../io/records/prolong.ts";
import type { RecordCallback } from "../../../io/records/record.ts";
import type { Records } from "../../../io/records/records.ts";
import type { SourceVerifier } from "../../../io/source-verifier.ts";
import type { Report } from "../../shell/log.ts";
import type { Count } from "../../shell/metrics.ts";
import type { Suspects } from "./parsing/suspects.ts";
import type { Seen } from "./seen.ts";

type LookKeeping = "dueLooks" | "dueLargeLooks" | "sidelessLooks" | "lookAgain" | "noLongerSideless";

export interface SweepDependencies {
  readonly config: ResolvedConfig;
  readonly findGateway: (name: string) => Gateway | undefined;
  readonly records: Records;
  readonly record: RecordCallback;
  readonly prolong: Prolong;
  readonly bodies: Bodies;
  readonly ledger: Ledger;
  readonly look: LookAnywhere;
  readonly findings: Pick<Findings, LookKeeping | "read" | "save">;
  readonly reconciliations: Pick<Reconciliations, "all">;
  /** When was looked for exports last, and since when a source's are expected; until when the quarantine is decided; when what waits was last kept from expiring. */
  readonly reminders: Checkpoints;
  /** Built-in ones. */
  readonly exportKinds: readonly ExportKind[];
  readonly countOpen: CountOpen;
  readonly tallies: FindingTallies;
  readonly digests: Digests;
  readonly alarmTopic: AlarmTopic;
  readonly holds: Holds;
  readonly open: OpenProgress;
  readonly conflicts: Conflicts;
  readonly checkpoints: Checkpoints;
  readonly timelineShards: Pick<TimelineShards, "read" | "write">;
  readonly runs: SweepRuns;
  readonly spilled: SpilledStore;
  readonly verifier: SourceVerifier;
  readonly doorbells: Queue;
  readonly deadLetters: Queue;
  readonly clock: () => Millis;
  readonly count: Count;
  readonly report: Report;
  /** From earlier sweeps of this process. */
  readonly seen: Seen;
  /** Of this run. */
  readonly suspects: Suspects;
  /** Whether there is time for another page of the present step. */
  readonly hasTime: () => boolean;
  /** What `measure` has counted in the fallback stores, for what the run writes down about itself. */
  readonly noteSpilled: (spilled: NonNullable<SweepRun["spilled"]>) => void;
}
