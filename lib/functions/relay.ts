import { Duration } from "aws-cdk-lib";
import {
  type Function as CdkFunction,
  EventSourceMapping,
  FilterCriteria,
  FilterRule,
  MetricType,
  StartingPosition,
} from "aws-cdk-lib/aws-lambda";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import type { Config } from "../../core/config/config.ts";
import type { ResolvedCapacity } from "../../core/config/defaults.ts";
import { allow } from "../allow.ts";
import type { Bodies } from "../stores/bodies.ts";
import type { Records } from "../stores/records.ts";
import { lambdaFunction } from "./lambda-function.ts";

export interface RelayProps {
  readonly config: Config;
  readonly capacity: Pick<ResolvedCapacity, "relay">;
  readonly records: Records;
  readonly bodies: Bodies;
  readonly doorbells: IQueue;
}

/**
 * New records that may be delivered: not the copies that conflict with an earlier one, not what is still to be verified, and
 * not items that their time to live removes.
 */
const newRecords = FilterCriteria.filter({
  eventName: FilterRule.isEqual("INSERT"),
  dynamodb: {
    Keys: { sk: { S: FilterRule.isEqual("record") } },
    NewImage: { verification: { S: FilterRule.isEqual("verified") } },
  },
});

/** Relay: from the records' stream to the doorbells' queue. */
export class Relay extends Construct {
  readonly function: CdkFunction;
  /** The stream's mapping, whose metrics say what was given up. */
  readonly mapping: EventSourceMapping;

  constructor(scope: Construct, id: string, { config, capacity, records, bodies, doorbells }: RelayProps) {
    super(scope, id);
    this.function = lambdaFunction(this, "relay", {
      config,
      description: "Rings the doorbell for each new record",
      environment: { QUEUE_URL: doorbells.queueUrl },
      // A hundred records are ten calls; the timeout is for a queue that answers slowly.
      timeout: Duration.seconds(60),
      // A hundred items of 400 KB, as the stream's text and parsed.
      memorySize: 512,
      reservedConcurrency: capacity.relay.reservedConcurrency,
    });
    records.grantStreamRead(this.function);
    bodies.grant(this.function, "bodies", "s3:GetObject");
    allow(this.function, ["sqs:SendMessage"], [doorbells.queueArn]);

    this.mapping = new EventSourceMapping(this, "Stream", {
      target: this.function,
      ...(records.table.tableStreamArn && { eventSourceArn: records.table.tableStreamArn }),
      // From the oldest: with LATEST, what comes while the mapping is being made would be lost to it.
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: 100,
      // Divides a shard by record key, so that records of one contract are relayed side by side, as those of different shards are anyway.
      parallelizationFactor: capacity.relay.parallelizationFactor,
      filters: [newRecords],
      reportBatchItemFailures: true,
      // A batch that crashes the function is halved until the record that does it is alone.
      bisectBatchOnError: true,
      // A record that makes relay fail keeps its shard waiting only so long. The batch is then stored where an operator finds it, and an
      // alarm says so; the sweep has rung for its records after a minute.
      retryAttempts: 20,
      maxRecordAge: Duration.hours(1),
      metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
      supportS3OnFailureDestination: true,
      onFailure: { bind: (_mapping, relay) => ({ destination: bodies.keepUndelivered(relay) }) },
    });
  }
}
