/** Files with one fault each, and what becomes of them: read, named lines, or refused as a whole with where and what to do. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import type { MoneyLayout } from "../../../core/mapping/layout.ts";
import type { ExportLine } from "../../../core/reconcile/export-line.ts";
import { leftOutText } from "../../../core/reconcile/file-report.ts";
import type { Candidate } from "../../../core/reconcile/layout/recognise.ts";
import { columnOf } from "../../../core/reconcile/reading/cells/problem.ts";
import type { Stated } from "../../../core/reconcile/reading/rules/stated.ts";
import { exportKinds } from "../../../gateways/registry/export-kinds.ts";
import { type ExportFile, fileAt } from "../../../io/exports/file.ts";
import { openExport, readExport } from "../../../io/exports/read-export.ts";
import { eachRecord } from "../../../io/exports/records.ts";

/** In pieces, so that lines, line ends and characters are cut. */
const inPieces = (bytes: Uint8Array, size: number): ExportFile => ({
  name: "october.csv",
  async *open() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  },
});

interface Settings {
  readonly stated?: Stated;
  readonly kinds?: readonly Candidate[];
  readonly size?: number;
}

const read = async (content: string | Uint8Array, { stated = {}, kinds = exportKinds, size = 7 }: Settings = {}) => {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  const opened = await openExport(inPieces(bytes, size), { kinds, stated });
  const lines: ExportLine[] = [];
  const report = await readExport(opened, stated, (line) => lines.push(line));
  return { report, lines };
};

/** `3 1980, 5: quotes`: good lines with their amounts, then what is broken and left out. */
const outcome = async (content: string | Uint8Array, settings?: Settings): Promise<string> => {
  try {
    const { report, lines } = await read(content, settings);
    const good = lines.map((line) => `${line.number} ${line.kind === "money" ? line.amount?.minor : line.state}`);
    const broken = report.broken.map(
      ({ number, problem }) => `${number}: ${problem.kind}${columnOf(problem) === undefined ? "" : ` ${columnOf(problem)}`}`,
    );
    const left = report.leftOut.map(({ why, lines: some, first }) => `(${first}: ${some} ${leftOutText(why)})`);
    return [...good, ...broken, ...left].join(", ") || "nothing";
  } catch (error) {
    return (error as Error).message;
  }
};

const header = "balance_transaction_id,created_utc,currency,gross,fee,reporting_category,source_id,description\n";
const line = (id: number, changes: { amount?: string; currency?: string; memo?: string; at?: string; type?: string } = {}): string =>
  `txn_${id},${changes.at ?? "2026-10-01 10:00:00"},${changes.currency ?? "jpy"},${changes.amount ?? "1980"},0,${changes.type ?? "charge"},ch_${id},${changes.memo ?? "x"}\n`;
const good = header + line(1) + line(2);

