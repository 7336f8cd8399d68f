import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { RefundLine } from "../../../../core/refunds/payment-line.ts";
import { dateIn, type Language, languages, moneyIn, words } from "../../../../operator/refunds/letter/language.ts";
import { lettersSink } from "../../../../operator/refunds/letter/letters-sink.ts";
import { letterPage } from "../../../../operator/refunds/letter/page.ts";
import type { Ending } from "../../../../operator/refunds/list/ending.ts";
import { catchOutput } from "../../command-line.ts";

const records = { from: Date.UTC(2024, 10, 19, 15), zone: "Asia/Tokyo" };
const asOf = Date.UTC(2026, 10, 20, 12);
const line: RefundLine = {
  source: "shop",
  contract: "sub_1",
  account: "a-17",
  id: "ch_1",
  ids: ["ch_1"],
  isEstimated: false,
  at: Date.UTC(2026, 8, 30, 15),
  currency: "JPY",
  charged: 1_980,
  refunded: 0,
  chargedBack: 0,
  byHand: 0,
  left: 1_980,
};
const estimate: RefundLine = { ...line, id: "estimate:shop/sub_1@2024-10-31", ids: [], isEstimated: true, at: Date.UTC(2024, 9, 31, 3) };

const page = (language: Language, lines: readonly RefundLine[], sender?: string) =>
  letterPage({ name: "a-17", lines, asOf, records, sender }, language);

/** Without markup, one cell or paragraph a line. */
const textOf = (html: string): string =>
  html
    .slice(html.indexOf("<body>"))
    .replace(/<[^>]+>/g, "\n")
    .replace(/\n+/g, "\n");

describe("a letter in Japanese", () => {
  test("writes dates, yen and other money as Japanese does, in the deployment's zone", () => {
    expect(dateIn("ja", line.at, "Asia/Tokyo")).toBe("2026年10月1日");
    expect(moneyIn("ja", { minor: 1_234_567, currency: "JPY" })).toBe("1,234,567円");
    expect(moneyIn("ja", { minor: 1_950, currency: "USD" })).toBe("19.50米ドル");
    const text = textOf(page("ja", [line], "株式会社例"));
    for (const part of [
      "お客様番号 a-17 様",
      "2026年11月20日",
      "株式会社例",
      "ご返金のお知らせ",
      "2026年10月1日",
      "1,980円",
      "日付は日本時間によります。",
    ])
      expect(text).toContain(part);
    expect(text).not.toContain("推定");
  });

  test("marks each estimated line and the sum, and says what they rest on", () => {
    const text = textOf(page("ja", [estimate, line]));
    expect(text).toContain("ご契約番号 \nsub_1\n2024年10月31日\n推定\n1,980円\n1,980円");
    expect(text.match(/ご返金額の合計（推定を含みます） ?\n3,960円/g)).toHaveLength(2);
    expect(text).toContain("2024年11月20日より前のご請求を");
  });
});

describe("a letter in English", () => {
  test("writes dates and money as English does", () => {
    expect(dateIn("en", line.at, "Asia/Tokyo")).toBe("1 October 2026");
    expect(moneyIn("en", { minor: 1_234_567, currency: "JPY" })).toBe("¥1,234,567");
    expect(moneyIn("en", { minor: 1_950, currency: "USD" })).toBe("US$19.50");
    expect(moneyIn("en", { minor: 1_500, currency: "KWD" }).replace(/\s/g, " ")).toBe("KWD 1.500");
    const text = textOf(page("en", [line]));
    for (const part of [
      "Customer a-17",
      "20 November 2026",
      "Your refund",
      "1 October 2026",
      "¥1,980",
      "Dates are in the time zone Asia/Tokyo.",
    ])
      expect(text).toContain(part);
  });

  test("shows what went back before, a single purchase as one, and no sum of two currencies", () => {
    const { contract: _, ...single } = { ...line, order: "A-7", refunded: 80, left: 1_900 };
    const dollars = { ...line, id: "ch_2", currency: "USD", charged: 1_950, left: 1_950 };
    const text = textOf(page("en", [single, dollars]));
    expect(text).toContain("Single purchases\n1 October 2026\nA-7\n¥1,980\n¥80\n¥1,900");
    expect(text).toContain("Total refund\n¥1,900\nTotal refund\nUS$19.50");
  });
});

test("both languages say the same things", () => {
  const keys = (value: object): readonly string[] =>
    Object.entries(value).flatMap(([name, one]) => (typeof one === "object" ? keys(one as object).map((key) => `${name}.${key}`) : [name]));
  expect(keys(words.ja)).toEqual(keys(words.en));
});

test("an id from outside is text, and the page loads and runs nothing", () => {
  const html = page("en", [{ ...line, id: '<img src=x onerror="alert(1)">', contract: "'&\u202e" }], "<script>");
  expect(html).not.toMatch(/<img|<script|https?:|url\(|@import/);
  expect(html).toContain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;");
  expect(html).toContain("&#39;&amp;\\u202e");
  expect(html).toContain("default-src 'none'");
});

describe("the folder of letters", () => {
  const ending = { asOf, records } as Ending;
  const written = async (lines: readonly RefundLine[], folder = join(mkdtempSync(join(tmpdir(), "letters-")), "new", "folder")) => {
    const { terminal, said } = catchOutput();
    const sink = lettersSink(terminal, { folder, languages });
    for (const one of lines) await sink.add([one]);
    await sink.end(ending);
    return { files: readdirSync(folder).sort(), said };
  };

  test("has one for each customer, whatever the name, and none for whom nothing is left", async () => {
    const { account: _, ...nameless } = { ...line, customer: "cus_1" };
    const { files, said } = await written([
      line,
      { ...line, id: "ch_2" },
      { ...line, account: "A-17" },
      { ...line, account: "../会員/1" },
      { ...line, account: "../会員/2" },
      nameless,
      { ...line, account: "a-18", left: 0 },
    ]);
    expect(said).toEqual([expect.stringMatching(/^10 letters to 5 customers in /)]);
    expect(files.flatMap((name) => (name.endsWith(".ja.html") ? [name.replace(/-[0-9a-f]{8}\./, "-HASH.")] : []))).toEqual([
      "1-HASH.ja.html",
      "2-HASH.ja.html",
      "a-17-HASH.ja.html",
      "a-17.ja.html",
      "cus_1-HASH.ja.html",
    ]);
  });

  test("that cannot be made is named", async () => {
    const taken = join(mkdtempSync(join(tmpdir(), "letters-")), "file");
    writeFileSync(taken, "");
    await expect(written([line], taken)).rejects.toThrow(`${taken} cannot be written`);
  });
});
