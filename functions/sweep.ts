/**
 * Sweep, every minute: records what was spilled to the bucket, finds what was stored and never settled, rings for what is due, keeps
 * the dead-letter queue tidy, measures, and sends the day's digest of open findings. Neither a step's failure nor its work stops the others, and how the run ended is written down.
 */
import type { SweepRun } from "../core/conditions/sight.ts";
import { nextRun } from "../core/conditions/sweep-run.ts";
import { findGateway } from "../gateways/index.ts";
import { exportKinds } from "../gateways/registry/export-kinds.ts";
import { sourceTraits } from "../gateways/source-traits.ts";
import { createAlarmTopic } from "../io/alarm-topic.ts";
import { dynamoDb } from "../io/dynamodb.ts";
import { bounded, endingWith } from "../io/ending-calls.ts";
import { createSpilled } from "../io/fallback-store/spilled.ts";
import { createConflicts } from "../io/ledger/conflicts.ts";
import { createCountOpen } from "../io/ledger/findings/count-open.ts";
import { openFindings } from "../io/ledger/findings/open.ts";
import { createHolds } from "../io/ledger/holds/holds.ts";
import { createLedger } from "../io/ledger/ledger.ts";
import { createOpenProgress } from "../io/ledger/open-progress.ts";
import { createCheckpoints } from "../io/ledger/runs/checkpoint.ts";
import { createDigests } from "../io/ledger/runs/digest-run.ts";
import { createFindingTallies } from "../io/ledger/runs/finding-tally.ts";
import { createReconciliations } from "../io/ledger/runs/reconciliations.ts";
import { createSweepRuns } from "../io/ledger/runs/sweep-run.ts";
import { createTimelineShards } from "../io/ledger/timeline-shards.ts";
import { createQueue } from "../io/queues/queue.ts";
import { createBodies } from "../io/records/bodies.ts";
import { createProlong } from "../io/records/prolong.ts";
import { createRecord } from "../io/records/record.ts";
import { createRecords } from "../io/records/records.ts";
import { createSdkPut } from "../io/records/sdk-put.ts";
import { createSecretReader, verifiesForMs } from "../io/secrets.ts";
import { createSourceVerifier } from "../io/source-verifier.ts";
import { background } from "./shell/background.ts";
import type { Invocation } from "./shell/invocation.ts";
import { environment } from "./shell/settings.ts";
import { audit } from "./steps/sweep/audit.ts";
import type { SweepDependencies } from "./steps/sweep/dependencies.ts";
import { keepWaiting } from "./steps/sweep/keep-waiting.ts";
import { lookAgain } from "./steps/sweep/look-again.ts";
import { measure } from "./steps/sweep/measure.ts";
import { createSuspects } from "./steps/sweep/parsing/suspects.ts";
import { recordSpilled } from "./steps/sweep/record-spilled.ts";
import { remindOfExports } from "./steps/sweep/remind-of-exports.ts";
import { ringDue } from "./steps/sweep/ring-due.ts";
import { createSeen } from "./steps/sweep/seen.ts";
import { sendDigest } from "./steps/sweep/send-digest.ts";
import { tidyDeadLetters } from "./steps/sweep/tidy-dead-letters.ts";
import { timeShareOf } from "./steps/sweep/time-shares.ts";
import { verifyLate } from "./steps/sweep/verify-late.ts";

export type Environment = {
  readonly RECORDS_TABLE: string;
  readonly LEDGER_TABLE: string;
  readonly BUCKET: string;
  readonly QUEUE_URL: string;
  readonly DEAD_LETTER_QUEUE_URL: string;
  readonly SPILL_QUEUE_URL: string;
  readonly ALARM_TOPIC_ARN: string;
};

/** In their order, by name, because a function's own name does not survive bundling; each with its share of the time that is left by then. */
const steps = [
  { name: "recordSpilled", step: recordSpilled, share: 1 },
  { name: "audit", step: audit, share: 3 },
  { name: "ringDue", step: ringDue, share: 3 },
  { name: "verifyLate", step: verifyLate, share: 2 },
  { name: "lookAgain", step: lookAgain, share: 2 },
  { name: "tidyDeadLetters", step: tidyDeadLetters, share: 1 },
  { name: "keepWaiting", step: keepWaiting, share: 1 },
  { name: "remindOfExports", step: remindOfExports, share: 1 },
  { name: "measure", step: measure, share: 1 },
  { name: "sendDigest", step: sendDigest, share: 1 },
] as const;