describe("is read:", () => {
  test.each([
    ["plain", good, "2 1980, 3 1980"],
    ["a byte order mark", `\uFEFF${good}`, "2 1980, 3 1980"],
    ["CRLF", good.replaceAll("\n", "\r\n"), "2 1980, 3 1980"],
    ["bare CR", good.replaceAll("\n", "\r"), "2 1980, 3 1980"],
    ["line ends of both kinds", header.replace("\n", "\r\n") + line(1) + line(2).replace("\n", "\r\n"), "2 1980, 3 1980"],
    ["no line end at its end", good.trimEnd(), "2 1980, 3 1980"],
    ["everything quoted", good.replace(/[^,\n]+/g, '"$&"'), "2 1980, 3 1980"],
    ["tabs", good.replaceAll(",", "\t"), "2 1980, 3 1980"],
    ["semicolons", good.replaceAll(",", ";"), "2 1980, 3 1980"],
    ["a title above the header", `Report of October\n\n${good}`, "4 1980, 5 1980"],
    ["nothing but a header", header, "nothing"],
    ["a line break in a text that is not read", header + line(1, { memo: '"one\r\ntwo"' }) + line(2), "2 1980, 4 1980"],
    ["empty lines", `${header}\n${line(1)}\n\n${line(2)}\n`, "3 1980, 6 1980, (2: 4 empty)"],
    ["two currencies", header + line(1) + line(2, { currency: "usd", amount: "19.80" }), "2 1980, 3 1980"],
    ["a line twice", header + line(1) + line(1), "2 1980, 3 1980"],
    ["full-width digits", header + line(1, { amount: '"１，９８０"' }), "2 1980"],
    [
      "two columns of one name that are not read",
      good.replace(",description", ",description,description").replaceAll(",x\n", ",x,y\n"),
      "2 1980, 3 1980",
    ],
  ])("%s", async (_, content, says) => expect(await outcome(content)).toBe(says));

  test("UTF-16 with a mark, and without one, in pieces of any size", async () => {
    for (const charset of ["utf-16le", "utf-16be"])
      for (const addBOM of [true, false])
        for (const size of [1, 2, 3, 1_000])
          expect(await outcome(iconv.encode(good, charset, { addBOM }), { size })).toBe("2 1980, 3 1980");
  });

  test("a charset whose bytes are all ASCII, and whose letters are not", async () => {
    // 円 in ISO-2022-JP.
    const yen = Buffer.from([0x1b, 0x24, 0x42, 0x31, 0x5f, 0x1b, 0x28, 0x42]);
    const bytes = Buffer.concat([
      Buffer.from(header),
      Buffer.from("txn_1,2026-10-01 10:00:00,"),
      yen,
      Buffer.from(",1980,0,charge,ch_1,x\n"),
    ]);
    expect(await outcome(bytes, { stated: { charset: "iso-2022-jp" } })).toBe("2 1980");
  });

  test("a charset in which its header makes words, and CP932's own letters", async () => {
    const text =
      "取引番号,加盟店ID,屋号,取引ステータス,取引日時,取引金額,加盟店決済ID\r\n1,1,①㈱髙﨑～ﾔﾏ,取引完了,2026/10/01 09:00:00,1980,mp\r\n";
    for (const charset of ["cp932", "euc-jp", "utf-8"])
      expect([charset, await outcome(iconv.encode(text, charset))]).toEqual([charset, "2 1980"]);
  });
});

describe("is named, and the rest is read:", () => {
  test.each([
    ["a quote that is never closed", header + line(1, { memo: '"x' }) + line(2) + line(3), "3 1980, 4 1980, 2: quotes"],
    ["text behind a quote", header + line(1, { memo: '"x"y' }) + line(2), "3 1980, 2: quotes"],
    ["a quote within", header + line(1, { memo: 'x"y' }) + line(2), "3 1980, 2: quotes"],
    ["too few columns", `${header}txn_1,2026-10-01 10:00:00,jpy\n${line(2)}`, "3 1980, 2: columns"],
    ["too many columns", header + line(1, { memo: "x,y" }) + line(2), "3 1980, 2: columns"],
    ["a file that ends in a line", header + line(1) + line(2).slice(0, 30), "2 1980, 3: cut off"],
    ["a file that ends in a quote", `${header}${line(1)}txn_2,2026-10-01 10:00:00,jpy,1980,0,charge,ch_2,"hal`, "2 1980, 3: cut off"],
    ["a control character in an id", header + line(1).replace("ch_1", "ch_\x071") + line(2), "3 1980, 2: control source_id"],
    [
      "a run of zero bytes in the place of a line",
      `${header}${line(1)}${"\0".repeat(300)}\n${line(2)}`,
      "2 1980, 4 1980, 3: NUL balance_transaction_id",
    ],
    ["a currency that does not exist", header + line(1, { currency: "xxq" }) + line(2), "3 1980, 2: currency currency"],
    ["a zero byte", header + line(1, { memo: "a\0b" }) + line(2), "3 1980, 2: NUL description"],
    ["a date that is none", header + line(1, { at: "2026-02-30 10:00:00" }) + line(2), "3 1980, 2: date created_utc"],
    ["a date of an era", header + line(1, { at: "令和8年10月1日" }) + line(2), "3 1980, 2: date created_utc"],
    ["a spreadsheet's date", header + line(1, { at: "46296.41" }) + line(2), "3 1980, 2: date created_utc"],
    ["an amount that is none", header + line(1, { amount: "1.98E+03" }) + line(2), "3 1980, 2: amount gross"],
    ["more digits than the currency has", header + line(1, { amount: "19.80" }) + line(2), "3 1980, 2: amount gross"],
    ["a charge that is negative", header + line(1, { amount: "-1980" }) + line(2), "3 1980, 2: sign gross"],
    ["a refund that is not", header + line(1, { type: "refund" }) + line(2), "3 1980, 2: sign gross"],
    ["a currency that is none", header + line(1, { currency: "yen!" }) + line(2), "3 1980, 2: currency currency"],
    [
      "a type that nobody knows",
      header + line(1, { type: "new" }) + line(2),
      '3 1980, (2: 1 with "new" in "reporting_category", which is not known)',
    ],
    ["totals", `${header}${line(1)}合計,,,1980,0,,,\n`, "2 1980, (3: 1 of totals)"],
    ["totals in a line of their own length", `${header}${line(1)}Total,,,1980\n`, "2 1980, (3: 1 of totals)"],
    ["an end mark", `${header}${line(1)}<END>\n`, "2 1980, (3: 1 of totals)"],
  ])("%s", async (_, content, says) => {
    for (const size of [1, 7, 1_000_000]) expect([size, await outcome(content, { size })]).toEqual([size, says]);
  });

  test("a line that is longer than any, and what follows it", async () => {
    const long = header + line(1, { memo: `"${"x".repeat(300_000)}"` }) + line(2);
    for (const size of [1_000, 65_536, 1_000_000]) expect(await outcome(long, { size })).toBe("3 1980, 2: too long");
  });

  test("bytes that are not UTF-8, in a column that is read", async () => {
    const broken = Buffer.from(header + line(1) + line(2));
    broken[broken.indexOf("ch_1")] = 0xff;
    expect(await outcome(broken)).toBe("3 1980, 2: charset source_id");
    const elsewhere = Buffer.from(header + line(1) + line(2));
    elsewhere[elsewhere.indexOf(",x\n") + 1] = 0xff;
    expect(await outcome(elsewhere)).toBe("2 1980, 3 1980");
  });
});

