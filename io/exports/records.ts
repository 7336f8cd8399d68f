/**
 * The records of CSV bytes, by csv-parse, each with the physical line on which it begins. One whose quotes do not match is named, and reading goes on
 * with the next physical line: a quote that is missing never swallows the rest of a file.
 */
import { type CsvError, Parser } from "csv-parse";
import type { LineProblem } from "../../core/reconcile/reading/cells/problem.ts";

export interface RecordForm {
  readonly separator: string;
  readonly quote?: string;
  /** Those that the file has. */
  readonly lineEnds: readonly string[];
}

export interface RecordSink {
  /** @param spans it goes over several physical lines */
  record(cells: readonly string[], line: number, spans: boolean): void;
  broken(line: number, problem: LineProblem): void;
}

/** A spreadsheet's cell holds 32,767 characters; a line of more than this has lost a quote. */
const longestRecord = 262_144;

/** Throws what the sink throws. */
export const eachRecord = async (chunks: AsyncIterable<Buffer>, form: RecordForm, sink: RecordSink): Promise<void> => {
  let reader = createReader(form, 1, sink);
  /** What was given to the reader of a record that has not ended. */
  let open: Buffer = Buffer.alloc(0);
  /** A broken line goes on into the next chunk. */
  let isSkipping = false;

  /** Reads on behind a line that cannot be read, as often as there is one. */
  const readAll = async (bytes: Buffer): Promise<void> => {
    for (let data = bytes; ; ) {
      const before = reader.ended();
      const error = await reader.write(data);
      const ended = reader.ended() - before;
      const left = ended >= open.length ? data.subarray(ended - open.length) : Buffer.concat([open.subarray(ended), data]);
      open = left;
      if (error === undefined) return;
      data = skipLine(error);
      if (isSkipping) return;
    }
  };

  /** What follows the first line of what is open; nothing when that line has not ended yet. */
  const skipLine = (error: unknown): Buffer => {
    sink.broken(reader.line(), problemOf(error));
    reader = createReader(form, reader.line() + 1, sink);
    const rest = behindLine(open);
    open = Buffer.alloc(0);
    isSkipping = rest === undefined;
    return rest ?? open;
  };

  for await (const chunk of chunks) {
    const rest: Buffer | undefined = isSkipping ? behindLine(chunk) : chunk;
    isSkipping = rest === undefined;
    if (rest) await readAll(rest);
  }
  for (let error = await reader.end(); error !== undefined && !isSkipping; error = await reader.end()) {
    const rest = skipLine(error);
    if (rest.length > 0) await readAll(rest);
  }
};

const problemOf = (error: unknown): LineProblem => {
  const { code } = error as Partial<CsvError>;
  if (code === "CSV_MAX_RECORD_SIZE") return { kind: "too long", most: longestRecord };
  if (code !== undefined && /QUOTE/.test(code)) return { kind: "quotes" };
  throw error;
};

const [lf, cr] = [10, 13];

/** Undefined when the line does not end here; one whose end may be cut in two does not. */
const behindLine = (bytes: Buffer): Buffer | undefined => {
  const at = bytes.findIndex((byte) => byte === lf || byte === cr);
  if (at < 0 || (bytes[at] === cr && at === bytes.length - 1)) return undefined;
  return bytes.subarray(bytes[at] === cr && bytes[at + 1] === lf ? at + 2 : at + 1);
};

/** One run of csv-parse, from a line on until its first error. */
const createReader = ({ separator, quote = '"', lineEnds }: RecordForm, first: number, sink: RecordSink) => {
  let [line, counted, ended] = [first, 0, 0];
  const parser = new Parser({
    delimiter: separator,
    quote,
    ...(lineEnds.length > 0 && { record_delimiter: [...lineEnds] }),
    relax_column_count: true,
    max_record_size: longestRecord,
    on_record(cells: readonly string[], info) {
      // It counts a CRLF within quotes twice: where it counts more than one line, they are counted here.
      const span = info.lines - counted > 1 ? 1 + lineBreaksIn(cells) : 1;
      counted = info.lines;
      ended = info.bytes;
      sink.record(cells, line, span > 1);
      line += span;
      return undefined;
    },
  });
  // Reported where it is written.
  parser.on("error", () => {});
  const settled = (act: (done: (error?: Error | null) => void) => void): Promise<unknown> =>
    new Promise((resolve) => act((error) => resolve(error ?? undefined)));
  return {
    /** On which the next record begins. */
    line: () => line,
    /** Bytes up to the end of the last record. */
    ended: () => ended,
    /** The first error, which ends it. */
    write: (bytes: Buffer) => settled((done) => parser.write(bytes, done)),
    end: () => settled((done) => parser.end(done)),
  };
};

const lineBreak = /\r\n|\r|\n/g;

const lineBreaksIn = (cells: readonly string[]): number => cells.reduce((sum, cell) => sum + (cell.match(lineBreak)?.length ?? 0), 0);
