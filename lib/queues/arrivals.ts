import { Duration, Stack, Validations } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";

/** Lambda's longest. */
export const compareTimeout = Duration.minutes(15);

/** Tried so often until an operator has to look: what runs out of memory does so each time. */
const attempts = 3;

export interface ArrivalsProps {
  readonly queueName: string;
  readonly failedQueueName: string;
  /** Whose notifications it takes, and nobody else's messages. */
  readonly bucketName: string;
}

/**
 * What S3 says of exports that were put, until they are compared. A queue between the two, so that none is lost while the function is throttled or broken; it
 * has names of objects, and no payment.
 */
export class Arrivals extends Construct {
  readonly queue: Queue;
  /** What could not be compared in three attempts. */
  readonly failed: Queue;

  constructor(scope: Construct, id: string, { queueName, failedQueueName, bucketName }: ArrivalsProps) {
    super(scope, id);
    const sealed = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, retentionPeriod: Duration.days(14) } as const;
    this.failed = new Queue(this, "Failed", { ...sealed, queueName: failedQueueName });
    this.queue = new Queue(this, "Queue", {
      ...sealed,
      queueName,
      // Files of one export are put one after another: the last one's message finds all of them there.
      deliveryDelay: Duration.minutes(1),
      // An attempt that crashed is repeated after that. Less than the function's timeout Lambda does not take.
      visibilityTimeout: compareTimeout.plus(Duration.minutes(5)),
      deadLetterQueue: { queue: this.failed, maxReceiveCount: attempts },
    });
    const { account, partition } = Stack.of(this);
    this.queue.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal("s3.amazonaws.com")],
        actions: ["sqs:SendMessage"],
        resources: [this.queue.queueArn],
        conditions: {
          StringEquals: { "aws:SourceAccount": account },
          ArnLike: { "aws:SourceArn": `arn:${partition}:s3:::${bucketName}` },
        },
      }),
    );
    Validations.of(this.failed).acknowledge({
      id: "AwsSolutions-SQS3",
      reason: "It is the dead-letter queue of the other one. What is in it is alarmed (export-not-compared).",
    });
  }
}
