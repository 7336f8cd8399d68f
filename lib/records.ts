import { StreamViewType } from "aws-cdk-lib/aws-dynamodb";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { Construct } from "constructs";
import { expiryAttribute, timelineIndex } from "../io/table.ts";
import { SealedTable } from "./sealed-table.ts";

/**
 * The evidence: every callback, put once. Its stream reports new callbacks, and nothing else as long as nobody may
 * update or delete items here; no grant of this stack allows it.
 */
export class Records extends SealedTable {
  constructor(scope: Construct, id: string, props: { readonly tableName: string; readonly encryptionKey: IKey }) {
    super(scope, id, { ...props, index: timelineIndex, stream: StreamViewType.NEW_IMAGE, timeToLiveAttribute: expiryAttribute });
  }
}