const bank: MoneyLayout = {
  name: "bank",
  title: "a bank",
  about: "money",
  payment: ["番号"],
  at: [{ columns: ["日付"], formats: ["yyyy/MM/dd"], zone: "Asia/Tokyo" }],
  amount: { column: ["本体"], sign: "unsigned", unit: "major" },
  currency: "JPY",
};

test("the yen sign of Shift_JIS, which other charsets have as a backslash", async () => {
  const text = iconv.encode('番号,日付,本体\r\n1,2026/10/01,"\\1,980"\r\n2,2026/10/01,￥100\r\n', "cp932");
  expect(await outcome(text, { kinds: [bank] })).toBe("2 1980, 3 100");
});

test("a last line without an end is said where it may be cut unseen", async () => {
  const text = "番号,日付,本体\n1,2026/10/01,1980\n2,2026/10/01,19";
  expect((await read(text, { kinds: [bank] })).report).toMatchObject({ lines: 2, openEnd: "本体" });
  expect((await read(`${text}80\n`, { kinds: [bank] })).report).not.toHaveProperty("openEnd");
  // A description that is not read may be cut, and a line that is known to be cut needs no second word.
  expect((await read(good.trimEnd())).report).not.toHaveProperty("openEnd");
  expect((await read(text.slice(0, -8), { kinds: [bank] })).report).not.toHaveProperty("openEnd");
});

