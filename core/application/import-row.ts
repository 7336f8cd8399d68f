/** One row of a list of who is entitled, from any format, as the message that says so. */
import { nearest } from "../config/nearest.ts";
import type { ApplicationMessage } from "./message.ts";
import { checkMessage } from "./read-message.ts";

/** Where each column's value goes. `price` is a whole number of minor units of `currency`. */
const places = {
  account: "data.account",
  source: "data.source",
  contract: "data.contract",
  order: "data.order",
  customer: "data.customer",
  plan: "data.plan",
  price: "data.price.minor",
  currency: "data.price.currency",
  interval: "data.interval",
  since: "timestamp",
  free_until: "data.freeUntil",
  basis: "data.basis",
} as const;

export type ImportColumn = keyof typeof places;
export const importColumns = Object.keys(places) as readonly ImportColumn[];
export const requiredColumns = ["account", "source", "plan", "since"] as const satisfies readonly ImportColumn[];

const isColumn = (name: string): name is ImportColumn => Object.hasOwn(places, name);

/** What is wrong with a list's columns; none when it can be read. */
export const columnProblems = (names: readonly string[]): readonly string[] => [
  ...names.flatMap((name) => {
    if (isColumn(name)) return [];
    const meant = nearest(name, importColumns);
    return [`there is no column "${name}"${meant === undefined ? "" : `; did you mean "${meant}"?`}`];
  }),
  ...requiredColumns.filter((name) => !names.includes(name)).map((name) => `the column "${name}" is missing`),
  ...names.filter((name, index) => names.indexOf(name) !== index).map((name) => `the column "${name}" is there twice`),
];

export type ImportRow =
  | { readonly kind: "row"; readonly message: ApplicationMessage<"entitlement.granted"> }
  /** Each names its column. */
  | { readonly kind: "problems"; readonly problems: readonly string[] };

/** @param fields by column; empty ones count as absent */
export const importRow = (fields: Readonly<Record<string, unknown>>): ImportRow => {
  const unknown = columnProblems([...Object.keys(fields), ...requiredColumns.filter((name) => !Object.hasOwn(fields, name))]);
  if (unknown.length > 0) return { kind: "problems", problems: unknown };
  const value = (name: ImportColumn) => (fields[name] === "" || fields[name] === null ? undefined : fields[name]);
  const price = value("price");
  // Text in a table, a number in JSON. Anything but plain digits is left for the reader to name.
  const minor = typeof price === "string" && /^\d{1,15}$/.test(price) ? Number(price) : price;
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

/** The reader's sentence with the column's name in place of the field's. */
const inColumns = (problem: string): string => {
  const found = importColumns.find((name) => problem.startsWith(`${places[name]}:`) || problem.startsWith(`${places[name]} =`));
  return found === undefined ? problem.replace(/^data\./, "") : `${found}${problem.slice(places[found].length)}`;
};
