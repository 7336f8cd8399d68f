/** Which columns a layout looks at. */
import type { IdColumn, IdColumns, Layout } from "./layout.ts";

export const idColumnsOf = (columns: IdColumns = []): readonly IdColumn[] =>
  columns.map((column) => (typeof column === "string" ? { column } : column));

/** Every column that a layout may look at, whether the file has it or not. */
export const columnsRead = (layout: Layout): readonly string[] => {
  const ids = [layout.line, layout.contract, layout.customer, layout.order];
  const dates = layout.about === "money" ? layout.at : [...(layout.at ?? []), ...(layout.endedAt ?? [])];
  const own = layout.about === "money" ? moneyColumns(layout) : layout.state.column;
  return [
    ...own,
    ...[...ids, ...(layout.about === "money" ? [layout.payment, layout.refund, layout.dispute] : [])]
      .flatMap(idColumnsOf)
      .flatMap(({ column, when }) => [column, ...(when ? [when.column] : [])]),
    ...dates.flatMap(({ columns, zone }) => [...columns, ...(typeof zone === "object" ? [zone.column] : [])]),
    ...(layout.leaveOut ?? []).map(({ column }) => column),
  ];
};

/** Those with an id in them. */
export const idColumnNames = (layout: Layout): readonly string[] => {
  const money = layout.about === "money" ? [layout.payment, layout.refund, layout.dispute] : [];
  return [layout.line, layout.contract, layout.customer, layout.order, ...money].flatMap(idColumnsOf).map(({ column }) => column);
};

const moneyColumns = (layout: Layout & { readonly about: "money" }): readonly string[] => [
  ...amountColumns(layout),
  ...(typeof layout.currency === "object" ? layout.currency.column : []),
  ...(layout.type?.column ?? []),
  ...(layout.outcome?.column ?? []),
  ...(layout.refunded ?? []),
  ...(layout.continues === undefined ? [] : [layout.continues]),
];

export const amountColumns = ({ amount }: Layout & { readonly about: "money" }): readonly string[] => {
  if ("add" in amount) return amount.add;
  if ("debit" in amount) return [amount.debit, amount.credit];
  return "direction" in amount ? [...amount.column, amount.direction.column] : amount.column;
};
