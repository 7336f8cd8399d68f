import type { Function as CdkFunction } from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { Construct } from "constructs";
import type { Config } from "../core/config/config.ts";
import type { Bodies } from "./bodies.ts";
import { lambdaFunction } from "./lambda-function.ts";
import type { Records } from "./records.ts";
import { recoverTimeout, type Spill } from "./spill.ts";

export interface RecovererProps {
  readonly config: Config;
  readonly records: Records;
  readonly bodies: Bodies;
  readonly spill: Spill;
}

/** More would go into one invocation than it can hold: a message may have 1 MB. */
const batchSize = 10;

/** Some 4,000 callbacks a second. While the table refuses, that many invocations wait for it, and take no more of the account's concurrency. */
const maxConcurrency = 20;

/** Brings back what was spilled to the queue, as soon as the table can be written again. */
export class Recoverer extends Construct {
  readonly function: CdkFunction;

  constructor(scope: Construct, id: string, { config, records, bodies, spill }: RecovererProps) {
    super(scope, id);
    this.function = lambdaFunction(this, "recover", {
      config,
      description: "Records callbacks that were spilled to the queue while the table could not be written",
      environment: { RECORDS_TABLE: records.table.tableName, BUCKET: bodies.bucket.bucketName },
      timeout: recoverTimeout,
      memorySize: 512,
    });
    records.grant(this.function, "dynamodb:PutItem");
    bodies.grant(this.function, "bodies", "s3:PutObject");
    // Includes the right to receive, hide and delete what was spilled.
    this.function.addEventSource(new SqsEventSource(spill.queue, { batchSize, maxConcurrency, reportBatchItemFailures: true }));
  }
}
