/**
 * The whole ledger of one source, line by line, by a parallel scan: for comparing it with an export. Eventually consistent, at half the price: what was
 * written in the last second may be missing. Costs half a read unit for each 4 KB of the table, whatever is in it.
 */
import { type DynamoDBClient, paginateScan } from "@aws-sdk/client-dynamodb";
import type { ApplicationEntry } from "../../../core/application/both-sides.ts";
import { accountPartition, contractPartition, linkSortKey } from "../../table.ts";
import { applicationEntryFromItem } from "../application/entry-item.ts";
import { lineOfItems, type ReadItem, type ScannedLine } from "./line-of-items.ts";

export type { ScannedLine };

export interface ScanVisitor {
  line(line: ScannedLine): void;
  /** Of all sources. Absent: application events are not read. */
  applicationEvent?(entry: ApplicationEntry): void;
  /** What a page cost, in read units. */
  readUnits?(units: number): void;
}

/** Each reads a part of the table's hash range; two cores parse no more than this many pages a second anyway. */
const segments = 8;

const readOn = ["pk", "sk", "source", "contract", "record", "event", "heardAt", "said", "ids", "contracts"] as const;

export const createScan =
  ({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) =>
  async (source: string, visitor: ScanVisitor): Promise<void> => {
    const begin = contractPartition(source, "");
    const accounts = accountPartition("");
    const request = {
      TableName: table,
      TotalSegments: segments,
      ReturnConsumedCapacity: "TOTAL" as const,
      ProjectionExpression: readOn.map((_, index) => `#${index}`).join(", "),
      ExpressionAttributeNames: Object.fromEntries(readOn.map((name, index) => [`#${index}`, name])),
      FilterExpression: visitor.applicationEvent ? "begins_with(#0, :line) OR begins_with(#0, :account)" : "begins_with(#0, :line)",
      ExpressionAttributeValues: { ":line": { S: begin }, ...(visitor.applicationEvent && { ":account": { S: accounts } }) },
    };
    const scanSegment = async (Segment: number): Promise<void> => {
      let open: OpenLine | undefined;
      const close = (): void => {
        if (open) visitor.line(lineOfItems(open.pk.slice(begin.length), open.items));
        open = undefined;
      };
      for await (const { Items = [], ConsumedCapacity } of paginateScan({ client }, { ...request, Segment })) {
        visitor.readUnits?.(ConsumedCapacity?.CapacityUnits ?? 0);
        for (const item of Items) {
          const pk = item.pk?.S ?? "";
          if (!pk.startsWith(begin)) {
            if (item.said) visitor.applicationEvent?.(applicationEntryFromItem(item));
            continue;
          }
          // The items of one partition come one after another, also over the end of a page.
          if (open?.pk !== pk) {
            close();
            open = { pk, items: [] };
          }
          if (item.sk?.S === linkSortKey || item.event) open.items.push(item as ReadItem);
        }
      }
      close();
    };
    await Promise.all(Array.from({ length: segments }, (_, segment) => scanSegment(segment)));
  };

interface OpenLine {
  readonly pk: string;
  readonly items: ReadItem[];
}

export type Scan = ReturnType<typeof createScan>;
