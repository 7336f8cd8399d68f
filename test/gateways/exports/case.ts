/** What is written down by hand about a gateway's kinds of export, in a file named after the gateway: from the vendor's pages, never copied from `export.ts`. */
import type { ExportKind } from "../../../core/mapping/layout.ts";
import type { Fact, Stated } from "../../../core/reconcile/reading/rules/stated.ts";

export type Cells = Readonly<Record<string, string>>;
type Some = readonly string[];

/** A small file as the vendor writes it. */
export interface SmallFile {
  /** Cells parted by `|`, which no vendor uses. */
  readonly text: string;
  /** What an operator says of it. */
  readonly stated?: Stated;
  /** What it does not say of itself, and is refused without: a layout that has forgotten its `currency` asks for it. @default nothing */
  readonly asks?: readonly Fact["kind"][];
  /** Each of its lines in short: what, how much, when, by which ids. */
  readonly says: Some;
}

/** Its settings that one cannot see in what is read. */
export const settingNames = ["charset", "skip", "zones", "comesAfterDays", "isOfOneDay"] as const;

export type ExportCase = {
  readonly files: readonly SmallFile[];
  /** One line: a charge of 1,980 yen that succeeded, or a contract. */
  readonly line: Cells;
  readonly settings?: Pick<ExportKind, (typeof settingNames)[number]>;
  /** By column and meaning: `refund`, `charge failed`, or in brackets what is counted by its type alone. */
  readonly words?: Readonly<Record<string, Readonly<Record<string, Some>>>>;
  /** What the line is with these cells instead of its own. */
  readonly reads?: readonly (readonly [changes: Cells, read: object])[];
  /** By column and moment: all texts of it that are taken. */
  readonly times?: Readonly<Record<string, Readonly<Record<string, Some>>>>;
} & (
  | { /** The columns of its header by which it is recognised, none of them without need. */ readonly knownBy: Some }
  | { /** Of one without a header: cells that are not its own, by column. */ readonly notIts: Readonly<Record<string, Some>> }
);

/** By the kind's name. */
export type ExportCases = Readonly<Record<string, ExportCase>>;

export const at = (text: string): number => Date.parse(text);
export const yen = { minor: 1_980, currency: "JPY" };
