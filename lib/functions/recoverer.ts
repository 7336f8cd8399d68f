import type { Function as CdkFunction } from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Construct } from "constructs";
import type { Config } from "../../core/config/config.ts";
import type { ResolvedCapacity } from "../../core/config/defaults.ts";
import { recoverTimeout, type Spill } from "../queues/spill.ts";
import type { Bodies } from "../stores/bodies.ts";
import type { Records } from "../stores/records.ts";
import { lambdaFunction } from "./lambda-function.ts";

export interface RecovererProps {
  readonly config: Config;
  readonly capacity: Pick<ResolvedCapacity, "recover">;
  readonly records: Records;
  readonly bodies: Bodies;
  readonly spill: Spill;
}

/** More would go into one invocation than it can hold: a message may have 1 MB. */
const batchSize = 10;

/** Brings back what was spilled to the queue, as soon as the table can be written again. */
export class Recoverer extends Construct {
  readonly function: CdkFunction;

  constructor(scope: Construct, id: string, { config, capacity, records, bodies, spill }: RecovererProps) {
    super(scope, id);
    // While the table refuses, that many invocations wait for it, and take no more of the account's concurrency.
    const { maxConcurrency, reservedConcurrency } = capacity.recover;
    this.function = lambdaFunction(this, "recover", {
      config,
      description: "Records callbacks that were spilled to the queue while the table could not be written",
      environment: { RECORDS_TABLE: records.table.tableName, BUCKET: bodies.bucket.bucketName },
      timeout: recoverTimeout,
      memorySize: 512,
      reservedConcurrency,
    });
    records.grant(this.function, "dynamodb:PutItem");
    bodies.grant(this.function, "bodies", "s3:PutObject");
    // Includes the right to receive, hide and delete what was spilled.
    this.function.addEventSource(new SqsEventSource(spill.queue, { batchSize, maxConcurrency, reportBatchItemFailures: true }));
  }
}
