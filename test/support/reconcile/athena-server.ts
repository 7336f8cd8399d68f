/**
 * Athena as far as a comparison needs it: its protocol over HTTP, external tables over the objects of a bucket, and its statements, which DuckDB runs. What it cannot show is
 * whether the real one takes them.
 */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { forDuckDb, openDuckDb, rowsOf, viewOf } from "./duckdb.ts";

interface Execution {
  readonly sql: string;
  readonly database: string | undefined;
  state: "RUNNING" | "SUCCEEDED" | "FAILED" | "CANCELLED";
  reason?: string;
  looks: number;
}

export interface AthenaServer {
  readonly endpoint: string;
  /** `StartQueryExecution create database x`, in the order in which they came. */
  readonly requests: readonly string[];
  /** Databases that are there now. */
  readonly databases: ReadonlySet<string>;
  /** Of statements that contain the text: what becomes of them. `never`: they go on until they are stopped. */
  fail(text: string, reason: string | "never"): void;
  close(): Promise<void>;
}

export const startAthena = async ({
  bucket,
  workgroup,
}: {
  readonly bucket: string;
  readonly workgroup: string;
}): Promise<AthenaServer> => {
  const [db, s3, home] = [await openDuckDb(), new S3Client({ forcePathStyle: true }), mkdtempSync(join(tmpdir(), "athena-"))];
  const executions = new Map<string, Execution>();
  const requests: string[] = [];
  const databases = new Set<string>();
  let failing: readonly [text: string, reason: string] | undefined;
  const output = `s3://${bucket}/results/`;

  /** As Athena writes them: nothing where nothing is, and all else in quotes. */
  const csv = (rows: readonly (readonly (string | null)[])[], columns: number): string =>
    [Array.from({ length: columns }, (_, index) => `c${index}`), ...rows]
      .map((row) => row.map((value) => (value === null ? "" : `"${value.replaceAll('"', '""')}"`)).join(","))
      .join("\n");

  const download = async (location: string): Promise<string> => {
    const [, from = "", prefix = ""] = /^s3:\/\/([^/]+)\/(.*)$/.exec(location) ?? [];
    const folder = mkdtempSync(join(home, "x-"));
    mkdirSync(folder, { recursive: true });
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: from, Prefix: prefix }));
    for (const { Key = "" } of Contents) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: from, Key }));
      writeFileSync(join(folder, basename(Key)), (await Body?.transformToByteArray()) ?? "");
    }
    return join(folder, "*.json.gz");
  };

  const execute = async (id: string, { sql, database }: Execution): Promise<void> => {
    const made = /^create database (\w+)$/.exec(sql)?.[1];
    if (made !== undefined) {
      databases.add(made);
      return;
    }
    const dropped = /^drop database (\w+) cascade$/.exec(sql)?.[1];
    if (dropped !== undefined) {
      databases.delete(dropped);
      return;
    }
    if (database === undefined || !databases.has(database)) throw new Error(`SCHEMA_NOT_FOUND: ${database}`);
    const [, external, columns, location] =
      /^create external table (\w+) \((.*)\) row format serde 'org\.openx\.data\.jsonserde\.JsonSerDe' location '(s3:.*\/)'$/.exec(sql) ??
      [];
    if (external !== undefined && location !== undefined) {
      const view = viewOf(external as Parameters<typeof viewOf>[0], await download(location));
      // Both lists of columns have the same names.
      for (const [, name = ""] of view.matchAll(/(?:\{|, )(\w+): /g))
        if (!columns?.toLowerCase().includes(name.toLowerCase())) throw new Error(`no column ${name}`);
      await db.run(view);
      return;
    }
    const [, table, query] =
      /^create table (\w+) with \(format = 'PARQUET', external_location = 's3:\/\/[^']+\/'\) as\n(.*)$/s.exec(sql) ?? [];
    if (table !== undefined && query !== undefined) {
      await db.run(`create or replace table ${table} as ${forDuckDb(query)}`);
      return;
    }
    const rows = await rowsOf(db, sql);
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: `results/${id}.csv`, Body: csv(rows, rows[0]?.length ?? 1) }));
  };

  const answer = async (
    action: string,
    body: Record<string, string> & { QueryExecutionContext?: { Database?: string } },
  ): Promise<unknown> => {
    const id = body.QueryExecutionId ?? `q-${executions.size}`;
    const execution = executions.get(id);
    switch (action) {
      case "GetWorkGroup":
        if (body.WorkGroup !== workgroup) return undefined;
        return {
          WorkGroup: {
            Name: workgroup,
            Configuration: { ResultConfiguration: { OutputLocation: output }, BytesScannedCutoffPerQuery: 100_000_000_000 },
          },
        };
      case "StartQueryExecution":
        requests.push(`${action} ${body.QueryString}`);
        executions.set(id, { sql: body.QueryString ?? "", database: body.QueryExecutionContext?.Database, state: "RUNNING", looks: 0 });
        return { QueryExecutionId: id };
      case "StopQueryExecution":
        requests.push(`${action} ${execution?.sql}`);
        if (execution) execution.state = "CANCELLED";
        return {};
      default: {
        if (!execution) return undefined;
        const planned = failing && execution.sql.includes(failing[0]) ? failing[1] : undefined;
        // Queued at the first look, as a rule.
        if (execution.looks++ > 0 && execution.state === "RUNNING" && planned !== "never")
          try {
            if (planned !== undefined) throw new Error(planned);
            await execute(id, execution);
            execution.state = "SUCCEEDED";
          } catch (error) {
            [execution.state, execution.reason] = ["FAILED", (error as Error).message];
          }
        return {
          QueryExecution: {
            QueryExecutionId: id,
            Status: {
              State: execution.looks === 1 ? "QUEUED" : execution.state,
              ...(execution.reason !== undefined && { StateChangeReason: execution.reason }),
            },
            Statistics: { DataScannedInBytes: 1_048_576 },
            ResultConfiguration: { OutputLocation: `${output}${id}.csv` },
          },
        };
      }
    }
  };

  const server = createServer(async (request, response) => {
    const body = JSON.parse(Buffer.concat(await Array.fromAsync(request)).toString());
    const [, action = ""] = String(request.headers["x-amz-target"]).split(".");
    const found = await answer(action, body);
    response.setHeader("content-type", "application/x-amz-json-1.1");
    response.statusCode = found === undefined ? 400 : 200;
    response.end(JSON.stringify(found ?? { __type: "InvalidRequestException", Message: "is not found" }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    databases,
    fail: (text, reason) => {
      failing = [text, reason];
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
};
