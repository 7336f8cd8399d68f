import { Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { AccountRootPrincipal, Role } from "aws-cdk-lib/aws-iam";
import { AwsSolutionsChecks } from "cdk-nag";
import { expect, test } from "vitest";
import { Holdfast } from "../../lib/index.ts";
import { allowedTo } from "./allowed.ts";
import { config, makeApp, resourcesOf } from "./synthesize.ts";

const deployed = (reconciliation?: { readonly athena: true; readonly bytesPerQuery?: number }) => {
  const app = makeApp();
  const stack = new Stack(app, "Shop");
  const holdfast = new Holdfast(stack, "Holdfast", { ...config, ...(reconciliation && { reconciliation }) });
  return { app, stack, holdfast };
};

test("a workgroup that cannot scan more than a limit, whose results are sealed, and a bucket that forgets", () => {
  const template = Template.fromStack(deployed({ athena: true, bytesPerQuery: 20_000_000 }).stack);
  const [workgroup] = resourcesOf(template, "AWS::Athena::WorkGroup");
  expect(workgroup?.Properties).toMatchObject({
    Name: "shop-reconcile",
    WorkGroupConfiguration: {
      EnforceWorkGroupConfiguration: true,
      BytesScannedCutoffPerQuery: 20_000_000,
      ResultConfiguration: { EncryptionConfiguration: { EncryptionOption: "SSE_S3" } },
    },
  });
  const buckets = resourcesOf(template, "AWS::S3::Bucket").map(({ Properties }) => JSON.stringify(Properties.LifecycleConfiguration));
  expect(buckets.filter((rules) => rules?.includes('"Id":"runs"') && rules.includes('"ExpirationInDays":7'))).toHaveLength(1);
});

test("is deployed only where it is asked for, and granted only then", () => {
  const { stack, holdfast } = deployed();
  expect(resourcesOf(Template.fromStack(stack), "AWS::Athena::")).toEqual([]);
  const role = new Role(stack, "Analyst", { assumedBy: new AccountRootPrincipal() });
  expect(() => holdfast.grantReconcile(role)).toThrow("deploy with `reconciliation: { athena: true }` first");
});

test("grantReconcile allows exporting the ledger, and queries in that workgroup over that bucket, and changes nothing in the tables", () => {
  const { stack, holdfast } = deployed({ athena: true });
  holdfast.grantReconcile(new Role(stack, "Analyst", { assumedBy: new AccountRootPrincipal() }));
  const allowed = allowedTo(Template.fromStack(stack), "Analyst");
  const bucket = "shop-runs-AWS::AccountId-AWS::Region";
  const own = "arn:AWS::Partition";
  expect(allowed.filter((one) => !one.startsWith("kms:") && !one.startsWith("glue:"))).toEqual([
    ...["GetQueryExecution", "GetWorkGroup", "StartQueryExecution", "StopQueryExecution"].map(
      (action) => `athena:${action} on ${own}:athena:AWS::Region:AWS::AccountId:workgroup/shop-reconcile`,
    ),
    "dynamodb:DescribeExport on shop-ledger/export/*",
    "dynamodb:ExportTableToPointInTime on shop-ledger",
    `s3:AbortMultipartUpload on ${bucket}/*`,
    ...["GetBucketLocation"].map((action) => `s3:${action} on ${bucket}`),
    `s3:GetObject on ${bucket}/*`,
    `s3:ListBucket on ${bucket}`,
    `s3:ListBucketMultipartUploads on ${bucket}`,
    `s3:ListMultipartUploadParts on ${bucket}/*`,
    `s3:PutObject on ${bucket}/*`,
  ]);
  const glue = allowed.filter((one) => one.startsWith("glue:"));
  expect(glue.every((one) => /(:catalog|\/shop_reconcile_\*(\/\*)?|database\/default)$/.test(one))).toBe(true);
  expect(glue.filter((one) => one.endsWith("database/default"))).toHaveLength(1);
});

test("the AwsSolutions rules find nothing that is not acknowledged", () => {
  const { app, stack } = deployed({ athena: true });
  expect(new AwsSolutionsChecks(app).validateScope(stack).violations).toEqual([]);
});
