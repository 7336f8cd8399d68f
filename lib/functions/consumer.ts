import type { Function as CdkFunction } from "aws-cdk-lib/aws-lambda";
import { SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { Config } from "../../core/config/config.ts";
import type { ResolvedCapacity } from "../../core/config/defaults.ts";
import { resourceNames } from "../../core/config/resource-names.ts";
import { allow } from "../allow.ts";
import { grantDelivery } from "../delivery.ts";
import type { ConsumerNetwork } from "../network.ts";
import { consumeTimeout, Doorbells } from "../queues/doorbells.ts";
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

/** SQS hands out ten at most from a FIFO queue. */
const batchSize = 10;

/** Apply, stand in line, deliver, settle: the function that answers the doorbells, with their queue. */
export class Consumer extends Construct {
  readonly function: CdkFunction;
  readonly doorbells: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { config, capacity, records, ledger, bodies, secrets, network }: ConsumerProps) {
    super(scope, id);
    const { maxConcurrency, reservedConcurrency } = capacity.consume;
    const names = resourceNames(config.name);
    // "Default" adds nothing to the queues' logical ids: deployed stacks have them directly under the consumer.
    const queues = new Doorbells(this, "Default", { queueName: names.doorbells, deadLettersName: names.deadLetters });
    [this.doorbells, this.deadLetters] = [queues.queue, queues.deadLetters];
    this.function = lambdaFunction(this, "consume", {
      config,
      description: "Processes doorbells: parses a record, applies it to the ledger, delivers it",
      environment: {
        RECORDS_TABLE: records.table.tableName,
        LEDGER_TABLE: ledger.table.tableName,
        QUEUE_URL: this.doorbells.queueUrl,
        DEAD_LETTER_QUEUE_URL: this.deadLetters.queueUrl,
      },
      timeout: consumeTimeout,
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
