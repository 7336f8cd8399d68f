import { Duration, RemovalPolicy, Stack, Validations } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import { HttpApi, HttpMethod, HttpStage, LogGroupLogDestination, PayloadFormatVersion } from "aws-cdk-lib/aws-apigatewayv2";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import type { Function as CdkFunction } from "aws-cdk-lib/aws-lambda";
import { FilterPattern, LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { accessMetrics } from "../../core/conditions/metric-text.ts";
import type { Config, ThrottleConfig } from "../../core/config/config.ts";
import type { ResolvedCapacity } from "../../core/config/defaults.ts";
import { allow } from "../allow.ts";
import type { Spill } from "../queues/spill.ts";
import type { Bodies } from "../stores/bodies.ts";
import type { Records } from "../stores/records.ts";
import type { Secrets } from "../stores/secrets.ts";
import { lambdaFunction, logRetention } from "./lambda-function.ts";

export interface ReceiverProps {
  readonly config: Config;
  readonly capacity: Pick<ResolvedCapacity, "receive">;
  readonly throttle: ThrottleConfig;
  readonly records: Records;
  readonly bodies: Bodies;
  readonly spill: Spill;
  readonly secrets: Secrets;
}

/** What the access log says about a request. No query, no header, no body: some gateways put the payment into the query. */
const accessLog = (service: string): string =>
  JSON.stringify({
    service,
    requestId: "$context.requestId",
    time: "$context.requestTimeEpoch",
    method: "$context.httpMethod",
    path: "$context.path",
    address: "$context.identity.sourceIp",
    status: "$context.status",
    functionStatus: "$context.integration.status",
    lambdaStatus: "$context.integration.integrationStatus",
    lambdaError: "$context.integrationErrorMessage",
    frontError: "$context.error.message",
    milliseconds: "$context.responseLatency",
    bytes: "$context.responseLength",
  });

/** Verify, record, acknowledge: the front that gateways call, and the function behind it, which can write and never read back. */
export class Receiver extends Construct {
  readonly function: CdkFunction;
  readonly stage: HttpStage;
  /** Where gateways post to; `{source}` is a key of the configuration's sources. */
  readonly callbacksUrl: string;

  constructor(scope: Construct, id: string, { config, capacity, throttle, records, bodies, spill, secrets }: ReceiverProps) {
    super(scope, id);
    this.function = lambdaFunction(this, "receive", {
      config,
      description: "Verifies a callback, stores its bytes, and only then acknowledges it",
      environment: {
        RECORDS_TABLE: records.table.tableName,
        BUCKET: bodies.bucket.bucketName,
        SPILL_QUEUE_URL: spill.queue.queueUrl,
      },
      // All three stores together give up within three seconds; the rest is a cold start. Longer would only hide a hang.
      timeout: Duration.seconds(10),
      // Not for the memory: half of this doubles the milliseconds of TLS and signatures that a gateway waits for.
      memorySize: 512,
      reservedConcurrency: capacity.receive?.reservedConcurrency,
    });
    records.grant(this.function, "dynamodb:PutItem");
    bodies.grant(this.function, "bodies", "s3:PutObject");
    bodies.grant(this.function, "spill", "s3:PutObject");
    allow(this.function, ["sqs:SendMessage"], [spill.queue.queueArn]);
    secrets.grantReadOfSources(this.function);

    const api = new HttpApi(this, "Api", { apiName: config.name, description: "Callbacks of payment gateways", createDefaultStage: false });
    api.addRoutes({
      path: "/callbacks/{source}",
      // The function also answers the methods that a gateway does not use, because it knows what belongs into Allow.
      methods: [HttpMethod.ANY],
      integration: new HttpLambdaIntegration("Receive", this.function, { payloadFormatVersion: PayloadFormatVersion.VERSION_2_0 }),
    });
    Validations.of(api).acknowledge({
      id: "AwsSolutions-APIG4",
      reason:
        "Payment gateways cannot sign in. Each callback is verified instead, by its signature, token or address over the exact bytes, in the function, before anything is recorded; an authorizer sees no body and could not check it.",
    });
    const accessLogs = new LogGroup(this, "AccessLog", {
      // Log groups under this prefix do not fill up the account's one resource policy for log delivery.
      logGroupName: `/aws/vendedlogs/${config.name}-callbacks`,
      retention: logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const { throttled, refused } = accessMetrics;
    const counted = { metricNamespace: "Holdfast", dimensions: { service: "$.service" } };
    const status = (field: string, value: string) => FilterPattern.stringValue(`$.${field}`, "=", value);
    accessLogs.addMetricFilter("Throttled", { ...counted, metricName: throttled, filterPattern: status("status", "429") });
    // Many gateways' rejection is a 500. Without this, forged callbacks could set off the alarm of a failing front.
    const onPurpose = FilterPattern.all(status("status", "5*"), status("functionStatus", "5*"));
    accessLogs.addMetricFilter("Refused", { ...counted, metricName: refused, filterPattern: onPurpose });
    this.stage = new HttpStage(this, "Stage", {
      httpApi: api,
      stageName: "$default",
      autoDeploy: true,
      throttle: { rateLimit: throttle.ratePerSecond, burstLimit: throttle.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLogs),
        format: AccessLogFormat.custom(accessLog(config.name)),
      },
    });
    this.callbacksUrl = `https://${api.apiId}.execute-api.${Stack.of(this).region}.${Stack.of(this).urlSuffix}/callbacks/{source}`;
  }
}
