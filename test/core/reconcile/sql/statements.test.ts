import { expect, test } from "vitest";
import { settling } from "../../../../core/reconcile/sql/settle.ts";

const { tables, names } = settling({ partition: "line#shop#", link: "link", from: 1, asOf: 2 });

test("the place of an item is what follows its source in the partition key: SQL counts characters from 1", () => {
  expect(tables[0]?.query).toMatch(/^select substr\(pk, 11\) as place,/);
});

test("the names that both have are those of lines, and of what is left of ours", () => {
  for (const name of ["contract", "customer", "ordered"])
    for (const table of ["export_lines", "rest"]) expect(names).toMatch(new RegExp(`select ${name}( as name)? from ${table}\\b`));
  expect(names).toContain("select place from rest");
});
