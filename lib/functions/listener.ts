import { Duration } from "aws-cdk-lib";
import { EventBus, Rule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import type { Function as CdkFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import type { Config } from "../../core/config/config.ts";
import { allow } from "../allow.ts";
import type { Spill } from "../queues/spill.ts";
import type { Bodies } from "../stores/bodies.ts";
import type { Records } from "../stores/records.ts";
import { lambdaFunction } from "./lambda-function.ts";

export interface ListenerProps {
  readonly config: Config;
  readonly records: Records;
  readonly bodies: Bodies;
  readonly spill: Spill;
}

/** The buses that sources of a configuration are on, by source. */
export const busesOf = ({ sources }: Config): readonly (readonly [source: string, bus: string])[] =>
  Object.entries(sources).flatMap(([source, { kind, bus }]) =>
    kind === "eventbridge" && bus !== undefined ? [[source, bus] as const] : [],
  );

/** For sources whose gateway is a partner of EventBridge: a rule on each bus, and the function that stores what comes. No front, and no secret. */
export class Listener extends Construct {
  readonly function: CdkFunction;

  constructor(scope: Construct, id: string, { config, records, bodies, spill }: ListenerProps) {
    super(scope, id);
    this.function = lambdaFunction(this, "listen", {
      config,
      description: "Stores the events of partners' event buses",
      environment: {
        RECORDS_TABLE: records.table.tableName,
        BUCKET: bodies.bucket.bucketName,
        SPILL_QUEUE_URL: spill.queue.queueUrl,
      },
      timeout: Duration.seconds(30),
      memorySize: 512,
    });
    records.grant(this.function, "dynamodb:PutItem");
    bodies.grant(this.function, "bodies", "s3:PutObject");
    bodies.grant(this.function, "spill", "s3:PutObject");
    allow(this.function, ["sqs:SendMessage"], [spill.queue.queueArn]);
    // What no store took comes again for hours; after that it is kept where an operator finds it.
    this.function.configureAsyncInvoke({
      retryAttempts: 2,
      maxEventAge: Duration.hours(6),
      onFailure: { bind: (_scope, listen) => ({ destination: bodies.keepUndelivered(listen) }) },
    });
    for (const [source, bus] of busesOf(config))
      new Rule(this, `Rule-${source}`, {
        description: `Events of ${source}`,
        eventBus: EventBus.fromEventBusName(this, `Bus-${source}`, bus),
        // Nobody but the partner can put events under this name.
        eventPattern: { source: [bus] },
        targets: [new LambdaFunction(this.function)],
      });
  }
}
