/** Every rule of findings, charges, refunds and comparison has a test that names it. */
import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const numbered = (rule: string, count: number, between = " "): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${rule}${between}${index + 1}`);

const rules = [
  ...numbered("R-TIME", 4, "-"),
  "R-JOIN-1",
  "R-STATE-1",
  "R-ONE-1",
  ...numbered("R-APP", 6, "-"),
  ...numbered("R-A1", 2),
  ...numbered("R-A2", 5),
  "R-A3",
  "R-AFTER",
  ...numbered("R-CONFIRM", 6),
  ...numbered("R-CLOSE", 4),
  ...numbered("R-SIBLING", 4),
  ...numbered("R-CHECK", 7),
  ...numbered("R-REFUND", 3),
  "R-SILENT",
  "R-AMOUNT",
  "R-DISPUTE",
  "R-UNKNOWN",
  ...numbered("R-CONFLICT", 2),
  "R-BETWEEN",
  ...numbered("R-BACK", 3, "-"),
  ...numbered("R-EST", 8),
  ...numbered("R-REC", 4, "-"),
];

/** The titles of all tests, and of what they are grouped by: whatever a test file writes between quotes. */
const titles = globSync("test/**/*.ts", { exclude: ["test/named-rules.test.ts"] }).flatMap(
  (file) => readFileSync(file, "utf8").match(/"[^"\n]*R-[A-Z0-9]+[^"\n]*"/g) ?? [],
);

test.each(rules)("%s", (rule) => {
  const named = new RegExp(`${rule}(?![\\w-])|${rule.replace(/ (\d)$/, " \\d and $1")}(?!\\d)`);
  expect(titles.some((title) => named.test(title))).toBe(true);
});
