import { expect, test } from "vitest";
import { printList } from "../../../operator/terminal/table.ts";
import { catchOutput } from "../command-line.ts";

test("a list for a spreadsheet has the columns of its table, with numbers where they are", async () => {
  const { terminal, text } = catchOutput({ csv: true });
  const columns = [{ title: "NAME" }, { title: "BYTES", align: "right" }] as const;
  await printList(terminal, [{ name: "=x", bytes: 12 }], { columns, row: ({ name, bytes }) => [name, String(bytes)], json: (one) => one });
  expect(text()).toBe("name,bytes\r\n'=x,12\r\n");
});
