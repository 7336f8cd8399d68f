/**
 * Compare: an export that was put into the bucket is held against what is recorded. Its notification comes through a queue, at least once: each object is
 * settled by itself, and one that may succeed later stays in the queue until it has been tried a few times.
 */
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { readArrived } from "../core/reconcile/arriving/arrived.ts";
import { findGateway } from "../gateways/index.ts";
import { exportKinds } from "../gateways/registry/export-kinds.ts";
import { createAlarmTopic } from "../io/alarm-topic.ts";
import { dynamoDb } from "../io/dynamodb.ts";
import { bounded } from "../io/ending-calls.ts";
import { createExportBucket } from "../io/exports/bucket.ts";
import { createAudit } from "../io/ledger/audit.ts";
import { createFindings } from "../io/ledger/findings/findings.ts";
import { createHolds } from "../io/ledger/holds/holds.ts";
import { createLedger } from "../io/ledger/ledger.ts";
import { createOpenProgress } from "../io/ledger/open-progress.ts";
import { createReconciliations } from "../io/ledger/runs/reconciliations.ts";
import { createScan } from "../io/ledger/scan/scan.ts";
import { createBodies } from "../io/records/bodies.ts";
import { createRecord } from "../io/records/record.ts";
import { createRecords } from "../io/records/records.ts";
import { createSdkPut } from "../io/records/sdk-put.ts";
import { background } from "./shell/background.ts";
import type { Invocation } from "./shell/invocation.ts";
import { environment } from "./shell/settings.ts";
import { compareArrived } from "./steps/compare/compare-arrived.ts";
import type { CompareDependencies } from "./steps/compare/dependencies.ts";

export type Environment = {
  readonly RECORDS_TABLE: string;
  readonly LEDGER_TABLE: string;
  readonly BUCKET: string;
  readonly ALARM_TOPIC_ARN: string;
};

export const createCompare =
  (dependencies: CompareDependencies) =>
  async (event: SQSEvent, { report, timeLeft }: Pick<Invocation, "report" | "timeLeft">): Promise<SQSBatchResponse> => {
    const failed: string[] = [];
    // One after another: each may take all the memory there is.
    for (const record of event.Records) if (!(await compareOne(record))) failed.push(record.messageId);
    return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };

    async function compareOne({ messageId, body }: SQSRecord): Promise<boolean> {
      const arrived = readArrived(body);
      if (!arrived) {
        report(new Error("the queue of exports has a message that S3 did not write"), { message: messageId });
        return false;
      }
      let isDone = true;
      for (const one of arrived)
        try {
          await compareArrived(dependencies, one, { timeLeft });
        } catch (error) {
          report(error, { message: messageId, bytes: one.bytes });
          isDone = false;
        }
      return isDone;
    }
  };

export const handler = background(({ config }) => {
  const names = environment<Environment>(["RECORDS_TABLE", "LEDGER_TABLE", "BUCKET", "ALARM_TOPIC_ARN"]);
  const client = dynamoDb(bounded);
  const ledgerTable = { client, table: names.LEDGER_TABLE };
  const bodies = createBodies({ bucket: names.BUCKET, limits: bounded });
  return createCompare({
    config,
    kinds: exportKinds,
    exports: createExportBucket({ bucket: names.BUCKET, limits: bounded }),
    alarmTopic: createAlarmTopic({ arn: names.ALARM_TOPIC_ARN, limits: bounded }),
    ledger: createLedger(ledgerTable),
    scan: createScan(ledgerTable),
    open: createOpenProgress(ledgerTable),
    holds: createHolds({ ...ledgerTable, clock: Date.now }),
    findings: createFindings({ ...ledgerTable, random: Math.random }),
    reconciliations: createReconciliations({ ...ledgerTable, random: Math.random }),
    audit: createAudit({ ...ledgerTable, random: Math.random }),
    records: createRecords({ client, table: names.RECORDS_TABLE, bodies }),
    record: createRecord({ put: createSdkPut({ client, table: names.RECORDS_TABLE }), findGateway }),
    bodies,
    gateways: async () => findGateway,
    clock: Date.now,
    random: Math.random,
  });
});
