/** The columns of a file by name. */
import { columnKey, type Layout } from "../../../mapping/layout.ts";
import { amountColumns, columnsRead, idColumnsOf } from "../../../mapping/layout-columns.ts";

export interface Columns {
  /** As the file writes them. */
  readonly names: readonly string[];
  /** Where a column is; -1 when there is none of that name. */
  at(name: string): number;
}

export const columnsOf = (names: readonly string[]): Columns => {
  const places = new Map<string, number>();
  for (const [index, name] of names.entries()) if (!places.has(columnKey(name))) places.set(columnKey(name), index);
  return { names, at: (name) => places.get(columnKey(name)) ?? -1 };
};

/** Stands for the name of a column that nobody may look at: nothing asks for it. */
export const unreadColumn = "(left unread)";

export const withoutSkipped = (header: readonly string[], skip: readonly string[] = []): readonly string[] => {
  const skipped = new Set(skip.map(columnKey));
  return header.map((name) => (skipped.has(columnKey(name)) ? unreadColumn : name));
};

/** What keeps a layout from reading a file with these columns, as sentences; none when it can. */
export const columnProblems = (layout: Layout, columns: Columns): readonly string[] => {
  const has = (name: string): boolean => columns.at(name) >= 0;
  const oneOf = (names: readonly string[], what: string): readonly string[] =>
    names.length === 0 || names.some(has) ? [] : [`${what}: the file has no column ${names.map((name) => `"${name}"`).join(" or ")}`];
  const all = (names: readonly string[], what: string): readonly string[] =>
    names.flatMap((name) => (has(name) ? [] : [`${what}: the file has no column "${name}"`]));
  const dated = (rules: Layout["at"] & {}, what: string): readonly string[] =>
    rules.some((rule) => rule.columns.every(has))
      ? []
      : oneOf(
          rules.flatMap((rule) => rule.columns.filter((name) => !has(name))),
          what,
        );
  return [
    ...doubled(layout, columns),
    ...(layout.about === "money"
      ? [
          ...oneOf(
            idColumnsOf([
              ...(layout.payment ?? []),
              ...(layout.order ?? []),
              ...(layout.contract ?? []),
              ...(layout.customer ?? []),
              ...(layout.line ?? []),
            ]).map(({ column }) => column),
            "payment",
          ),
          ...dated(layout.at, "at"),
          ...("add" in layout.amount || "debit" in layout.amount
            ? all(amountColumns(layout), "amount")
            : [
                ...oneOf(layout.amount.column, "amount"),
                ...("direction" in layout.amount ? all([layout.amount.direction.column], "amount") : []),
              ]),
          ...(typeof layout.currency === "object" ? oneOf(layout.currency.column, "currency") : []),
          ...(layout.type && !layout.type.isOptional ? oneOf(layout.type.column, "type") : []),
          ...(layout.outcome && !layout.outcome.isOptional ? oneOf(layout.outcome.column, "outcome") : []),
        ]
      : [
          ...oneOf(
            idColumnsOf(layout.contract).map(({ column }) => column),
            "contract",
          ),
          ...oneOf(layout.state.column, "state"),
        ]),
  ];
};

/** Of two columns with one name nobody can say which is meant; of those that are not read it does not matter. */
const doubled = (layout: Layout, { names }: Columns): readonly string[] => {
  const read = new Set(columnsRead(layout).map(columnKey));
  const keys = names.map(columnKey);
  return [...new Set(keys.filter((key, index) => read.has(key) && keys.indexOf(key) !== index))].map(
    (key) =>
      `the column "${names[keys.indexOf(key)]}" is there twice, on places ${keys.flatMap((one, index) => (one === key ? [index + 1] : [])).join(" and ")}`,
  );
};
