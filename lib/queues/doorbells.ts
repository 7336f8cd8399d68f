import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { DeduplicationScope, FifoThroughputLimit, Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";

/** For 10 seconds of reading back, a target's 30 and a few calls. What cannot finish is not started, and what takes longer goes on in the next turn. */
export const consumeTimeout = Duration.seconds(60);

/**
 * The highest there is. Attempts and crashes are counted in the table; this count rises also while the stores refuse and for messages
 * that were only handed out. At two minutes each it lasts for a day.
 */
const maxReceiveCount = 1_000;

const fifo = {
  fifo: true,
  encryption: QueueEncryption.SQS_MANAGED,
  enforceSSL: true,
  retentionPeriod: Duration.days(14),
  // Per group, or 300 calls a second would be the limit of all contracts together.
  deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
  fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
} as const;

export interface DoorbellsProps {
  readonly queueName: string;
  readonly deadLettersName: string;
}

/** The doorbells' queue, from which `consume` is invoked, and the dead letters' queue behind it. */
export class Doorbells extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { queueName, deadLettersName }: DoorbellsProps) {
    super(scope, id);
    this.deadLetters = new Queue(this, "DeadLetters", { ...fifo, queueName: deadLettersName, removalPolicy: RemovalPolicy.RETAIN });
    this.queue = new Queue(this, "Doorbells", {
      ...fifo,
      queueName,
      // What Lambda asks for: a message must not come again while the batch it is in may still be worked on.
      visibilityTimeout: Duration.seconds(6 * consumeTimeout.toSeconds()),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount },
    });
  }
}
