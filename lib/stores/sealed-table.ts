import { RemovalPolicy, Stack } from "aws-cdk-lib";
import { AttributeType, BillingMode, ProjectionType, type StreamViewType, Table, TableEncryption } from "aws-cdk-lib/aws-dynamodb";
import type { IGrantable } from "aws-cdk-lib/aws-iam";
import type { IKey } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";
import type { TableCapacityConfig } from "../../core/config/config.ts";
import { partitionKey, sortKey } from "../../io/table.ts";
import { allow } from "../allow.ts";

export interface SealedTableProps {
  readonly tableName: string;
  readonly encryptionKey: IKey;
  /** Keys only: an index that carried more would cost a write for every change, and hold up the table when it is hot. */
  readonly index: { readonly name: string; readonly partition: string; readonly sort: string };
  readonly stream?: StreamViewType;
  readonly timeToLiveAttribute?: string;
  /** For the table and its index alike: every new item is written to both. */
  readonly capacity?: TableCapacityConfig | undefined;
}

const readsKey = ["kms:Decrypt", "kms:DescribeKey"];
const writesKey = [
  ...readsKey,
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
];
const isRead = (action: string): boolean => /^dynamodb:(Get|BatchGet|Query|Describe|List)/.test(action);

/**
 * A table that outlives its stack: encrypted under a key of its own, restorable to any second of the last 35 days, and
 * protected from deletion. A stack that was deleted and is deployed again therefore has to import it.
 */
export class SealedTable extends Construct {
  readonly table: Table;
  private readonly indexArn: string;
  private readonly encryptionKey: IKey;

  constructor(scope: Construct, id: string, { index, capacity, ...props }: SealedTableProps) {
    super(scope, id);
    const warm = capacity?.warmThroughput && { warmThroughput: capacity.warmThroughput };
    this.encryptionKey = props.encryptionKey;
    this.table = new Table(this, "Table", {
      ...props,
      ...warm,
      partitionKey: { name: partitionKey, type: AttributeType.STRING },
      sortKey: { name: sortKey, type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.table.addGlobalSecondaryIndex({
      indexName: index.name,
      ...warm,
      partitionKey: { name: index.partition, type: AttributeType.STRING },
      sortKey: { name: index.sort, type: AttributeType.NUMBER },
      projectionType: ProjectionType.KEYS_ONLY,
    });
    this.indexArn = `${this.table.tableArn}/index/${index.name}`;
  }

  /** Just these actions on the table's items, without its index. */
  grant(grantee: IGrantable, ...actions: readonly string[]): void {
    allow(grantee, actions, [this.table.tableArn]);
    this.grantKey(grantee, actions.every(isRead) ? readsKey : writesKey);
  }

  grantIndexQuery(grantee: IGrantable): void {
    allow(grantee, ["dynamodb:Query"], [this.indexArn]);
    this.grantKey(grantee, readsKey);
  }

  /** To follow the stream. Lambda needs ListStreams too in order to read one. */
  grantStreamRead(grantee: IGrantable): void {
    const streamArn = this.table.tableStreamArn;
    if (!streamArn) throw new Error(`${this.node.path} has no stream`);
    allow(grantee, ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"], [streamArn]);
    this.grantKey(grantee, readsKey);
  }

  /** The key, through DynamoDB only: with it alone nothing can be decrypted, not even a copy of the table's data. */
  private grantKey(grantee: IGrantable, actions: readonly string[]): void {
    const viaTable = { StringEquals: { "kms:ViaService": `dynamodb.${Stack.of(this).region}.amazonaws.com` } };
    allow(grantee, actions, [this.encryptionKey.keyArn], viaTable);
  }
}