describe("is refused, with what to do:", () => {
  test.each([
    ["an empty file", "", "october.csv: the file is empty. Fetch it again"],
    ["nothing but a mark", "\uFEFF", "the file is empty"],
    ["nothing but empty lines", "\n\n", "the file is empty"],
    ["another file", "a,b,c\n1,2,3\n", "none of the kinds of export that are known"],
    [
      "columns that are missing",
      "balance_transaction_id,currency,gross,created_utc\n1,jpy,1,x\n",
      'it is most like Stripe\'s itemised balance or payout reconciliation report, but has no column "reporting_category"',
    ],
    [
      "a header that is cut off in a quote",
      '"balance_transaction_id","created_u',
      "line 1: its first lines cannot be read: their quotes do not match",
    ],
    ["a column twice", good.replace("fee", "gross"), "october.csv, line 1: it looks like Stripe's itemised"],
    [
      "no line that can be read",
      header + line(1, { at: "soon" }),
      'october.csv, line 2: none of its lines can be read; of the first, column "created_utc"',
    ],
    [
      "a card number",
      header + line(1) + line(2, { memo: "4111 1111 1111 1111" }),
      'october.csv, line 3: the column "description" has full card numbers. Fetch it without them, or leave the column unread with --skip-column "description"',
    ],
  ])("%s", async (_, content, says) => expect(await outcome(content)).toContain(says));

  const zip = (name: string) => `PK\x03\x04\x14\0\x06\0\x08\0${"\0".repeat(20)}${name}${"\x01\x9c".repeat(90)}`;
  test.each([
    [
      "a workbook",
      zip("[Content_Types].xml"),
      'it is an Excel workbook, and no CSV. Fetch the export as CSV; where there is none, save it in Excel as "CSV UTF-8"',
    ],
    ["an old workbook", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "it is an Excel workbook"],
    ["an archive", zip("october.csv"), "it is a ZIP archive, and no CSV. Unpack it"],
    ["a compressed file", "\x1f\x8b\x08\0\0", "it is compressed by gzip"],
    ["an encrypted file", "-----BEGIN PGP MESSAGE-----\n", "it is encrypted by PGP"],
    ["a PDF", "%PDF-1.7\n", "it is a PDF"],
    [
      "a web page",
      "<!DOCTYPE html>\n<html><body>Sign in</body></html>",
      "it is a web page, and no CSV. The sign-in there may have run out",
    ],
    ["a table of a web page, which is named .xls", "<table border=1><tr><td>1</td></tr></table>", "it is a web page"],
    ["JSON", '{"data":[{"id":"ch_1","amount":1980}]}', "it is JSON, and no CSV"],
    ["anything else that is no text", "\x01\x02\x03\x04,\x05\n\x06", "it is binary, and no CSV"],
  ])("%s", async (_, content, says) => expect(await outcome(Buffer.from(content, "latin1"))).toContain(`october.csv: ${says}`));

  test("UTF-16 and a byte order mark are none of these", async () => {
    const text = good.replace("\n", "\n").replaceAll("ch_", "決済、");
    expect(await outcome(iconv.encode(text, "utf-16le", { addBOM: true }))).toBe("2 1980, 3 1980");
    expect(await outcome("\uFEFF<html>x")).toContain("it is a web page");
  });

  test("a card number among ids of another kind, and with the column left unread", async () => {
    const text = good.replace("ch_1", "4111111111111111");
    expect(await outcome(text)).toContain('line 2: the column "source_id" has full card numbers');
    const { lines } = await read(text, { stated: { skip: ["source_id"] } });
    expect(JSON.stringify(lines)).not.toContain("4111");
    expect(lines).toMatchObject([{ line: "txn_1" }, { line: "txn_2" }]);
  });

  test("a column that is left unread, and cannot be spared", async () => {
    expect(await outcome(good, { stated: { skip: ["gross"] } })).toContain('amount: the file has no column "gross"');
  });

  test("a file that lacks a mapping's columns, with those that it has", async () => {
    const mapping: MoneyLayout = { ...bank, payment: ["決済ID"] };
    const said = await outcome(iconv.encode("番号,日付,本体\r\n1,2026/10/01,1980\r\n", "cp932"), { kinds: [mapping] });
    expect(said).toContain(
      'a bank reads "決済ID", which it does not have. It has "番号", "日付", "本体". Write its columns into the mapping',
    );
    expect(await outcome("1,2026/10/01,1980\n", { kinds: [mapping] })).toContain('If it has no header, write "header": "none"');
  });

  test("a zone that nobody stated", async () => {
    const said = await outcome(good.replace("created_utc", "created"));
    expect(said).toContain('"created": the file does not say in which time zone its times are. Say it with --zone');
    expect(await outcome(good.replace("created_utc", "created"), { stated: { zone: "Asia/Tokyo" } })).toBe("2 1980, 3 1980");
  });

  test("a column with cards that is to be skipped is not looked at", async () => {
    expect(await outcome(header + line(1, { memo: "4111111111111111" }), { stated: { skip: ["description"] } })).toBe("2 1980");
  });

  test("a file that is not there", async () => {
    await expect(fileAt("/nowhere/x.csv")).rejects.toThrow("cannot be read");
    await expect(fileAt(tmpdir())).rejects.toThrow("is no file");
  });

  test("whatever the reason, without a word of what is in it", async () => {
    const secret = "SECRET-4111111111111111";
    const contents = [
      `${secret},b\n1,2\n`,
      header + line(1, { memo: secret }),
      header + line(1, { at: secret }),
      header + line(1, { amount: secret }),
    ];
    for (const content of contents) expect(await outcome(content)).not.toContain("SECRET");
  });
});

