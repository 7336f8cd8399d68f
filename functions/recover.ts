/**
 * Recover: records callbacks that were acknowledged and spilled to the queue while the table could not be written. Each by itself: one
 * that cannot be recorded stays in the queue, where it is counted and tried again, and stops no other.
 */
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { findGateway } from "../gateways/index.ts";
import { dynamoDb } from "../io/dynamodb.ts";
import { bounded } from "../io/ending-calls.ts";
import { itemFromText } from "../io/item.ts";
import { createBodies } from "../io/records/bodies.ts";
import { createRecord } from "../io/records/record.ts";
import { createSdkPut } from "../io/records/sdk-put.ts";
import { background } from "./shell/background.ts";
import type { Invocation } from "./shell/invocation.ts";
import { environment } from "./shell/settings.ts";
import { type RecoverDependencies, recoverItem } from "./steps/recover/recover-item.ts";

export type Environment = { readonly RECORDS_TABLE: string; readonly BUCKET: string };

export const createRecover =
  (recover: RecoverDependencies) =>
  async (event: SQSEvent, { report }: Pick<Invocation, "report">): Promise<SQSBatchResponse> => {
    const failures = await Promise.all(event.Records.map(recoverOne));
    return { batchItemFailures: failures.flat().map((itemIdentifier) => ({ itemIdentifier })) };

    async function recoverOne({ messageId, body }: SQSRecord): Promise<readonly string[]> {
      try {
        await recoverItem(recover, itemFromText(body));
        return [];
      } catch (error) {
        recover.count("NotRecovered");
        report(error, { spilled: messageId });
        return [messageId];
      }
    }
  };

export const handler = background(({ config, metrics }) => {
  const names = environment<Environment>(["RECORDS_TABLE", "BUCKET"]);
  return createRecover({
    config,
    record: createRecord({ put: createSdkPut({ client: dynamoDb(bounded), table: names.RECORDS_TABLE }), findGateway }),
    bodies: createBodies({ bucket: names.BUCKET, limits: bounded }),
    clock: Date.now,
    count: metrics.count,
  });
});
