/**
 * What has to be known of an export to read it, as data: a gateway's kind of export, which is built in, and a mapping file, which an operator writes,
 * say the same things. Columns are named, never counted, where the file names them.
 */
import type { ContractState } from "../event.ts";
import type { Unit } from "../values/amount.ts";
import type { NumberForm } from "../values/number-text.ts";

/** What a line says about money, in our words. Fees, payouts and the like are no charges: they are counted, and compared with nothing. */
export const lineTypes = [
  "charge",
  "refund",
  "refund failed",
  "void",
  "chargeback",
  "chargeback reversed",
  "authorization",
  "check",
  "fee",
  "payout",
  "transfer",
  "other",
] as const;
export type LineType = (typeof lineTypes)[number];

/** What became of it. Only what is done moves money. */
export const outcomes = ["done", "pending", "failed", "voided"] as const;
export type Outcome = (typeof outcomes)[number];

/** Where an id is. Empty ones are passed over. */
export interface IdColumn {
  readonly column: string;
  /** What our records put before it: `order:`. */
  readonly prefix?: string;
  /** Only on lines of these types. */
  readonly for?: readonly LineType[];
  /** Only where another column says so: `PayPal Reference ID Type` is `TXN`. */
  readonly when?: { readonly column: string; readonly is: readonly string[] };
}
export type IdColumns = readonly (string | IdColumn)[];

/**
 * When it happened. Of several rules the first whose columns the file has is used.
 */
export interface DateRule {
  /** Joined by a blank: date, time. */
  readonly columns: readonly string[];
  /** Tried in turn. No two of them may read one text differently. */
  readonly formats?: readonly string[];
  /** Of which one holds for the whole file, and one line cannot say which: day or month first. */
  readonly oneOf?: readonly string[];
  /** An IANA zone, or the column that names it. Absent: the text has its offset, or an operator has to say it. */
  readonly zone?: string | { readonly column: string };
}

/** One of: a column with a sign, or without one; columns to be added up; what goes out and what comes in; a number and its direction. */
export type AmountRule =
  | {
      /** The first that is not empty. */
      readonly column: readonly string[];
      /** `signed`: what goes back is negative. `unsigned`: nothing is negative, and the type says what it is. */
      readonly sign: "signed" | "unsigned";
      readonly unit: Unit;
    }
  | { readonly add: readonly string[]; readonly unit: Unit }
  | { readonly debit: string; readonly credit: string; readonly unit: Unit }
  | {
      readonly column: readonly string[];
      readonly direction: { readonly column: string; readonly debit: readonly string[]; readonly credit: readonly string[] };
      readonly unit: Unit;
    };

/** By what the column says, in any case; a name that ends with `*` stands for all that begin so. */
export interface WordRule<Meaning> {
  /** The first that is not empty. */
  readonly column: readonly string[];
  readonly meanings: Readonly<Record<string, Meaning>>;
  /** Where the column is empty, or says nothing of these. Absent: such a line is counted, named and in no sum. */
  readonly otherwise?: Meaning;
  /** Some versions of the export do not have the column: then it is as if there were no rule. */
  readonly isOptional?: true;
}

/** Where money that comes in means another thing than money that goes out: a payment that the merchant made is no charge. */
export type TypeMeaning = LineType | { readonly in: LineType; readonly out: LineType };

export interface LeaveOut {
  readonly column: string;
  readonly is: readonly string[];
  /** For people, after the number of lines: "of another shop". */
  readonly why: string;
}

interface Shape {
  /** `stripe-itemised`. What is stored with a run, and given to `--kind`. */
  readonly name: string;
  /** For people. */
  readonly title: string;
  /** WHATWG name, for a file that is not UTF-8 and has no byte order mark. */
  readonly charset?: string;
  readonly separator?: "," | ";" | "\t" | "|";
  readonly quote?: '"' | "'";
  /** `none`: columns are named by `columns`, in their order. A number: the row that names them. Absent: the first row that has what is asked for. */
  readonly header?: "none" | number;
  readonly columns?: readonly string[];
  /** Lines of several types, of which one names the columns and one is read; the others are counted. */
  readonly records?: { readonly position: number; readonly header: readonly string[]; readonly row: readonly string[] };
  /** What a line is called, where each has a name of its own. */
  readonly line?: IdColumns;
  readonly contract?: IdColumns;
  readonly customer?: IdColumns;
  readonly order?: IdColumns;
  readonly leaveOut?: readonly LeaveOut[];
  /** Never read, whatever is in them: secrets, card numbers. */
  readonly skip?: readonly string[];
  /** What this file's names of time zones mean, where they are several: `{"CST": "America/Chicago"}`. */
  readonly zones?: Readonly<Record<string, string>>;
}

export interface MoneyLayout extends Shape {
  readonly about: "money";
  /** Ids of the payment, in the order in which they are asked for. */
  readonly payment?: IdColumns;
  readonly refund?: IdColumns;
  readonly dispute?: IdColumns;
  /** Absent: every line is a charge. */
  readonly type?: WordRule<TypeMeaning>;
  /** Absent: every line is done. */
  readonly outcome?: WordRule<Outcome>;
  readonly at: readonly DateRule[];
  readonly amount: AmountRule;
  /** What went back of a charge so far, where it stands beside it. */
  readonly refunded?: readonly string[];
  /** ISO 4217, or the columns of which the first that is not empty has it. Absent: an operator has to say it. */
  readonly currency?: string | { readonly column: readonly string[] };
  /** How numbers are written. Several: one of them holds for the whole file. @default 1,234.56 */
  readonly numbers?: readonly NumberForm[];
  /** A line on which this column is empty goes on with the line before: the articles of an order. */
  readonly continues?: string;
}

export interface ContractLayout extends Shape {
  readonly about: "contracts";
  readonly state: WordRule<ContractState>;
  /** When it began. */
  readonly at?: readonly DateRule[];
  readonly endedAt?: readonly DateRule[];
}

export type Layout = MoneyLayout | ContractLayout;

/** A kind of export that is built in: how it is recognised, and what is in it. */
export type ExportKind = Layout & {
  /** The gateway whose export it is, by its registry name, or by its own where it has none. */
  readonly gateway: string;
  /** Columns that no other kind has together. Of a file without a header: what each column looks like, as patterns. */
  readonly has: readonly string[];
  /** A column that it does not have, by which it is distinguished from another kind. */
  readonly lacks?: readonly string[];
  /** How many days after a month its file has come at the latest. @default 5 */
  readonly comesAfterDays?: number;
  /** For docs/exports.md, beside its title: where it is fetched, what is not known of it. */
  readonly remark?: string;
  /** One file is of one day's charges: a month has one, and most of its days are in none. */
  readonly isOfOneDay?: true;
};

/**
 * As a column is looked up: `Transaction  Debit or Credit` is written with two blanks by one generation, `ID` and `id` by others. The mark with which
 * some files begin counts as a blank.
 */
export const columnKey = (name: string): string => name.normalize("NFKC").replace(/\s+/g, " ").trim().toLowerCase();
