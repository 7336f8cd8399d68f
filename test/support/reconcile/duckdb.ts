/** Athena's SQL on DuckDB: the very same statements, with the functions of Trino that DuckDB names otherwise. */
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import type { SqlEngine } from "../../../reconcile/elsewhere/settle.ts";

export interface Files {
  /** Globs. */
  readonly items: string;
  readonly lines: string;
  readonly waiting: string;
}

const macros = [
  "create macro json_extract_scalar(json, path) as json_extract_string(json, path)",
  "create macro cardinality(list) as len(list)",
  "create macro json_format(json) as cast(json as varchar)",
];

const textType = "STRUCT(S VARCHAR)";
const setType = "STRUCT(SS VARCHAR[])";
const attributes = {
  pk: textType,
  sk: textType,
  record: textType,
  event: textType,
  heardAt: "STRUCT(N VARCHAR)",
  ids: setType,
  contracts: setType,
};
const columns = {
  table_items: {
    Item: `STRUCT(${Object.entries(attributes)
      .map(([name, type]) => `${name} ${type}`)
      .join(", ")})`,
  },
  export_lines: {
    ...{ n: "BIGINT", plain: "BOOLEAN", minor: "BIGINT", currency: "VARCHAR", ids: "VARCHAR[]", reference: "VARCHAR" },
    ...{ contract: "VARCHAR", customer: "VARCHAR", ordered: "VARCHAR", line: "VARCHAR" },
  },
  waiting_records: { record: "VARCHAR" },
};

/** As the external tables of Athena have them. */
export const viewOf = (table: keyof typeof columns, files: string): string => {
  const types = Object.entries(columns[table]).map(([name, type]) => `${name}: '${type}'`);
  return `create or replace view ${table} as select * from read_json('${files}', format = 'newline_delimited', columns = {${types.join(", ")}})`;
};

/** What Trino writes and DuckDB cannot read. */
export const forDuckDb = (sql: string): string => sql.replaceAll("array(varchar)", "varchar[]");

export const openDuckDb = async (): Promise<DuckDBConnection> => {
  const db = await (await DuckDBInstance.create(":memory:", { threads: "1" })).connect();
  for (const macro of macros) await db.run(macro);
  return db;
};

export const rowsOf = async (db: DuckDBConnection, query: string): Promise<readonly (readonly (string | null)[])[]> =>
  (await db.runAndReadAll(forDuckDb(query))).getRows().map((row) => row.map((value) => (value === null ? null : String(value))));

export const duckDbEngine = (db: DuckDBConnection): SqlEngine => ({
  async table(name, query) {
    await db.run(`create or replace table ${name} as ${forDuckDb(query)}`);
  },
  async *rows(query) {
    yield* await rowsOf(db, query);
  },
});
