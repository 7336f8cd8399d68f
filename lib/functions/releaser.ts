import { Duration } from "aws-cdk-lib";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import type { Function as CdkFunction } from "aws-cdk-lib/aws-lambda";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { Config } from "../../core/config/config.ts";
import { resourceNames } from "../../core/config/resource-names.ts";
import { allow } from "../allow.ts";
import type { Ledger } from "../stores/ledger.ts";
import { lambdaFunction } from "./lambda-function.ts";

export interface ReleaserProps {
  readonly config: Config;
  readonly ledger: Ledger;
  readonly doorbells: IQueue;
}

/** A failed or late run is followed by the next within a minute. */
const noRepeat = { retryAttempts: 0, maxEventAge: Duration.minutes(1) };

/** Releases what waits for a target's hold. It starts every minute, and works through it while anything is to be released or tried. */
export class Releaser extends Construct {
  readonly function: CdkFunction;

  constructor(scope: Construct, id: string, { config, ledger, doorbells }: ReleaserProps) {
    super(scope, id);
    this.function = lambdaFunction(this, "release", {
      config,
      description: "Releases what waits for a hold, at its rate, and tries whether an application answers again",
      environment: { LEDGER_TABLE: ledger.table.tableName, QUEUE_URL: doorbells.queueUrl },
      // More than the minute between two runs, so that no release pauses between them. Where they overlap, each second's records are
      // released by the run that has saved so first.
      timeout: Duration.seconds(75),
      // A thousand saves a second take most of what Lambda gives to this much memory.
      memorySize: 1_024,
    });
    ledger.grant(
      this.function,
      "dynamodb:GetItem",
      "dynamodb:BatchGetItem",
      "dynamodb:Query",
      "dynamodb:PutItem",
      // A hold is deleted when nothing waits for it any more.
      "dynamodb:DeleteItem",
    );
    ledger.grantIndexQuery(this.function);
    allow(this.function, ["sqs:SendMessage"], [doorbells.queueArn]);

    this.function.configureAsyncInvoke(noRepeat);
    new Rule(this, "EveryMinute", {
      ruleName: resourceNames(config.name).function("release"),
      description: "Releases what waits for a hold",
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaFunction(this.function, noRepeat)],
    });
  }
}