test("a mapping reads what no kind knows: dates of an era, a decimal comma, columns that are added up", async () => {
  const mapping: MoneyLayout = {
    name: "bank",
    title: "a bank",
    about: "money",
    charset: "shift_jis",
    payment: ["番号"],
    at: [{ columns: ["日付"], formats: ["japanese-era"], zone: "Asia/Tokyo" }],
    amount: { add: ["本体", "税"], unit: "major" },
    currency: "JPY",
  };
  const text = '番号,日付,本体,税\r\n1,令和8年10月1日,"1,800",180\r\n2,R8.10.2,1000,\r\n';
  const { lines } = await read(iconv.encode(text, "cp932"), { kinds: [mapping] });
  expect(lines).toMatchObject([
    { amount: { minor: 1_980 }, at: Date.parse("2026-09-30T15:00:00Z"), isDay: true },
    { amount: { minor: 1_000 }, at: Date.parse("2026-10-01T15:00:00Z") },
  ]);
});

test("a file on disk is the same, and its report knows it by its bytes", async () => {
  const path = join(mkdtempSync(join(tmpdir(), "export-")), "october.csv");
  writeFileSync(path, good);
  const opened = await openExport(await fileAt(path), { kinds: exportKinds, stated: {} });
  const report = await readExport(opened, {}, () => {});
  expect(report).toMatchObject({
    name: "october.csv",
    layout: "stripe-itemised",
    lines: 2,
    sums: [{ type: "charge", outcome: "done", currency: "JPY", lines: 2, minor: 3_960 }],
    first: Date.parse("2026-10-01T10:00:00Z"),
    last: Date.parse("2026-10-01T10:00:00Z"),
    sha256: (await read(good)).report.sha256,
  });
});

describe("records", () => {
  const records = async (text: string, size: number) => {
    const seen: string[] = [];
    const chunks = async function* () {
      const bytes = Buffer.from(text);
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    };
    await eachRecord(
      chunks(),
      { separator: ",", lineEnds: ["\r\n", "\n", "\r"] },
      {
        record: (cells, number) => void seen.push(`${number} ${JSON.stringify(cells)}`),
        broken: (number, problem) => void seen.push(`${number} ${problem.kind}`),
      },
    );
    return seen;
  };

  const cell = fc.oneof(fc.stringMatching(/^[a-z0-9 ]{0,6}$/), fc.constantFrom("a,b", 'say "x"', "one\r\ntwo", "one\ntwo\nthree"));
  const row = fc.array(cell, { minLength: 2, maxLength: 4 });
  const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

  test("come back as they were written, each with the line on which it begins, in pieces of any size", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom("\n", "\r\n"),
        async (rows, size, end) => {
          let number = 1;
          const expected = rows.map((cells) => {
            const said = `${number} ${JSON.stringify(cells)}`;
            number += 1 + (cells.join("").match(/\r\n|\n/g)?.length ?? 0);
            return said;
          });
          expect(await records(rows.map((cells) => cells.map(quoted).join(",") + end).join(""), size)).toEqual(expected);
        },
      ),
    );
  });

  test("with faults between them: no fault takes a neighbour with it, and none is silent", async () => {
    const faults = fc.constantFrom('a,"b', 'a,"b"c,d', 'a,b"c');
    const plain = fc.constantFrom("1,2", "a b,c", "k,l,m");
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(plain, plain, faults), { minLength: 1, maxLength: 10 }),
        fc.integer({ min: 1, max: 30 }),
        async (lines, size) => {
          const seen = await records(`${lines.join("\n")}\n`, size);
          const expected = lines.map((text, index) =>
            text.includes('"') ? `${index + 1} quotes` : `${index + 1} ${JSON.stringify(text.split(","))}`,
          );
          expect(seen).toEqual(expected);
        },
      ),
    );
  });
});
