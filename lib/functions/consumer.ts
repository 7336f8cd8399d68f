import { Duration, RemovalPolicy } from "aws-cdk-lib";
import type { Function as CdkFunction } from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { DeduplicationScope, FifoThroughputLimit, Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { Config } from "../../core/config/config.ts";
import type { ResolvedCapacity } from "../../core/config/defaults.ts";
import { resourceNames } from "../../core/config/resource-names.ts";
import { allow } from "../allow.ts";
import { grantDelivery } from "../delivery.ts";
import type { ConsumerNetwork } from "../network.ts";
import type { Bodies } from "../stores/bodies.ts";
import type { Ledger } from "../stores/ledger.ts";
import type { Records } from "../stores/records.ts";
import type { Secrets } from "../stores/secrets.ts";
import { lambdaFunction } from "./lambda-function.ts";

export interface ConsumerProps {
  readonly config: Config;
  readonly capacity: Pick<ResolvedCapacity, "consume">;
  readonly records: Records;
  readonly ledger: Ledger;
  readonly bodies: Bodies;
  readonly secrets: Secrets;
  readonly network?: ConsumerNetwork | undefined;
}

/** For 10 seconds of reading back, a target's 30 and a few calls. What cannot finish is not started, and what takes longer goes on in the next turn. */
const timeout = Duration.seconds(60);

/**
 * The highest there is. Attempts and crashes are counted in the table; this count rises also while the stores refuse and for messages
 * that were only handed out. At two minutes each it lasts for a day.
 */
const maxReceiveCount = 1_000;

/** SQS hands out ten at most from a FIFO queue. */
const batchSize = 10;

const fifo = {
  fifo: true,
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
  retentionPeriod: Duration.days(14),
  // Per group, or 300 calls a second would be the limit of all contracts together.
  deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
  fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
} as const;

/** Step 6 and 7 of the path: the doorbells' queue, the dead letters' queue, and the function that answers. */
export class Consumer extends Construct {
  readonly function: CdkFunction;
  readonly doorbells: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { config, capacity, records, ledger, bodies, secrets, network }: ConsumerProps) {
    super(scope, id);
    const { maxConcurrency, reservedConcurrency } = capacity.consume;
    const names = resourceNames(config.name);
    this.deadLetters = new Queue(this, "DeadLetters", { ...fifo, queueName: names.deadLetters, removalPolicy: RemovalPolicy.RETAIN });
    this.doorbells = new Queue(this, "Doorbells", {
      ...fifo,
      queueName: names.doorbells,
      // What Lambda asks for: a message must not come again while the batch it is in may still be worked on.
      visibilityTimeout: Duration.seconds(6 * timeout.toSeconds()),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount },
    });
    this.function = lambdaFunction(this, "consume", {
      config,
      description: "Processes doorbells: parses a record, applies it to the ledger, delivers it",
      environment: {
        RECORDS_TABLE: records.table.tableName,
        LEDGER_TABLE: ledger.table.tableName,
        QUEUE_URL: this.doorbells.queueUrl,
        DEAD_LETTER_QUEUE_URL: this.deadLetters.queueUrl,
      },
      timeout,
      network,
      // Ten bodies of 4 MB may be in it at once, one of them parsed. It mostly waits for the application, and memory costs while it waits.
      memorySize: 512,
      reservedConcurrency,
    });
    records.grant(this.function, "dynamodb:GetItem");
    ledger.grant(
      this.function,
      "dynamodb:GetItem",
      "dynamodb:BatchGetItem",
      "dynamodb:Query",
      "dynamodb:PutItem",
      // Links between payments and contracts are sets that are added to.
      "dynamodb:UpdateItem",
      "dynamodb:DeleteItem",
      "dynamodb:ConditionCheckItem",
    );
    bodies.grant(this.function, "bodies", "s3:GetObject");
    bodies.grantList(this.function, "bodies");
    allow(this.function, ["sqs:SendMessage"], [this.deadLetters.queueArn, this.doorbells.queueArn]);
    grantDelivery(this.function, config);
    secrets.grantReadOfTargets(this.function);
    secrets.grantReadOfApis(this.function);
    secrets.grantReadOfResigned(this.function);
    // Includes the right to receive, hide and delete the doorbells.
    this.function.addEventSource(new SqsEventSource(this.doorbells, { batchSize, maxConcurrency, reportBatchItemFailures: true }));
  }
}
