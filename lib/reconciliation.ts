import { Duration, Stack, Validations } from "aws-cdk-lib";
import { CfnWorkGroup } from "aws-cdk-lib/aws-athena";
import type { IGrantable } from "aws-cdk-lib/aws-iam";
import type { Bucket } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { allow } from "./allow.ts";
import { PrivateBucket } from "./private-bucket.ts";
import type { Ledger } from "./stores/ledger.ts";

export interface ReconciliationProps {
  /** Makes what `holdfast reconcile --engine athena` needs: a workgroup and a bucket. */
  readonly athena: true;
  /** The most that one query may scan, in bytes: a mistake costs no more than that. @default 100 GB, half a dollar */
  readonly bytesPerQuery?: number;
}

const gigabyte = 1_000_000_000;

/** What a run needs is gone with it; an export of the table is worth as much as the table. */
const keptDays = 7;

/**
 * For comparing exports beyond one machine: a workgroup of Athena that cannot scan more than a limit, and a bucket for exports of the ledger table, the lines of a run
 * and results. All in it expires after a week. Costs nothing while nobody compares.
 */
export class Reconciliation extends Construct {
  readonly bucket: Bucket;
  readonly workgroup: CfnWorkGroup;
  readonly #ledger: Ledger;
  readonly #databases: string;

  constructor(
    scope: Construct,
    id: string,
    props: Omit<ReconciliationProps, "athena"> & {
      readonly bucketName: string;
      readonly workgroup: string;
      /** With which the databases of runs begin. */
      readonly databases: string;
      readonly ledger: Ledger;
    },
  ) {
    super(scope, id);
    this.#ledger = props.ledger;
    this.#databases = props.databases;
    this.bucket = new PrivateBucket(this, "Bucket", {
      bucketName: props.bucketName,
      lifecycleRules: [{ id: "runs", expiration: Duration.days(keptDays), abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    });
    Validations.of(this.bucket).acknowledge({
      id: "AwsSolutions-S1",
      reason:
        "Who read a comparison's files is a question that CloudTrail data events answer, completely and tamper-evident, in the trail that belongs to the account; server access logs are best effort and would need a second bucket guarded like this one. Only those whom the stack's owner names with grantReconcile are given any access, and everything expires after a week.",
    });
    this.workgroup = new CfnWorkGroup(this, "Workgroup", {
      name: props.workgroup,
      description: "Comparisons of gateways' exports with the ledger: holdfast reconcile --engine athena",
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: props.bytesPerQuery ?? 100 * gigabyte,
        engineVersion: { selectedEngineVersion: "Athena engine version 3" },
        resultConfiguration: {
          outputLocation: `s3://${this.bucket.bucketName}/results/`,
          encryptionConfiguration: { encryptionOption: "SSE_S3" },
        },
      },
    });
  }

  /** To export the ledger table into the bucket, and to compare in the workgroup; databases of runs are made and dropped, and no others. */
  grant(grantee: IGrantable): void {
    const { partition, region, account } = Stack.of(this);
    const glue = (resource: string) => `arn:${partition}:glue:${region}:${account}:${resource}`;
    allow(
      grantee,
      ["athena:GetWorkGroup", "athena:StartQueryExecution", "athena:GetQueryExecution", "athena:StopQueryExecution"],
      [`arn:${partition}:athena:${region}:${account}:workgroup/${this.workgroup.name}`],
    );
    allow(
      grantee,
      [
        ...["glue:CreateDatabase", "glue:GetDatabase", "glue:DeleteDatabase", "glue:CreateTable", "glue:GetTable", "glue:GetTables"],
        ...["glue:DeleteTable", "glue:BatchDeleteTable", "glue:GetPartitions"],
      ],
      [glue("catalog"), glue(`database/${this.#databases}*`), glue(`table/${this.#databases}*/*`)],
    );
    // Athena looks for it, whatever a query is about.
    allow(grantee, ["glue:GetDatabase"], [glue("catalog"), glue("database/default")]);
    allow(grantee, ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"], [this.bucket.bucketArn]);
    allow(
      grantee,
      ["s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
      [this.bucket.arnForObjects("*")],
    );
    this.#ledger.grant(grantee, "dynamodb:ExportTableToPointInTime");
    allow(grantee, ["dynamodb:DescribeExport"], [`${this.#ledger.table.tableArn}/export/*`]);
  }
}
