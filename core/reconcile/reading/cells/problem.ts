/** Why a line is in no sum: data here, words below. Never what the line says: a card number or a password can be in any column. */

import { counted } from "../../../formats/counted.ts";

export type LineProblem =
  /** A quote that is not closed, or text behind one that is. */
  | { readonly kind: "quotes" }
  | { readonly kind: "too long"; readonly most: number }
  | { readonly kind: "columns"; readonly found: number; readonly expected: number }
  /** The file ends in the middle of it. */
  | { readonly kind: "cut off" }
  | { readonly kind: "NUL"; readonly column: string }
  /** A control character in what is read: two ids that look alike would be two. */
  | { readonly kind: "control"; readonly column: string }
  /** Bytes that its charset does not have. */
  | { readonly kind: "charset"; readonly column: string }
  /** A line break in what has none. */
  | { readonly kind: "line break"; readonly column: string }
  | { readonly kind: "no id"; readonly columns: readonly string[] }
  /** A spreadsheet has written a long number as 1.23E+15. */
  | { readonly kind: "id"; readonly column: string }
  | { readonly kind: "empty"; readonly column: string }
  /** When clocks are put forward they leave an hour out. */
  | { readonly kind: "no such time"; readonly column: string }
  | { readonly kind: "date"; readonly column: string; readonly looksLike?: "serial" | "era" }
  /** `isNamed`: the column has a name, and it is not known. Else neither the line nor anybody says where its clocks are. */
  | { readonly kind: "zone"; readonly column: string; readonly isNamed: boolean }
  | { readonly kind: "amount"; readonly column: string; readonly currency: string }
  | { readonly kind: "currency"; readonly column: string }
  | { readonly kind: "direction"; readonly column: string }
  /** A charge that is negative, a refund that is not. */
  | { readonly kind: "sign"; readonly column: string; readonly type: string };

type Kind = LineProblem["kind"];

const sentences: { readonly [One in Kind]: (problem: Extract<LineProblem, { readonly kind: One }>) => string } = {
  quotes: () => "its quotes do not match",
  "too long": ({ most }) => `it is longer than ${most} characters: a quote may be missing`,
  columns: ({ found, expected }) => `it has ${counted(found, "column")}, and the header ${expected}`,
  "cut off": () => "the file ends in the middle of it: fetch the file again",
  NUL: ({ column }) => `column "${column}": a byte is 0, so something has damaged the file`,
  control: ({ column }) => `column "${column}": a character is in it that cannot be seen, so something has damaged the file`,
  charset: ({ column }) => `column "${column}": bytes that the charset does not have; if it is another one, say --charset`,
  "line break": ({ column }) => `column "${column}": a line break is in it; a quote may be missing`,
  "no id": ({ columns }) => `${columns.map((column) => `"${column}"`).join(", ")}: no id is there`,
  id: ({ column }) => `column "${column}": a spreadsheet has cut this number; fetch the file again and do not open it there`,
  empty: ({ column }) => `column "${column}" is empty`,
  date: ({ column, looksLike }) =>
    `column "${column}": this is no date of its format${looksLike === undefined ? "" : looksLike === "serial" ? "; if it is a spreadsheet's number of days, say --date-format excel-1900" : "; if it is a Japanese era, say --date-format japanese-era"}`,
  "no such time": ({ column }) =>
    `column "${column}": clocks there left this time out, when they were put forward; is its time zone right?`,
  zone: ({ column, isNamed }) =>
    isNamed
      ? `column "${column}": this names no one time zone; say what it means with --zone-name NAME=Area/City`
      : `column "${column}": this line does not say in which time zone it is; say it with --zone`,
  amount: ({ column, currency }) => `column "${column}": this is no amount of ${currency}`,
  currency: ({ column }) => `column "${column}": this is no currency code`,
  direction: ({ column }) => `column "${column}": this is neither debit nor credit`,
  sign: ({ column, type }) => `column "${column}": a ${type} with the wrong sign`,
};

/** The column that is wrong, where it is one. */
export const columnOf = (problem: LineProblem): string | undefined =>
  "column" in problem ? problem.column : "columns" in problem ? problem.columns[0] : undefined;

export const problemText = (problem: LineProblem): string => (sentences[problem.kind] as (one: LineProblem) => string)(problem);
