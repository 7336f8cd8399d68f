/** The rows of a file, CSV or NDJSON, each with the number of the physical line it begins on. Read as a stream: a list can be of any length. */
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { type CsvError, parse } from "csv-parse";
import { columnProblems, type ImportRow, importColumns, importRow } from "../../core/application/import-row.ts";
import { Failure } from "../../core/failure.ts";
import { parseJson } from "../../core/formats/json.ts";

export type NumberedRow = { readonly line: number } & ImportRow;

/** @throws Failure when the file cannot be read, or its header cannot be what it is for. */
export const readRows = (file: string): AsyncGenerator<NumberedRow> => (/\.(ndjson|jsonl)$/i.test(file) ? ndjsonRows(file) : csvRows(file));

const unreadable = (file: string, error: unknown): Failure =>
  new Failure(`${file} cannot be read: ${error instanceof Error ? error.message : "unknown error"}.`);

const broken = (line: number, problem: string): NumberedRow => ({ line, kind: "problems", problems: [problem] });

async function* ndjsonRows(file: string): AsyncGenerator<NumberedRow> {
  const handle = await open(file).catch((error: unknown) => {
    throw unreadable(file, error);
  });
  let line = 0;
  for await (const text of handle.readLines({ encoding: "utf8" })) {
    line++;
    if (text.trim() === "") continue;
    const value = parseJson(Buffer.from(text.replace(/^\uFEFF/, "")));
    if (typeof value !== "object" || value === null || Array.isArray(value)) yield broken(line, "it is not a JSON object");
    else yield { line, ...importRow(value as Record<string, unknown>) };
  }
}

interface Parsed {
  readonly record: readonly string[];
  /** Where it ends. */
  readonly info: { readonly lines: number };
}

async function* csvRows(file: string): AsyncGenerator<NumberedRow> {
  const source = createReadStream(file);
  const skipped: NumberedRow[] = [];
  const parser = parse({ bom: true, info: true, relax_column_count: true, skip_records_with_error: true });
  // In its place among the rows: the parser goes on behind it.
  parser.on("skip", (error: CsvError) => skipped.push(broken(Number(error.lines ?? 0), `it is not CSV: ${error.message}`)));
  source.on("error", (error) => parser.destroy(unreadable(file, error)));
  source.pipe(parser);
  let header: readonly string[] | undefined;
  let ended = 0;
  for await (const { record, info } of parser as AsyncIterable<Parsed>) {
    const line = ended + 1;
    ended = info.lines;
    yield* skipped.splice(0);
    if (record.every((cell) => cell.trim() === "")) continue;
    if (!header) {
      header = checkedHeader(file, record);
      continue;
    }
    if (record.length !== header.length) {
      yield broken(line, `it has ${record.length} columns, and the header ${header.length}`);
      continue;
    }
    yield { line, ...importRow(Object.fromEntries(header.map((name, index) => [name, record[index]?.trim()]))) };
  }
  yield* skipped.splice(0);
  if (!header) throw new Failure(`${file} is empty: its first line names the columns, ${importColumns.join(",")}.`);
}

const checkedHeader = (file: string, record: readonly string[]): readonly string[] => {
  const names = record.map((name) => name.trim());
  const problems = columnProblems(names);
  if (problems.length > 0)
    throw new Failure(`${file}, line 1: ${problems.join("; ")}. The columns are ${importColumns.join(", ")}; nothing was imported.`);
  return names;
};