export const createSweep = (dependencies: Omit<SweepDependencies, "seen" | "suspects" | "hasTime" | "report" | "noteSpilled">) => {
  const seen = createSeen();
  return async (_event: unknown, { timeLeft, signal, report }: Invocation): Promise<void> => {
    let spilled: SweepRun["spilled"];
    const noteSpilled: SweepDependencies["noteSpilled"] = (counted) => {
      spilled = counted;
    };
    const suspects = createSuspects(dependencies.runs);
    const failed: string[] = [];
    for (const [at, { name, step, share }] of steps.entries()) {
      const later = steps.slice(at).reduce((sum, one) => sum + one.share, 0);
      const { hasTime, endsInMs } = timeShareOf(timeLeft, share, later);
      const ended = new AbortController();
      const timer = setTimeout(() => ended.abort(), endsInMs);
      try {
        signal.throwIfAborted();
        await endingWith(ended.signal, () => step({ ...dependencies, seen, suspects, report, hasTime, noteSpilled }));
      } catch (error) {
        report(error, { step: name });
        failed.push(name);
      } finally {
        clearTimeout(timer);
        await suspects.forget().catch((error: unknown) => report(error, { step: name }));
      }
    }
    try {
      const { runs, clock } = dependencies;
      await runs.write(nextRun(await runs.last(), { at: clock(), failed, spilled }));
    } catch (error) {
      report(error, { step: "writeRun" });
      failed.push("writeRun");
    }
    if (failed.length > 0) throw new Error(`the sweep could not finish: ${failed.join(", ")}`);
  };
};

export const handler = background(({ config, metrics }) => {
  const names = environment<Environment>([
    "RECORDS_TABLE",
    "LEDGER_TABLE",
    "BUCKET",
    "QUEUE_URL",
    "DEAD_LETTER_QUEUE_URL",
    "SPILL_QUEUE_URL",
    "ALARM_TOPIC_ARN",
  ]);
  const client = dynamoDb(bounded);
  const bodies = createBodies({ bucket: names.BUCKET, limits: bounded });
  const ledgerTable = { client, table: names.LEDGER_TABLE };
  const ledger = createLedger(ledgerTable);
  return createSweep({
    config,
    findGateway,
    records: createRecords({ client, table: names.RECORDS_TABLE, bodies }),
    record: createRecord({ put: createSdkPut({ client, table: names.RECORDS_TABLE }), findGateway }),
    prolong: createProlong({ client, table: names.RECORDS_TABLE, bodies }),
    bodies,
    ledger,
    ...openFindings({ ...ledgerTable, ledger, config, traitsOf: sourceTraits(config, findGateway), clock: Date.now, random: Math.random }),
    countOpen: createCountOpen(ledgerTable),
    tallies: createFindingTallies(ledgerTable),
    digests: createDigests(ledgerTable),
    reconciliations: createReconciliations({ ...ledgerTable, random: Math.random }),
    reminders: createCheckpoints(ledgerTable),
    exportKinds,
    alarmTopic: createAlarmTopic({ arn: names.ALARM_TOPIC_ARN, limits: bounded }),
    holds: createHolds({ ...ledgerTable, clock: Date.now }),
    open: createOpenProgress(ledgerTable),
    conflicts: createConflicts(ledgerTable),
    checkpoints: createCheckpoints(ledgerTable),
    timelineShards: createTimelineShards({ ...ledgerTable, configured: config.capacity.timelineShards }),
    runs: createSweepRuns(ledgerTable),
    spilled: createSpilled({ queueUrl: names.SPILL_QUEUE_URL, bucket: names.BUCKET, limits: bounded }),
    verifier: createSourceVerifier({
      config,
      secrets: createSecretReader({ limits: bounded, clock: Date.now, staleForMs: verifiesForMs }),
    }),
    doorbells: createQueue({ url: names.QUEUE_URL, limits: bounded }),
    deadLetters: createQueue({ url: names.DEAD_LETTER_QUEUE_URL, limits: bounded }),
    clock: Date.now,
    count: metrics.count,
  });
});
