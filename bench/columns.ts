/** Rows in columns, figures to the right. */
import picocolors from "picocolors";
import { createTable } from "../operator/terminal/table.ts";

export const columns = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  createTable(
    head.map((title, at) => (at === 0 ? { title } : { title, align: "right" as const })),
    { width: undefined, colours: picocolors.createColors(false) },
  )(rows).trimEnd();
