/** One row of a file that says what was given back by hand. What cannot be read is named, and not guessed. */
import type { Millis } from "../callback.ts";
import { localDateOf, midnightOf, readLocalTime } from "../formats/local-time.ts";
import { fromMajor, type Money } from "../formats/money.ts";
import type { Zone } from "../formats/zone.ts";
import { ledgerText } from "../ledger-id.ts";
import { nearest } from "../problems/nearest.ts";

/** Said of one payment, or of one estimated charge. */
export interface DoneRow {
  /** Any id of the payment, its order number, or an estimate's id. */
  readonly payment: string;
  readonly amount: Money;
  /** The first moment of the day on which it was given back, in the deployment's zone. */
  readonly at: Millis;
  readonly note?: string;
  readonly source?: string;
}

export type ReadRow =
  | { readonly kind: "row"; readonly row: DoneRow }
  /** The desk has not given it back yet: no date is filled in. */
  | { readonly kind: "not yet" }
  /** Each names its column. */
  | { readonly kind: "problems"; readonly problems: readonly string[] };

export const requiredColumns = ["payment", "amount", "currency", "date"] as const;

/** @param known the columns that may be there: those of the list for the payment desk */
export const doneColumnProblems = (names: readonly string[], known: readonly string[]): readonly string[] => [
  ...names.flatMap((name) => {
    if (name === "" || known.includes(name)) return [];
    const meant = nearest(name, known);
    return [`there is no column "${name}"${meant === undefined ? "" : `; did you mean "${meant}"?`}`];
  }),
  ...requiredColumns.filter((name) => !names.includes(name)).map((name) => `the column "${name}" is missing`),
  ...known.filter((name) => names.filter((one) => one === name).length > 1).map((name) => `the column "${name}" is there twice`),
];

const longestNote = 200;

/** @param now what is given back later than that is a slip of the pen */
export const readDoneRow = (
  fields: Readonly<Record<string, string | undefined>>,
  { zone, now }: { readonly zone: Zone; readonly now: Millis },
): ReadRow => {
  // A spreadsheet would take such a text for a formula, so that the list has a mark before it.
  const value = (name: string): string => (fields[name] ?? "").trim().replace(/^'(?=[=+\-@\t\r])/, "");
  if (value("date") === "") return { kind: "not yet" };
  const [currency, note, source] = [value("currency").toUpperCase(), value("note"), value("source")];
  const isCurrency = /^[A-Z]{3}$/.test(currency);
  const amount = fromMajor(withoutSeparators(value("amount").normalize("NFKC")), currency);
  const at = dayOf(value("date"), zone);
  const problems = [
    value("payment") === "" && "payment: write the id of a payment, its order number or an estimate's id",
    !isCurrency && `currency = "${value("currency")}": write three letters of ISO 4217, JPY`,
    isCurrency &&
      (!amount || amount.minor <= 0) &&
      `amount = "${value("amount")}": write what was given back in ${currency}, more than nothing: 1980 or 19.80`,
    at === undefined && `date = "${value("date")}": write the day on which it was given back, 2026-11-20`,
    at !== undefined && at > now && `date = "${value("date")}": that day has not come yet`,
    note.length > longestNote && `note: ${note.length} characters, where ${longestNote} are kept`,
  ].filter((problem) => problem !== false);
  if (problems.length > 0 || !amount || at === undefined) return { kind: "problems", problems };
  return {
    kind: "row",
    row: { payment: value("payment"), amount, at, ...(note !== "" && { note: ledgerText(note) }), ...(source !== "" && { source }) },
  };
};

/** `1,980` as `1980`. A comma that is no separator of thousands stays, and is no amount. */
const withoutSeparators = (text: string): string => (/^\d{1,3}(,\d{3})+(\.\d+)?$/.test(text) ? text.replaceAll(",", "") : text);

/** Also as a spreadsheet writes it: 2026/1/5. Year, month, day in this order only. */
const dayOf = (text: string, zone: Zone): Millis | undefined => {
  const dashed = text
    .split("/")
    .map((part) => part.padStart(2, "0"))
    .join("-");
  const read = readLocalTime(dashed, zone);
  return read === undefined ? undefined : midnightOf(localDateOf(read, zone), zone);
};
