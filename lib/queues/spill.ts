import { Duration, RemovalPolicy, Validations } from "aws-cdk-lib";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";

/** Four attempts at a table that does not answer, and the end of the invocation. */
export const recoverTimeout = Duration.seconds(30);

/** The first fallback store: callbacks that were acknowledged while the table could not be written, until `recover` records them. */
export class Spill extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, props: { readonly queueName: string }) {
    super(scope, id);
    this.queue = new Queue(this, "Queue", {
      queueName: props.queueName,
      // SQS's own key, not the table's: see Bodies.
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // The longest there is. Each message is the only copy of a callback.
      retentionPeriod: Duration.days(14),
      // What Lambda asks for. What could not be recorded is tried again after that, for as long as it takes.
      visibilityTimeout: Duration.seconds(6 * recoverTimeout.toSeconds()),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(this.queue).acknowledge({
      id: "AwsSolutions-SQS3",
      reason:
        "A message here is the only copy of an acknowledged callback. It must stay until recover has recorded it, however many attempts that takes; a redrive policy would move it to where nothing records it. Its age is alarmed (spill-not-recovered).",
    });
  }
}
