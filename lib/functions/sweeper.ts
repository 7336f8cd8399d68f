import { Duration } from "aws-cdk-lib";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import type { Function as CdkFunction } from "aws-cdk-lib/aws-lambda";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { Config } from "../../core/config/config.ts";
import { resourceNames } from "../../core/config/resource-names.ts";
import { allow } from "../allow.ts";
import type { Spill } from "../queues/spill.ts";
import type { Bodies } from "../stores/bodies.ts";
import type { Ledger } from "../stores/ledger.ts";
import type { Records } from "../stores/records.ts";
import type { Secrets } from "../stores/secrets.ts";
import { lambdaFunction } from "./lambda-function.ts";

export interface SweeperProps {
  readonly config: Config;
  readonly records: Records;
  readonly ledger: Ledger;
  readonly bodies: Bodies;
  readonly spill: Spill;
  readonly secrets: Secrets;
  readonly doorbells: IQueue;
  readonly deadLetters: IQueue;
  /** Where the day's digest of open findings goes. */
  readonly alarmTopic: ITopic;
}

/** A failed or late run is followed by the next within a minute. A retry would only make two run at once. */
const noRepeat = { retryAttempts: 0, maxEventAge: Duration.minutes(1) };

/** Finds everything that was stored and went no further, every minute. */
export class Sweeper extends Construct {
  readonly function: CdkFunction;

  constructor(scope: Construct, id: string, props: SweeperProps) {
    super(scope, id);
    const { records, ledger, bodies, spill, secrets, doorbells, deadLetters, alarmTopic } = props;
    this.function = lambdaFunction(this, "sweep", {
      config: props.config,
      description: "Records what was spilled to the bucket, rings again for what is due, measures, and sends the digest of open findings",
      environment: {
        RECORDS_TABLE: records.table.tableName,
        LEDGER_TABLE: ledger.table.tableName,
        BUCKET: bodies.bucket.bucketName,
        QUEUE_URL: doorbells.queueUrl,
        DEAD_LETTER_QUEUE_URL: deadLetters.queueUrl,
        SPILL_QUEUE_URL: spill.queue.queueUrl,
        ALARM_TOPIC_ARN: alarmTopic.topicArn,
      },
      // Less than the minute between two runs, so that they do not overlap; should they, every change is conditional. Reserved
      // concurrency would say the same, but a young account has too little of it to give any away.
      timeout: Duration.seconds(55),
      // Fifty spilled callbacks of 4 MB may be in it at once.
      memorySize: 1_024,
    });
    records.grant(this.function, "dynamodb:GetItem", "dynamodb:PutItem");
    records.grantIndexQuery(this.function);
    ledger.grant(
      this.function,
      "dynamodb:GetItem",
      "dynamodb:BatchGetItem",
      // The findings of a contract are looked for in its entries.
      "dynamodb:Query",
      "dynamodb:PutItem",
      "dynamodb:DeleteItem",
      // A record of more contracts than fit one transaction enters their lines in several, each under the same condition.
      "dynamodb:ConditionCheckItem",
    );
    ledger.grantIndexQuery(this.function);
    bodies.grant(this.function, "bodies", "s3:GetObject", "s3:PutObject");
    bodies.grant(this.function, "spill", "s3:GetObject", "s3:DeleteObject");
    bodies.grantList(this.function, "bodies");
    bodies.grantList(this.function, "spill");
    // To count what waits there.
    allow(this.function, ["sqs:GetQueueAttributes"], [spill.queue.queueArn]);
    allow(this.function, ["sqs:SendMessage"], [doorbells.queueArn]);
    allow(
      this.function,
      ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:ChangeMessageVisibility", "sqs:SendMessage"],
      [deadLetters.queueArn],
    );
    secrets.grantReadOfSources(this.function);
    // CDK's own: `sns:Publish`, and the use of the topic's key where it has one that is known here.
    alarmTopic.grantPublish(this.function);

    this.function.configureAsyncInvoke(noRepeat);
    new Rule(this, "EveryMinute", {
      ruleName: resourceNames(props.config.name).function("sweep"),
      description: "Rings for what was stored but never settled",
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaFunction(this.function, noRepeat)],
    });
  }
}
