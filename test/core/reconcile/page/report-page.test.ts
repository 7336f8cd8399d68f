import { describe, expect, test } from "vitest";
import type { FileReport } from "../../../../core/reconcile/file-report.ts";
import type { Report } from "../../../../core/reconcile/page/report.ts";
import { reportPage } from "../../../../core/reconcile/page/report-page.ts";
import { trendLine } from "../../../../core/reconcile/page/trend.ts";
import { percent, type ReconciliationRun, runOf } from "../../../../core/reconcile/run.ts";
import { compare, day, line, movement, october, payment, yen } from "../compare/sides.ts";

const file: FileReport = {
  name: "october <&> .csv",
  sha256: "00",
  layout: "shop",
  charset: "utf-8",
  lines: 3,
  sums: [],
  leftOut: [{ why: { kind: "type", type: "payout" }, lines: 2, first: 4 }],
  brokenLines: 1,
  broken: [{ number: 7, problem: { kind: "date", column: "at" } }],
  isCut: false,
};

const comparison = compare({
  lines: [line("p-1"), line("p-2", { amount: yen(500) }), line("<script>alert(1)</script>")],
  payments: [payment("p-1"), payment("p-2", { movements: [movement({ amount: yen(400) })] })],
});

const page = (changes: Partial<Report> = {}): string =>
  reportPage({
    comparison,
    files: [file],
    earlier: [],
    madeAt: comparison.asOf + 2.5 * day,
    zone: "Asia/Tokyo",
    deployment: "payments",
    command: (...words) => ["npx", "holdfast", ...words].join(" "),
    ...changes,
  });

const run = (month: number, explained: number): ReconciliationRun => ({
  ...runOf(comparison, [file], { id: `r-${month}`, by: "kei", at: 0, input: "" }),
  asOf: Date.UTC(2026, month, 1),
  money: [{ currency: "JPY", moved: 100, explained }],
});

describe("the page", () => {
  test("begins with how much of the money is explained, and how long that took", () => {
    const said = page()
      .replace(/<[^>]+>/g, " ")
      .replace(/\s+/g, " ");
    expect(said).toContain(
      "44.39 % of the money is explained, recorded here with the same amount: 1,980 JPY of 4,460 JPY, 3 days after the period",
    );
    expect(said).toContain("1 of 3 lines agree with the records");
    expect(said).toContain("2 differences have to be looked at; at stake in them: 2,080 JPY.");
  });

  test("has every difference with what to do, what was read, and what the words mean", () => {
    const html = page();
    for (const says of [
      "never sent, missing",
      "Have the gateway send it again",
      "400 JPY here, 500 JPY at the gateway",
      "2 lines payout",
      "line 7: column &quot;at&quot;: this is no date of its format",
      "in the export, and no callback of it came",
    ])
      expect(html).toContain(says);
  });

  test("explains itself to who keeps accounts: up to which day, what is explained and what at stake, and each word", () => {
    const said = page({ comparison: { ...comparison, asOf: Date.parse("2026-11-01T00:00:00+09:00") } }).replace(/<[^>]+>/g, "");
    expect(said).toContain("from 2026-10-01 to the end of 2026-10-31.");
    expect(said).toContain("is not explained as a whole, and at stake is the part by which they differ");
    for (const word of ["Callback", "Export", "Explained", "At stake", "Quarantine"]) expect(said).toContain(word);
    expect(page({ comparison: compare({ lines: [line("p-1")] }) })).not.toContain("by which they differ.");
  });

  test("says of what came late that it is there by now, and of what was taken twice what to do", () => {
    const late = compare({ lines: [line("p-1")], payments: [payment("p-1", { movements: [movement({ late: 30 * 3_600_000 })] })] });
    expect(page({ comparison: late })).toContain("it was missing until then");
    const twice = compare({ lines: [line("p-1"), line("p-1", { at: october + 2 * day })], payments: [payment("p-1")] });
    expect(page({ comparison: twice })).toContain("The gateway may have taken it twice");
    const again = compare({ lines: [line("p-1"), line("p-1")], payments: [payment("p-1")] });
    expect(page({ comparison: again })).toContain("It is counted once");
  });

  test("says that nothing of a refund is here, whatever was taken", () => {
    const refund = line("p-1", { type: "refund", refund: "r-1", amount: yen(620), at: october + 3 * day });
    const html = page({ comparison: compare({ lines: [line("p-1"), refund], payments: [payment("p-1")] }) });
    expect(html).toContain("<td>620 JPY at the gateway</td>");
  });

  test("escapes what comes from outside, and asks nothing of anybody", () => {
    const html = page();
    expect(html).not.toContain("<script");
    expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(html).toContain("october &lt;&amp;&gt; .csv");
    expect(html).not.toMatch(/(src|href)=|url\(|https?:/);
    expect(html).toContain("default-src 'none'");
  });

  test("is well formed: each element that is opened is closed in its place", () => {
    const open: string[] = [];
    for (const [, close, name = "", rest = ""] of page({ earlier: [run(7, 90), run(8, 99)] }).matchAll(/<(\/?)([a-z][a-z0-9]*)([^>]*)>/g)) {
      if (close) expect(open.pop()).toBe(name);
      else if (!rest.endsWith("/") && !["meta", "br"].includes(name)) open.push(name);
    }
    expect(open).toEqual([]);
  });

  test("where nothing differs says so", () => {
    const html = page({ comparison: compare({ lines: [line("p-1")], payments: [payment("p-1")] }) });
    expect(html).toContain("Everything that the gateway exported is recorded alike");
    expect(html).toContain('<b class="good">100 %</b>');
    expect(html).not.toContain("What differs");
  });

  test("lists what nobody could decide", () => {
    const payments = ["p-1", "p-2"].map((id) => payment(id, { order: "#1", movements: [movement({ at: october + 2 * day })] }));
    expect(page({ comparison: compare({ lines: [line("", { order: "#1", at: october + 2.5 * day })], payments }) })).toContain(
      "none was chosen",
    );
  });

  test("of contracts alone has neither lines nor money", () => {
    const html = page({ comparison: { ...compare({}), contracts: 12 } });
    expect(html).toContain("<b>12</b>contracts compared");
    expect(html).not.toContain("of 0 lines");
  });
});

test("the trend is a line through the runs, and none where there is one run", () => {
  const html = trendLine([run(7, 90), run(8, 95), run(9, 100)], "JPY", "UTC");
  expect(html.match(/<circle/g)).toHaveLength(3);
  expect(html).toContain("from 90.00 % to 100 % over 3 comparisons");
  expect(trendLine([run(9, 100)], "JPY", "UTC")).toBe("");
  expect(trendLine([run(8, 95), run(9, 100)], "USD", "UTC")).toBe("");
});

test.each([
  [1, "100 %"],
  [0.99999, "99.99 %"],
  [0.5, "50.00 %"],
  [0, "0.00 %"],
])("%d is %s: never rounded up to all of it", (share, says) => expect(percent(share)).toBe(says));
