import type { Function as CdkFunction } from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import type { Config } from "../../core/config/config.ts";
import type { ResolvedCapacity } from "../../core/config/defaults.ts";
import { type Arrivals, compareTimeout } from "../queues/arrivals.ts";
import type { Bodies } from "../stores/bodies.ts";
import type { Ledger } from "../stores/ledger.ts";
import type { Records } from "../stores/records.ts";
import { lambdaFunction } from "./lambda-function.ts";

export interface ComparerProps {
  readonly config: Config;
  readonly capacity: Pick<ResolvedCapacity, "compare">;
  readonly records: Records;
  readonly ledger: Ledger;
  readonly bodies: Bodies;
  readonly arrivals: Arrivals;
  /** Where it is told what came of an export. */
  readonly alarmTopic: ITopic;
}

/** The fewest that Lambda takes. Each reads all of the ledger: more of them at once would cost more, and be no sooner. */
const maxConcurrency = 2;

/** Compares exports that are put under `exports/` in the bucket, and puts its reports under `reports/`. */
export class Comparer extends Construct {
  readonly function: CdkFunction;

  constructor(scope: Construct, id: string, { config, capacity, records, ledger, bodies, arrivals, alarmTopic }: ComparerProps) {
    super(scope, id);
    const { memoryMb, reservedConcurrency } = capacity.compare;
    this.function = lambdaFunction(this, "compare", {
      config,
      description: "Compares exports of gateways that are put into the bucket with what is recorded",
      environment: {
        RECORDS_TABLE: records.table.tableName,
        LEDGER_TABLE: ledger.table.tableName,
        BUCKET: bodies.bucket.bucketName,
        ALARM_TOPIC_ARN: alarmTopic.topicArn,
      },
      timeout: compareTimeout,
      memorySize: memoryMb,
      reservedConcurrency,
    });
    records.grant(this.function, "dynamodb:GetItem", "dynamodb:BatchGetItem");
    records.grantIndexQuery(this.function);
    // It reads all of the ledger, and writes a run, its findings and their entries in the audit trail.
    ledger.grant(this.function, "dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:Scan", "dynamodb:PutItem");
    ledger.grantIndexQuery(this.function);
    bodies.grant(this.function, "bodies", "s3:GetObject");
    bodies.grantList(this.function, "bodies");
    bodies.grant(this.function, "exports", "s3:GetObject");
    bodies.grantList(this.function, "exports");
    bodies.grant(this.function, "reports", "s3:GetObject", "s3:PutObject");
    bodies.grantList(this.function, "reports");
    // To add to the records what nobody has signed is for an operator, unless the configuration says otherwise.
    if (Object.values(config.sources).some(({ exports: { recover = "no" } = {} }) => recover !== "no")) {
      records.grant(this.function, "dynamodb:PutItem");
      bodies.grant(this.function, "bodies", "s3:PutObject");
    }
    alarmTopic.grantPublish(this.function);
    // One export at a time; includes the right to receive, hide and delete what says of it.
    this.function.addEventSource(new SqsEventSource(arrivals.queue, { batchSize: 1, maxConcurrency, reportBatchItemFailures: true }));
    bodies.notify(arrivals.queue);
  }
}
