import { readFileSync } from "node:fs";
import { join } from "node:path";
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

const withoutStyle = (html: string): string => html.replace(/<style>[\s\S]*<\/style>/, "<style></style>");
const words = (html: string): string => html.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");

describe("the page", () => {
  test("of a month in which everything happened is the one beside this file", () => {
    const clean = { ...file, name: "clean.csv", layout: "other", leftOut: [], brokenLines: 0, broken: [] };
    const leftOut = [...file.leftOut, { why: { kind: "totals" }, lines: 1, first: 9 }] as const;
    const cut = { ...file, name: `it's "<&>".csv`, leftOut, isCut: true, openEnd: "amount" };
    const names = { contract: "c-3", customer: "u-3", order: "o-3", line: "l-3" };
    const found = compare({
      lines: [
        line("p-1"),
        line("p-2", { amount: yen(500) }),
        line(["p-3", "pi-3"], names),
        line("p-1", { type: "refund", refund: "r-1", amount: yen(620), at: october + 30 * day }),
        line("", { order: "#1", at: october + 2.5 * day }),
      ],
      payments: [
        payment("p-1", { movements: [movement({ late: 30 * 3_600_000 })] }),
        payment("p-2", { movements: [movement({ amount: yen(400) })] }),
        ...["p-4", "p-5"].map((id) => payment(id, { order: "#1", movements: [movement({ at: october + 2 * day })] })),
      ],
      traces: { find: (about) => (about === "refund" ? { cause: "sent, not received", record: "shop/q" } : undefined) },
    });
    const differs = { cause: "application differs", symptom: "data", class: "A2" } as const;
    const states = { theirs: "cancelled", ours: "entitled" };
    const contract = {
      id: "shop/contract:c-9",
      about: "contract",
      at: october,
      names: { payment: [], contract: "c-9", account: "a-9" },
    } as const;
    const all = {
      ...found,
      differences: [...found.differences, { ...differs, ...contract, states }],
      sums: [...found.sums, { ...differs, count: 1, minor: 0 }],
      contracts: 2,
    };
    const html = page({
      comparison: all,
      files: [clean, cut],
      // The same month was compared before.
      earlier: [run(8, 90), { ...run(9, 50), asOf: all.asOf }, run(7, 95)],
      madeAt: all.asOf + 2.5 * day,
      deployment: "pay & co",
    });
    expect(withoutStyle(html)).toBe(readFileSync(join(import.meta.dirname, "example.html"), "utf8"));
  });

  test("of nothing has no table of what differs, and no trend", () => {
    const main = page({ comparison: compare({}), files: [], earlier: [run(8, 90)], madeAt: 0 }).match(
      /<main>[\s\S]*<h2>What was read/,
    )?.[0];
    const told = "Everything that the gateway exported is recorded alike, and nothing that is recorded is missing in the export.";
    expect(main?.replace(/<p class="soft">.*/, "")).toBe(
      `<main>\n<h1>Reconciliation of shop</h1>\n\n<ul class="headline"><li><b class="good">0</b>differences</li></ul>\n<p>${told}</p>\n\n\n\n\n<h2>What was read`,
    );
    expect(page({ comparison: compare({ lines: [line("p-1")] }) })).not.toContain("from month to month");
  });

  test("speaks of one as of one, and of a report that was made before the time was over as of no day after it", () => {
    const one = compare({ lines: [line("p-1")] });
    const said = words(page({ comparison: { ...one, contracts: 1 }, madeAt: one.asOf - 3 * day }));
    expect(said).toContain(
      "of 1,980 JPY, 0 days after the period's end 0 of 1 line agree with the records 1 contract compared 1 difference 1 diff",
    );
    expect(said).toContain("1 difference has to be looked at; at stake in them: 1,980 JPY.");
    expect(page({ comparison: { ...one, sums: [] } })).toContain("<p>1 difference has to be looked at.</p>");
    const open = {
      ...compare({}),
      undecided: [{ by: "moment", about: "charge", name: "", lines: [], payments: [{ payment: [] }] }],
    } as const;
    const html = page({ comparison: open });
    expect(html).toContain("0</b>differences, and 1 undecided");
    expect(html).toContain(
      '<tr><td>moment</td><td>charge</td><td class="number"></td><td class="number">0</td><td><code></code></td></tr>',
    );
    expect(html).toContain("<p>0 differences have to be looked at.</p>");
  });

  test("adds up what is at stake by currency, and says where it is a part", () => {
    const cause = "export wrong" as const;
    const of = (...sums: readonly ["over" | "under" | "split" | "missing", number, string][]) =>
      words(
        page({
          comparison: { ...comparison, sums: sums.map(([symptom, minor, currency]) => ({ cause, symptom, minor, currency, count: 1 })) },
        }),
      );
    expect(of(["missing", 5, "JPY"], ["missing", 250, "USD"], ["missing", 6, "JPY"])).toContain("at stake in them: 11 JPY, 2.50 USD. ");
    for (const symptom of ["over", "under", "split"] as const) expect(of([symptom, 5, "JPY"])).toContain("not explained as a whole");
    expect(of(["missing", 5, "JPY"])).not.toContain("not explained as a whole");
  });

  test("ends with the last day that is in it, by the clocks of its zone", () => {
    const midnight = Date.parse("2026-11-01T00:00:00+09:00");
    const until = (asOf: number) => page({ comparison: { ...comparison, asOf } }).match(/ to (.*?)\. Made/)?.[1];
    expect(until(midnight)).toBe('the end of <time datetime="2026-10-31T14:59:59.999Z">2026-10-31</time>');
    expect(until(midnight + 1)).toBe('<time datetime="2026-10-31T15:00:00.001Z">2026-11-01</time>');
  });

  test("says how long something has been missing: in hours up to two days, and nothing of less than an hour", () => {
    const hour = 3_600_000;
    const age = (missing: number) => {
      const [first] = comparison.differences.map((one) => ({ ...one, age: missing }));
      return page({ comparison: { ...comparison, differences: first ? [first] : [] } }).match(/<td>(\w+: [^<]*)</)?.[1];
    };
    expect([hour - 1, hour, 47.9 * hour, 48 * hour, 80 * hour].map(age)).toEqual(
      ["", ", 1 hour", ", 47 hours", ", 2 days", ", 3 days"].map((said) => `charge: never sent, missing${said}`),
    );
  });

  test("names fifty broken lines of a file, and how many more there are", () => {
    const broken = (count: number) => {
      const lines = Array.from({ length: count }, (_, index) => ({ number: index + 1, problem: { kind: "quotes" } as const }));
      return page({ files: [{ ...file, brokenLines: count, broken: lines, leftOut: [] }] });
    };
    expect(broken(50)).toContain("line 50:");
    expect(broken(50)).not.toContain("more</td>");
    expect(broken(52)).not.toContain("line 51:");
    expect(broken(52)).toContain("<br>... and 2 more</td>");
  });

  test("lists ten thousand differences, and says of more where they are", () => {
    const [one] = comparison.differences;
    const html = page({ comparison: { ...comparison, differences: new Array(10_001).fill(one) } });
    expect(html).toContain("<caption>The first 10000 of 10001: the CSV has them all</caption>");
  });

  test("calls what has no other name by the name of its line", () => {
    expect(page({ comparison: compare({ lines: [line("", { line: "l-1" })] }) })).toContain("<td>line <code>l-1</code></td>");
  });

  test("keeps a table of up to six rows together on paper, and looks as its style says", () => {
    const rows = (count: number) => page({ files: new Array(count).fill(file) }).match(/What was read<\/h2>\n<div class="([^"]*)"/)?.[1];
    expect([rows(6), rows(7)]).toEqual(["wide together", "wide"]);
    expect(page()).toMatch(/<style>:root \{[\s\S]*prefers-color-scheme: dark[\s\S]*@media print/);
  });

  test("shows the trend of the currency that was moved most", () => {
    const money = [
      { currency: "JPY", moved: 100, explained: 50 },
      { currency: "USD", moved: 200, explained: 100 },
    ];
    const earlier = [{ ...run(7, 90), money }];
    expect(page({ comparison: { ...comparison, money }, earlier })).toContain("Explained of USD: from 50.00 %");
    expect(page({ comparison: { ...comparison, money: [] }, earlier })).not.toContain("from month to month");
  });

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
  expect(trendLine([run(8, 90), run(9, 100)], "JPY", "UTC").match(/<circle/g)).toHaveLength(2);
  // From just below the least to all: what is between is what is looked for.
  const heights = (...explained: readonly number[]) =>
    [
      ...trendLine(
        explained.map((one, index) => run(index, one)),
        "JPY",
        "UTC",
      ).matchAll(/cy="([^"]*)"/g),
    ].map(([, y]) => y);
  expect(heights(100, 100)).toEqual(["16.0", "16.0"]);
  expect(heights(100, 99.9)).toEqual(["16.0", "74.0"]);
  expect(heights(100, 60, 80)).toEqual(["16.0", "108.8", "62.4"]);
  expect(heights(0, 100)).toEqual(["132.0", "16.0"]);
  expect(trendLine([run(8, 100), run(9, 100)], "JPY", "UTC")).toContain('<text x="0" y="20.0"></text>');
  expect(trendLine([run(9, 100)], "JPY", "UTC")).toBe("");
  expect(trendLine([run(8, 95), run(9, 100)], "USD", "UTC")).toBe("");
});

test.each([
  [1, "100 %"],
  [0.99999, "99.99 %"],
  [0.5, "50.00 %"],
  [0, "0.00 %"],
])("%d is %s: never rounded up to all of it", (share, says) => expect(percent(share)).toBe(says));
