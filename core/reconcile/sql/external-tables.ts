/** Files in S3 as tables of Athena: the table's export as DynamoDB wrote it, and what was uploaded for one run. */
import { lineColumns } from "./line-row.ts";

/** Of an item what a comparison reads. The reader of JSON looks for attributes in any case. */
const attributes = {
  ...{ pk: "s:string", sk: "s:string", record: "s:string", event: "s:string", heardat: "n:string" },
  ...{ ids: "ss:array<string>", contracts: "ss:array<string>" },
} as const;

const external = (name: string, columns: string, location: string): string =>
  `create external table ${name} (${columns}) row format serde 'org.openx.data.jsonserde.JsonSerDe' location '${location}'`;

export interface TablePlaces {
  /** The `data/` of an export. */
  readonly items: string;
  readonly lines: string;
  readonly waiting: string;
}

export const externalTables = ({ items, lines, waiting }: TablePlaces): readonly string[] => [
  external(
    "table_items",
    `item struct<${Object.entries(attributes)
      .map(([name, type]) => `${name}:struct<${type}>`)
      .join(",")}>`,
    items,
  ),
  external("export_lines", lineColumns.map(([name, type]) => `${name} ${type}`).join(", "), lines),
  external("waiting_records", "record string", waiting),
];

/** A table that is made of a query, in files of its own. */
export const tableOf = (name: string, query: string, place: string): string =>
  `create table ${name} with (format = 'PARQUET', external_location = '${place}tables/${name}/') as\n${query}`;
