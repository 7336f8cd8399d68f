/** `--engine athena`: what agrees is settled by Athena, over the table's export and the lines that are uploaded for it; what is left is compared here. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Millis } from "../../core/callback.ts";
import { resourceNames } from "../../core/config/resource-names.ts";
import { Failure } from "../../core/failure.ts";
import { externalTables, tableOf } from "../../core/reconcile/sql/external-tables.ts";
import { type Athena, createAthena } from "../../io/athena/athena.ts";
import { createObjects, type Objects, placeOf } from "../../io/athena/objects.ts";
import { type CallLimits, patient } from "../../io/clients.ts";
import { createRowFiles } from "../../io/exports/row-files.ts";
import type { CompareOrder } from "../../reconcile/compare.ts";
import { lineSink } from "../../reconcile/elsewhere/line-sink.ts";
import { type SqlEngine, settleWith } from "../../reconcile/elsewhere/settle.ts";
import type { Connection } from "../connect/connect.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** An upload of some megabytes takes longer than a call. */
const slow: CallLimits = { ...patient, requestTimeoutMs: 120_000 };

/** us-east-1, list price of 2026-11. */
const dollarsPerTebibyte = 5;
const tebibyte = 2 ** 40;

export const costOf = (bytes: number): string => `${((bytes / tebibyte) * dollarsPerTebibyte).toFixed(2)} USD`;
const gibibytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(2)} GiB`;

export interface AthenaEngine extends NonNullable<CompareOrder["elsewhere"]> {
  /** Removes what was made for this run. */
  close(): Promise<void>;
}

export interface AthenaOrder {
  readonly source: string;
  /** `s3://bucket/AWSDynamoDB/ID` */
  readonly ourSide: string | undefined;
  readonly readUntil: Millis | undefined;
  /** Of the table, uncompressed, where its export says that. */
  readonly tableBytes: number | undefined;
}

export const openAthena = async (
  { config, local, random, clock }: Pick<Connection, "config" | "local" | "random" | "clock">,
  terminal: Terminal,
  { source, ourSide, readUntil, tableBytes }: AthenaOrder,
): Promise<AthenaEngine> => {
  if (local) throw new Failure("There is no Athena on this machine: omit --engine, or --local.", "usage");
  if (!ourSide?.startsWith("s3://"))
    throw new Failure(
      "Athena reads our side from an export of the ledger table in S3: name it with --our-side s3://BUCKET/AWSDynamoDB/ID/.",
      "usage",
    );
  const interrupted = new AbortController();
  // Until a query runs there is nothing to stop, and Ctrl-C ends the command.
  let release = (): void => {};
  const { workgroup, runDatabases } = resourceNames(config.name);
  const settings = { workgroup, limits: patient };
  const athena = createAthena({ ...settings, signal: interrupted.signal });
  const objects = createObjects(slow);
  const { output, mostBytes } = await athena.workgroup();
  const run = `${clock().toString(36)}${Math.floor(random() * 0x100000).toString(36)}`;
  const folder = `s3://${placeOf(output).bucket}/runs/${run}/`;
  const database = `${runDatabases}${run}`;
  const work = mkdtempSync(join(tmpdir(), "holdfast-athena-"));
  for (const name of ["lines", "waiting"]) mkdirSync(join(work, name));
  const files = createRowFiles(join(work, "lines"), "lines");
  const queries = counting(athena);
  let isMade = false;
  return {
    sink: lineSink(files, readUntil),
    async settle(period, waiting) {
      release = terminal.onInterrupt(() => interrupted.abort());
      const waitingFiles = createRowFiles(join(work, "waiting"), "waiting");
      // One that no record is, so that the table has a file.
      for (const record of ["", ...waiting]) waitingFiles.add({ record });
      const limit = mostBytes === undefined ? "" : ` A query that would scan more than ${gibibytes(mostBytes)} is refused.`;
      const atMost =
        tableBytes === undefined
          ? ""
          : ` It scans the table's export once, at most ${gibibytes(tableBytes)}, about ${costOf(tableBytes)} at us-east-1's list price.`;
      terminal.say(`Comparing with Athena in the workgroup ${workgroup}.${atMost}${limit}`);
      await objects.upload(`${folder}lines/`, files.close());
      await objects.upload(`${folder}waiting/`, waitingFiles.close());
      await queries.run(`create database ${database}`, undefined);
      isMade = true;
      for (const table of externalTables({
        items: `${ourSide.replace(/\/*$/, "")}/data/`,
        lines: `${folder}lines/`,
        waiting: `${folder}waiting/`,
      }))
        await queries.run(table, database);
      const settled = await settleWith(engineOf(queries, objects, { database, folder }), source, period);
      terminal.say(`Athena scanned ${gibibytes(queries.scanned())}, about ${costOf(queries.scanned())}.`);
      return settled;
    },
    async close() {
      release();
      rmSync(work, { recursive: true, force: true });
      // After an interruption too: it is a catalogue's entry, and its files go by the bucket's rule.
      if (isMade)
        await createAthena({ ...settings, signal: new AbortController().signal }).run(`drop database ${database} cascade`, undefined);
    },
  };
};

const counting = (athena: Athena) => {
  let scanned = 0;
  return {
    async run(sql: string, database: string | undefined) {
      const done = await athena.run(sql, database);
      scanned += done.scannedBytes;
      return done;
    },
    scanned: () => scanned,
  };
};

const engineOf = (
  athena: Pick<Athena, "run">,
  objects: Objects,
  { database, folder }: { readonly database: string; readonly folder: string },
): SqlEngine => ({
  async table(name, query) {
    await athena.run(tableOf(name, query, folder), database);
  },
  async *rows(query) {
    const { output } = await athena.run(query, database);
    yield* objects.rows(output);
  },
});
