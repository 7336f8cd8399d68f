import { Duration, Stack, Validations } from "aws-cdk-lib";
import type { IGrantable } from "aws-cdk-lib/aws-iam";
import type { Bucket, CfnBucket } from "aws-cdk-lib/aws-s3";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { exportsPrefix, reportsPrefix } from "../../core/reconcile/arriving/places.ts";
import { allow } from "../allow.ts";
import { PrivateBucket } from "../private-bucket.ts";

/** What the bucket holds, by the beginning of the objects' names. Lambda chooses the last one itself. */
const prefixes = {
  bodies: "bodies/",
  spill: "spill/",
  undelivered: "aws/lambda/",
  exports: exportsPrefix,
  reports: reportsPrefix,
} as const;
export type BodiesPrefix = keyof typeof prefixes;

/** The table forgets an item some days after its time, and the bytes it points to must not go first. */
const marginDays = 7;
/** Long enough to notice that something was deleted, or not relayed, and to get it back. */
const graceDays = 30;

/**
 * The bucket for bytes that do not fit an item, and the last fallback store. Encrypted with S3's own key: were it under the
 * table's, one disabled key would take out the table and both fallback stores at once.
 */
export class Bodies extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, props: { readonly bucketName: string; readonly retentionDays: number }) {
    super(scope, id);
    const expiration = Duration.days(props.retentionDays + marginDays);
    this.bucket = new PrivateBucket(this, "Bucket", {
      bucketName: props.bucketName,
      // The sweep deletes what it has recorded; should it ever be wrong, the earlier version is still there.
      versioned: true,
      lifecycleRules: [
        { id: "bodies", prefix: prefixes.bodies, expiration },
        { id: "spill", prefix: prefixes.spill, expiration },
        // Exports and reports name payments, as records do, and are kept as long.
        { id: "exports", prefix: prefixes.exports, expiration },
        { id: "reports", prefix: prefixes.reports, expiration },
        { id: "undelivered", prefix: prefixes.undelivered, expiration: Duration.days(graceDays) },
        {
          id: "leftovers",
          noncurrentVersionExpiration: Duration.days(graceDays),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
    });
    Validations.of(this.bucket).acknowledge({
      id: "AwsSolutions-S1",
      reason:
        "Who read a callback is a question about the records table first and this bucket second. CloudTrail data events answer it for both, completely and tamper-evident, in the trail that belongs to the account; server access logs are best effort, cover the bucket only, and would need a second bucket guarded like this one. Only this stack's own roles, and those its owner names with grantRead or grantOperate, are given any access.",
    });
  }

  /** Lets a function have what it could not handle kept here, and says where that is. CDK's own destination would let it read and delete everything. */
  keepUndelivered(grantee: IGrantable): string {
    this.grant(grantee, "undelivered", "s3:PutObject");
    // Lambda looks whether the bucket is there, which counts as listing it.
    allow(grantee, ["s3:ListBucket"], [this.bucket.bucketArn]);
    return this.bucket.bucketArn;
  }

  /**
   * Has S3 say in that queue what is put under `exports/`. By the bucket's own property: CDK's way would add a function that may change every bucket's
   * notifications. What is put under `reports/` is said to nobody.
   */
  notify(queue: Queue): void {
    const bucket = this.bucket.node.defaultChild as CfnBucket;
    bucket.notificationConfiguration = {
      queueConfigurations: [
        {
          event: "s3:ObjectCreated:*",
          filter: { s3Key: { rules: [{ name: "prefix", value: prefixes.exports }] } },
          queue: queue.queueArn,
        },
      ],
    };
    // S3 tries whether it may send there, as soon as it is told to.
    const policy = queue.node.tryFindChild("Policy");
    if (policy) this.bucket.node.addDependency(policy);
  }

  /** Just these actions on objects under that prefix. */
  grant(grantee: IGrantable, prefix: BodiesPrefix, ...actions: readonly string[]): void {
    allow(grantee, actions, [`${this.bucket.bucketArn}/${prefixes[prefix]}*`]);
    const principal = grantee.grantPrincipal;
    if (!Construct.isConstruct(principal)) return;
    const logicalId = Stack.of(this).getLogicalId(this.bucket.node.defaultChild as CfnBucket);
    Validations.of(principal).acknowledge({
      id: `AwsSolutions-IAM5[Resource::<${logicalId}.Arn>/${prefixes[prefix]}*]`,
      reason: `Objects are named after their content, so a policy cannot list them. The wildcard covers what is under ${prefixes[prefix]} and nothing else, for ${actions.join(" and ")} only.`,
    });
  }

  /** To see which objects there are under that prefix, and no others: of a missing one S3 says AccessDenied to those who may not. */
  grantList(grantee: IGrantable, prefix: BodiesPrefix): void {
    allow(grantee, ["s3:ListBucket"], [this.bucket.bucketArn], { StringLike: { "s3:prefix": `${prefixes[prefix]}*` } });
  }
}
