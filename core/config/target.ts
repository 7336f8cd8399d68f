/** Where deliveries go: an endpoint of an application, or something in AWS that takes our messages. */

/** Contracts in their order, or records as they come. */
type Order = "strict" | "relaxed";

interface AnyTarget {
  /**
   * `strict`: one contract, one line; what comes after a failed delivery of the same contract waits for it.
   * `relaxed`: nothing waits for anything but a hold, and an old event may arrive after a newer one.
   * @default "strict"
   */
  readonly order?: Order;
  /** Seconds until a delivery counts as failed; at most 30. @default 10 */
  readonly timeoutSeconds?: number;
  /**
   * How long a 400, 404 or 409 is retried before the record is dead-lettered, counted from the first in a row: a gateway's notice often
   * comes before the application has written the order that it is about. At most 3,600; 0 makes the first such answer final, as every
   * 4xx is except 408, 425 and 429.
   * @default 300
   */
  readonly refusalGraceSeconds?: number;
  /**
   * The application entitles and revokes in the same step in which it accepts a delivery: a 2xx to the start of a contract or to its first payment
   * then counts as its grant, one to an end or a pause as its revocation, at the event's own time. For findings only, and only of contracts
   * about which it says nothing itself (docs/application.md). Otherwise a 2xx means nothing more than "delivered".
   * @default false
   */
  readonly entitlementFollows?: boolean;
}

export interface HttpTarget extends AnyTarget {
  readonly kind: "http";
  readonly url: string;
  /**
   * `pass-through`: the gateway's own bytes and headers, so that an existing endpoint works unchanged.
   * `signed`: one JSON message per event, signed by us as Standard Webhooks.
   */
  readonly mode: "pass-through" | "signed";
  /**
   * For `pass-through`: each delivery carries the gateway's signature made again at the time of sending, with the source's own secret.
   * Without it a library that checks the time (Stripe's, Paddle's, every Standard Webhooks) refuses what is delivered late: after an
   * outage, or replayed. The header `Holdfast-Resigned` says so. Its function may then read those sources' secrets.
   * @default false
   */
  readonly resign?: boolean;
  /** Name of the secret with our signing key, for `signed`. @default `<name>/target/<target>` */
  readonly secretName?: string;
  /** Private addresses that may be delivered to anyway, as CIDR blocks. @default none */
  readonly allowAddresses?: readonly string[];
}

/**
 * A queue, which gets one message per event: what a signed target gets, without a signature (IAM says who sent it), and with `delivery`
 * (docs/message.md). Of a FIFO queue the group is the contract and the deduplication id the event's; a standard queue may hand messages
 * out twice and in any order, whatever `order` says. `consume` may send to this queue and to no other; a queue with a key of its own needs
 * that key's policy to let it, and one of another account its own policy too.
 */
export interface SqsTarget extends AnyTarget {
  readonly kind: "sqs";
  /** Of the queue: `arn:aws:sqs:eu-central-1:123456789012:payments.fifo`. */
  readonly arn: string;
}

/**
 * A function, which is called with one message per event, and waited for. Any return value accepts the delivery, except
 * `{ holdfast: "refuse", reason }`, which refuses it for good, `{ holdfast: "later", reason, seconds }`, a misspelt `holdfast`, and a `statusCode` that is not a 2xx;
 * a function that throws is called again (docs/targets.md). Its own time limit has to be shorter than `timeoutSeconds`, or it may still be at
 * work when it is called again.
 */
export interface LambdaTarget extends AnyTarget {
  readonly kind: "lambda";
  /** Of the function, or of one of its versions or aliases: `arn:aws:lambda:eu-central-1:123456789012:function:payments:live`. */
  readonly arn: string;
}

/**
 * An event bus, which gets one event per event: `source` is `holdfast.<name>`, `detail-type` the event's type, `detail` the message. It keeps
 * no order, and may hand an event to a rule's target twice; what no rule matches is gone.
 */
export interface EventBridgeTarget extends AnyTarget {
  readonly kind: "eventbridge";
  /** Of the bus: `arn:aws:events:eu-central-1:123456789012:event-bus/payments`. */
  readonly arn: string;
}

/** One that takes messages in AWS. */
export type AwsTarget = SqsTarget | LambdaTarget | EventBridgeTarget;

export type TargetConfig = HttpTarget | AwsTarget;

/** Whether it gets the gateway's own bytes; any other gets our messages. */
export const passesThrough = (target: TargetConfig | undefined): boolean => target?.kind === "http" && target.mode === "pass-through";

/** Whether what it gets is signed with a key of its own. */
export const isSigned = (target: TargetConfig): boolean => target.kind === "http" && target.mode === "signed";

/** For people: what is sent, and where. */
export const targetText = (target: TargetConfig): string =>
  target.kind === "http" ? `${target.mode} to ${target.url}` : `messages to ${target.arn}`;
