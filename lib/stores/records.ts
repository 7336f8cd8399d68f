import { StreamViewType } from "aws-cdk-lib/aws-dynamodb";
import type { Construct } from "constructs";
import { expiryAttribute, timelineIndex } from "../../io/table.ts";
import { SealedTable, type SealedTableProps } from "./sealed-table.ts";

/**
 * The evidence: every callback, put once, and by the sweep again only to be kept for longer. Its stream reports new callbacks, and nothing else that relay takes
 * as long as nobody may delete items here. No function may update or delete any; `grantErase` allows taking a person's data out of them, which the stream's filter leaves alone.
 */
export class Records extends SealedTable {
  constructor(scope: Construct, id: string, props: Pick<SealedTableProps, "tableName" | "encryptionKey" | "capacity">) {
    super(scope, id, { ...props, index: timelineIndex, stream: StreamViewType.NEW_IMAGE, timeToLiveAttribute: expiryAttribute });
  }
}
