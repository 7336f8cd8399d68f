import type { Construct } from "constructs";
import { openIndex } from "../../io/table.ts";
import { SealedTable, type SealedTableProps } from "./sealed-table.ts";

/**
 * Everything that changes: each record's progress, each contract's entries and line. Without a stream and without expiry. Under the
 * records' key: it holds the same customers and amounts, and nothing on the acknowledgement path reads it.
 */
export class Ledger extends SealedTable {
  constructor(scope: Construct, id: string, props: Pick<SealedTableProps, "tableName" | "encryptionKey" | "capacity">) {
    super(scope, id, { ...props, index: openIndex });
  }
}
