import { expect, test } from "vitest";
import { externalTables, tableOf } from "../../../../core/reconcile/sql/external-tables.ts";

test("files in S3 are tables for Athena: what DynamoDB exported, the lines, and the records that wait", () => {
  const json = "row format serde 'org.openx.data.jsonserde.JsonSerDe'";
  expect(externalTables({ items: "s3://b/x/data/", lines: "s3://b/lines/", waiting: "s3://b/waiting/" })).toEqual([
    "create external table table_items (item struct<pk:struct<s:string>,sk:struct<s:string>,record:struct<s:string>,event:struct<s:string>," +
      `heardat:struct<n:string>,ids:struct<ss:array<string>>,contracts:struct<ss:array<string>>>) ${json} location 's3://b/x/data/'`,
    "create external table export_lines (n bigint, plain boolean, minor bigint, currency string, ids array<string>, reference string, " +
      `contract string, customer string, ordered string, line string) ${json} location 's3://b/lines/'`,
    `create external table waiting_records (record string) ${json} location 's3://b/waiting/'`,
  ]);
});

test("a table that is made of a query has its files in a folder of its name", () => {
  expect(tableOf("known", "select 1", "s3://b/run/")).toBe(
    "create table known with (format = 'PARQUET', external_location = 's3://b/run/tables/known/') as\nselect 1",
  );
});
