/** One row of a list of who is entitled, from any format, as the message that says so. */
import { nearest } from "../problems/nearest.ts";
import type { ApplicationMessage } from "./message.ts";
import { checkMessage } from "./read-message.ts";

/** `price` is a whole number of minor units of `currency`. */
export const importColumns = [
  "account",
  "source",
  "contract",
  "order",
  "customer",
  "plan",
  "price",
  "currency",
  "interval",
  "since",
  "free_until",
  "basis",
] as const;
export type ImportColumn = (typeof importColumns)[number];
export const requiredColumns = ["account", "source", "plan", "since"] as const satisfies readonly ImportColumn[];

/** What is wrong with a list's columns; none when it can be read. */
export const columnProblems = (names: readonly string[]): readonly string[] => [
  ...unknownColumns(names),
  ...requiredColumns.filter((name) => !names.includes(name)).map((name) => `the column "${name}" is missing`),
  ...names.filter((name, index) => names.indexOf(name) !== index).map((name) => `the column "${name}" is there twice`),
];

const unknownColumns = (names: readonly string[]): readonly string[] =>
  names
    .filter((name) => !(importColumns as readonly string[]).includes(name))
    .map((name) => {
      const meant = nearest(name, importColumns);
      return `there is no column "${name}"${meant === undefined ? "" : `; did you mean "${meant}"?`}`;
    });

export type ImportRow =
  | { readonly kind: "row"; readonly message: ApplicationMessage<"entitlement.granted"> }
  /** Each names its column. */
  | { readonly kind: "problems"; readonly problems: readonly string[] };

/** @param fields by column; empty ones count as absent */
export const importRow = (fields: Readonly<Record<string, unknown>>): ImportRow => {
  const unknown = unknownColumns(Object.keys(fields));
  if (unknown.length > 0) return { kind: "problems", problems: unknown };
  const value = (name: ImportColumn) => (fields[name] === "" || fields[name] === null ? undefined : fields[name]);
  const price = value("price");
  // Text in a table, a number in JSON. Anything but plain digits is left for the reader to name.
  const minor = typeof price === "string" && /^\d+$/.test(price) ? Number(price) : price;
  const hasPrice = price !== undefined || value("currency") !== undefined;
  const cells = {
    account: value("account"),
    source: value("source"),
    contract: value("contract"),
    order: value("order"),
    customer: value("customer"),
    plan: value("plan"),
    price: hasPrice ? { minor, currency: value("currency") } : undefined,
    interval: value("interval"),
    freeUntil: value("free_until"),
    basis: value("basis"),
  };
  const data = Object.fromEntries(Object.entries(cells).filter(([, one]) => one !== undefined));
  const checked = checkMessage({ type: "entitlement.granted", timestamp: value("since"), data });
  return "problems" in checked
    ? { kind: "problems", problems: checked.problems.map(inColumns) }
    : { kind: "row", message: checked.message };
};

/** The fields of a message whose names are not those of their columns. */
const columns: Readonly<Record<string, ImportColumn>> = {
  "data.price.minor": "price",
  "data.price.currency": "currency",
  timestamp: "since",
  "data.freeUntil": "free_until",
};

/** The reader's sentence, which begins with the field, with the column's name in place of the field's. */
const inColumns = (problem: string): string => problem.replace(/[\w.]+/, (field) => columns[field] ?? field.replace("data.", ""));
