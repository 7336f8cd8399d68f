/** The rows of a file that says what was given back by hand: the payment desk's list with its dates filled in, or any CSV with its columns. */
import { parse } from "csv-parse/sync";
import { Failure, messageOf } from "../../../core/failure.ts";
import { type DoneRow, doneColumnProblems, readDoneRow, requiredColumns } from "../../../core/refunds/done-row.ts";
import { deskColumns } from "../list/refund-csv.ts";
import { readTextFile } from "../select/read-text.ts";

/** The physical line on which it begins. */
export type NumberedRow = { readonly line: number } & (
  | { readonly kind: "row"; readonly row: DoneRow }
  | { readonly kind: "not yet" }
  | { readonly kind: "problems"; readonly problems: readonly string[] }
);

interface Parsed {
  readonly record: readonly string[];
  /** Where it ends. */
  readonly info: { readonly lines: number };
}

/** @throws Failure when the file cannot be read, or its header cannot be what it is for. */
export const readDone = async (file: string, how: Parameters<typeof readDoneRow>[1]): Promise<readonly NumberedRow[]> => {
  const broken: NumberedRow[] = [];
  const parsed = parsedOf(file, await readTextFile(file), (line, problem) =>
    broken.push({ line, kind: "problems", problems: [`it is not CSV: ${problem}`] }),
  );
  const rows: NumberedRow[] = [];
  let header: readonly string[] | undefined;
  let ended = 0;
  for (const { record, info } of parsed) {
    const line = ended + 1;
    ended = info.lines;
    if (record.every((cell) => cell.trim() === "")) continue;
    if (!header) header = checkedHeader(file, line, record);
    else if (record.length !== header.length)
      rows.push({ line, kind: "problems", problems: [`it has ${record.length} columns, and the header ${header.length}`] });
    else rows.push({ line, ...readDoneRow(Object.fromEntries(header.map((name, at) => [name, record[at]])), how) });
  }
  if (!header) throw new Failure(`${file} is empty: its first line names the columns, ${requiredColumns.join(",")},note.`);
  return [...rows, ...broken].sort((one, other) => one.line - other.line);
};

const parsedOf = (file: string, text: string, skip: (line: number, problem: string) => void): readonly Parsed[] => {
  try {
    return parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_records_with_error: true,
      on_skip: (error) => {
        skip(Number(error?.lines ?? 0), error?.message ?? "unknown error");
        return undefined;
      },
    }) as unknown as readonly Parsed[];
  } catch (error) {
    throw new Failure(`${file} cannot be read: ${messageOf(error)}. Nothing was recorded.`);
  }
};

const checkedHeader = (file: string, line: number, record: readonly string[]): readonly string[] => {
  const names = record.map((name) => name.trim().toLowerCase());
  const problems = doneColumnProblems(names, deskColumns);
  if (problems.length > 0) throw new Failure(`${file}, line ${line}: ${problems.join("; ")}. Nothing was recorded.`, "usage");
  return names;
};
