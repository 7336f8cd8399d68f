/** What a source's configuration says of its gateway's exports: how they are read, and when one is missed. */
import type { Layout } from "../mapping/layout.ts";

/** What a file cannot say of itself. Each of them has its flag, which wins. */
export interface ReadingConfig {
  /** Which kind of export they are, where a file's columns fit several: docs/exports.md, "Kinds". */
  readonly kind?: string;
  /** Mappings by which they are read instead of the built-in kinds: files, relative to the folder you run commands in, or what such a file says. */
  readonly mappings?: readonly (string | Layout)[];
  /** In which time zone their times are, where they do not say: `Asia/Tokyo`, `UTC`, `+09:00`. */
  readonly zone?: string;
  /** What their names of zones mean: `{ CST: "America/Chicago" }`. */
  readonly zoneNames?: Readonly<Record<string, string>>;
  /** Of dates as 4/9/2026. */
  readonly dateOrder?: "day-first" | "month-first";
  /** Formats of dates besides the kind's own: `yyyy/MM/dd`, `japanese-era`, `excel-1900`. */
  readonly dateFormats?: readonly string[];
  /** The decimal sign. */
  readonly decimal?: "." | ",";
  /** The currency of their amounts, where they do not say: `JPY`. */
  readonly currency?: string;
  /** `shift_jis`, `euc-jp`, `windows-1252`. */
  readonly charset?: string;
  /** What parts their columns, or `tab`. */
  readonly separator?: string;
  /** Columns that are not looked at, whatever is in them. */
  readonly skipColumns?: readonly string[];
}

export interface ExportsConfig extends ReadingConfig {
  /**
   * What is done about what an export proves and no callback has said, when it is compared as it comes into the bucket. `no`: it is reported, with the
   * command. `enter`: it is entered into the ledger. `deliver`: and sent to the application, which may grant or revoke by it.
   * @default "no"
   */
  readonly recover?: "no" | "enter" | "deliver";
  /**
   * How many days after a month its export has come, 1 to 60; after that it is a finding. `false`: it is not missed.
   * @default what is known of the gateway's kinds: 10 for GMO-PG, whose results may come that late; otherwise 5
   */
  readonly remindAfterDays?: number | false;
  /**
   * A month counts as compared when no stretch of it longer than this is in no export, 0 to 31 days. For a shop that charges once a month: 31.
   * @default 31 for GMO-PG, whose file is of one day's charges; otherwise 5
   */
  readonly longestGapDays?: number;
}
