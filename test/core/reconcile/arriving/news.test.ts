import { expect, test } from "vitest";
import { type ComparedNews, comparedNews, refusedNews } from "../../../../core/reconcile/arriving/news.ts";
import type { ReadFile } from "../../../../core/reconcile/compared.ts";
import { compare, line, payment, yen } from "../compare/sides.ts";

const file = (brokenLines: number, isCut: boolean) => ({ report: { brokenLines, isCut } }) as unknown as ReadFile;
const news = (changes: Partial<ComparedNews> = {}) =>
  comparedNews({
    deployment: "prod",
    name: "2026-10.csv",
    compared: { comparison: compare({ lines: [line("p-1")], payments: [payment("p-1")] }), files: [file(0, false)], isCut: false },
    findings: { raised: 0, updated: 0, closed: 0 },
    entered: undefined,
    report: "s3://b/reports/x.html",
    next: [],
    ...changes,
  });

test("an export that agrees is a short message: no payment is in it", () => {
  expect(news()).toEqual({
    subject: "prod: shop, 2026-10.csv: 100 % of JPY explained, nothing differs",
    text: `2026-10.csv of shop was compared with what is recorded: 100 % of JPY explained, nothing differs.

Lines: 1, recorded alike: 1.
Money: 1,980 JPY of 1,980 JPY explained.
Findings: 0 new, 0 updated, 0 closed.

The report: s3://b/reports/x.html
`,
  });
});

test("of one that differs it says by how much, what is broken or cut, what was entered and what to type", () => {
  const lines = [line("p-1", { amount: yen(20) }), line("", { order: "#1", amount: yen(7) })];
  const payments = [payment("p-3", { order: "#1" }), payment("p-4", { order: "#1" })].map((one) => ({
    ...one,
    movements: one.movements.map((moved) => ({ ...moved, amount: yen(7) })),
  }));
  const comparison = compare({ lines, payments });
  const differs = { cause: "application differs", symptom: "data", class: "A2", count: 3, minor: 0 } as const;
  const { subject, text } = news({
    compared: { comparison: { ...comparison, sums: [...comparison.sums, differs] }, files: [file(2, false), file(1, true)], isCut: true },
    findings: { raised: 1, updated: 2, closed: 3 },
    entered: { count: 1, isDelivered: true },
    next: ["holdfast findings"],
  });
  expect(subject).toBe("prod: shop, 2026-10.csv: 0.00 % of JPY explained, 1 difference");
  expect(text).toBe(`2026-10.csv of shop was compared with what is recorded: 0.00 % of JPY explained, 1 difference.

Lines: 2, recorded alike: 0.
Money: 0 JPY of 27 JPY explained.
  never sent, missing: 1, 20 JPY
  application differs (A2), data: 3
Undecided: 1.
Broken lines, in no sum: 3. The report names them.
A file ends in the middle of a line: fetch it again.
There are more unsettled callbacks than were looked at: what is said to be never sent may be among them.
Findings: 1 new, 2 updated, 3 closed.
Entered as found by reconciliation: 1 event, and delivered.

The report: s3://b/reports/x.html

What to type next:
  holdfast findings
`);
  const oneBroken = { comparison, files: [file(1, false)], isCut: false };
  expect(news({ compared: oneBroken }).text).toContain("Broken lines, in no sum: 1. The report names them.\n");
  expect(news({ entered: { count: 2, isDelivered: false } }).text).toContain("Entered as found by reconciliation: 2 events.\n");
});

test("a subject is ASCII, in one line of up to a hundred characters, and shows no card number", () => {
  const subjectOf = (name: string) => news({ name }).subject;
  expect(subjectOf("十月\n.csv")).toMatch(/^prod: shop, \?\?[\x20-\x7e]*\.csv: 100 % of JPY explained, nothing differs$/);
  expect(subjectOf("x".repeat(47))).toHaveLength(100);
  expect(subjectOf("x".repeat(47))).toMatch(/differs$/);
  expect(subjectOf("x".repeat(48))).toHaveLength(100);
  expect(subjectOf("x".repeat(48))).toMatch(/dif\.\.\.$/);
  expect(subjectOf("4111111111111111.csv")).not.toContain("41111111");
});

test("of one that was refused it says why, and what to type", () => {
  const refusal = { source: "shop", name: "x.csv", why: "It is a PDF.", commands: ["holdfast reconcile"] };
  expect(refusedNews("prod", refusal, "s3://b/r.txt")).toEqual({
    subject: "prod: shop, x.csv was not compared",
    text: "x.csv was not compared.\n\nIt is a PDF.\n\nTo type:\n  holdfast reconcile\n\nIt is written down in s3://b/r.txt\n",
  });
  expect(refusedNews("prod", { ...refusal, source: undefined, commands: [] }, "s3://b/r.txt")).toEqual({
    subject: "prod: x.csv was not compared",
    text: "x.csv was not compared.\n\nIt is a PDF.\n\nIt is written down in s3://b/r.txt\n",
  });
});
