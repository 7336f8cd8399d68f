import { RemovalPolicy } from "aws-cdk-lib";
import { BlockPublicAccess, Bucket, BucketEncryption, type BucketProps, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";

/**
 * A bucket that only this account reads, over TLS, encrypted with S3's own key: were it under a table's, one disabled key would take out both.
 * It stays when its stack goes.
 */
export class PrivateBucket extends Bucket {
  constructor(scope: Construct, id: string, props: Pick<BucketProps, "bucketName" | "lifecycleRules" | "versioned">) {
    super(scope, id, {
      ...props,
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}
