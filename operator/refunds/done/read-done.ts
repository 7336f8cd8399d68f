/** The rows of a file that says what was given back by hand: the payment desk's list with its dates filled in, or any CSV with its columns. */
import { errorMessage, Failure } from "../../../core/failure.ts";
import { type DoneRow, doneColumnProblems, readDoneRow, requiredColumns } from "../../../core/refunds/done-row.ts";
import { deskColumns } from "../list/refund-csv.ts";
import { type CsvRow, csvRows } from "../select/csv-rows.ts";
import { readTextFile } from "../select/read-text.ts";

/** The physical line on which it begins. */
export type NumberedRow = { readonly line: number } & (
  | { readonly kind: "row"; readonly row: DoneRow }
  | { readonly kind: "not yet" }
  | { readonly kind: "problems"; readonly problems: readonly string[] }
);

/** @throws Failure when the file cannot be read, or its header cannot be what it is for. */
export const readDone = async (file: string, how: Parameters<typeof readDoneRow>[1]): Promise<readonly NumberedRow[]> => {
  const broken: NumberedRow[] = [];
  const parsed = parsedOf(file, await readTextFile(file), (line, problem) =>
    broken.push({ line, kind: "problems", problems: [`it is not CSV: ${problem}`] }),
  );
  const rows: NumberedRow[] = [];
  let header: readonly string[] | undefined;
  for (const { line, cells } of parsed) {
    if (cells.every((cell) => cell.trim() === "")) continue;
    if (!header) header = checkedHeader(file, line, cells);
    else if (cells.length !== header.length)
      rows.push({ line, kind: "problems", problems: [`it has ${cells.length} columns, and the header ${header.length}`] });
    else rows.push({ line, ...readDoneRow(Object.fromEntries(header.map((name, at) => [name, cells[at]])), how) });
  }
  if (!header) throw new Failure(`${file} is empty: its first line names the columns, ${requiredColumns.join(",")},note.`);
  return [...rows, ...broken].sort((one, other) => one.line - other.line);
};

const parsedOf = (file: string, text: string, skip: (line: number, problem: string) => void): readonly CsvRow[] => {
  try {
    return csvRows(text, {
      skip_records_with_error: true,
      on_skip: (error) => {
        skip(Number(error?.lines ?? 0), error?.message ?? "unknown error");
        return undefined;
      },
    });
  } catch (error) {
    throw new Failure(`${file} cannot be read: ${errorMessage(error)}. Nothing was recorded.`);
  }
};

const checkedHeader = (file: string, line: number, cells: readonly string[]): readonly string[] => {
  const names = cells.map((name) => name.trim().toLowerCase());
  const problems = doneColumnProblems(names, deskColumns);
  if (problems.length > 0) throw new Failure(`${file}, line ${line}: ${problems.join("; ")}. Nothing was recorded.`, "usage");
  return names;
};
