import { describe, expect, test } from "vitest";
import { checkMapping } from "../../../../core/mapping/check-mapping.ts";
import { propose } from "../../../../core/reconcile/layout/propose.ts";
import type { Head } from "../../../../core/reconcile/layout/recognise.ts";

const head = (rows: readonly (readonly string[])[], more: Partial<Head> = {}): Head => ({
  charset: "utf-8",
  separator: ",",
  rows,
  ...more,
});

const sales = [
  ["受注ID", "トラッキングID", "処理日時", "決済金額", "手数料", "処理区分", "結果", "カード番号"],
  ["O-1", "T-1", "2026/10/01 10:00:00", "1,980", "60", "売上", "成功", "4111********1111"],
  ["O-2", "T-2", "2026/10/02 10:00:00", "500", "15", "謎", "失敗", "4111********1111"],
];

test("columns are found by their names, and what the file does not show has to be told", () => {
  const proposal = propose([head(sales, { charset: "shift_jis" })], "sbps");
  expect(proposal?.mapping).toEqual({
    name: "sbps",
    about: "money",
    charset: "shift_jis",
    order: ["受注ID"],
    skip: ["カード番号"],
    payment: ["トラッキングID"],
    type: { column: ["処理区分"], meanings: { 売上: "charge" } },
    outcome: { column: ["結果"], meanings: { 成功: "done", 失敗: "failed" } },
    at: [{ columns: ["処理日時"], formats: ["yyyy/M/d H:mm:ss"] }],
    amount: { column: ["決済金額"], sign: "unsigned" },
  });
  const told = proposal?.toTell.join("\n");
  for (const what of ["currency", "unit", "zone", "type.meanings"]) expect(told).toContain(what);
});

test("it is refused until the unit is there, and is a mapping then", () => {
  const proposal = propose([head(sales)], "sbps");
  expect(checkMapping(proposal?.mapping).kind).toBe("problems");
  expect(checkMapping({ ...proposal?.mapping, amount: { column: ["決済金額"], sign: "unsigned", unit: "major" } }).kind).toBe("mapping");
});

test("a list of contracts is one by the words of its states", () => {
  const rows = [
    ["契約ID", "顧客ID", "契約状態", "開始日", "月額料金"],
    ["C-1", "U-1", "契約中", "令和8年1月5日", "980"],
    ["C-2", "U-2", "解約", "令和8年2月5日", "980"],
  ];
  expect(propose([head(rows)], "contracts")?.mapping).toEqual({
    name: "contracts",
    about: "contracts",
    contract: ["契約ID"],
    customer: ["顧客ID"],
    state: { column: ["契約状態"], meanings: { 契約中: "active", 解約: "cancelled" } },
    at: [{ columns: ["開始日"], formats: ["japanese-era"] }],
  });
});

test("a decimal comma, a column of the zone, an order of day and month that the first lines do not show", () => {
  const rows = [
    ["id", "date", "timezone", "amount", "currency"],
    ["a", "4/9/2026", "Europe/Berlin", "-12,50", "EUR"],
  ];
  expect(propose([head(rows, { separator: ";" })], "x")?.mapping).toMatchObject({
    separator: ";",
    at: [{ columns: ["date"], oneOf: ["d/M/yyyy", "M/d/yyyy"], zone: { column: "timezone" } }],
    amount: { column: ["amount"], sign: "signed", unit: "major" },
    currency: { column: ["currency"] },
    numbers: [{ decimal: ",", group: "." }],
  });
});

test("without a header the columns are numbered, to be named by somebody", () => {
  const proposal = propose([head([["a-1", "20261001", "1980"]])], "x");
  expect(proposal?.mapping).toMatchObject({ header: "none", columns: ["column 1", "column 2", "column 3"] });
  expect(proposal?.toCheck.join()).toContain("no header");
  // Of payments, as nearly all files are; the days are seen, and what the amount is has to be told.
  const payments = propose(
    [
      head([
        ["T1", "2026/10/01 10:00:00", "1000"],
        ["T2", "2026/10/02 10:00:00", "1000"],
      ]),
    ],
    "x",
  );
  expect(payments?.mapping).toMatchObject({ about: "money", at: [{ columns: ["column 2"], formats: ["yyyy/M/d H:mm:ss"] }] });
  expect(payments?.mapping).not.toHaveProperty("amount");
  expect(payments?.toTell.join()).toContain("No column looks like the amount");
});

test("of several readings the one without damage is taken; of one column nothing can be said", () => {
  const [first = [], ...rest] = sales;
  const damaged = head([first.map(() => "\uFFFD\uFFFD"), ...rest], { charset: "euc-jp" });
  expect(propose([damaged, head(sales, { charset: "shift_jis" })], "x")?.mapping).toMatchObject({ charset: "shift_jis" });
  expect(propose([head([["only"], ["one"]])], "x")).toBeUndefined();
});

describe("of several readings", () => {
  const columns = (count: number): readonly string[] => Array.from({ length: count }, () => "x");
  const taken = (...heads: readonly Head[]) => (propose(heads, "x")?.mapping.charset ?? "utf-8") as string;
  const under = (charset: string, ...rows: readonly (readonly string[])[]) => head(rows, { charset });
  const damaged = (count: number) => under("euc-jp", [...columns(count - 1), "x\uFFFD"]);
  const plain = under("shift_jis", columns(2));

  test("a damaged character weighs as much as ten columns", () => {
    expect([taken(damaged(3), plain), taken(damaged(11), plain), taken(plain, damaged(13))]).toEqual(["shift_jis", "shift_jis", "euc-jp"]);
  });

  test("each letter that windows-1252 makes of other charsets' bytes weighs as much as a column", () => {
    const letters = (...cells: readonly string[]) => under("windows-1252", cells);
    expect(taken(letters("é", "è", "à", "b"), plain)).toBe("shift_jis");
    expect(taken(plain, letters("é", "a", "a", "b"))).toBe("windows-1252");
    // In every other charset they are letters.
    expect(taken(under("utf-8", ["é", "è", "à", "b"]), plain)).toBe("utf-8");
  });

  test("the first of those that read alike is taken", () => {
    const [one, other] = [under("windows-1252", columns(3)), under("utf-8", columns(3))];
    expect([taken(one, other), taken(other, one)]).toEqual(["windows-1252", "utf-8"]);
  });
});

test("blank lines are passed over, and one with a cell is none", () => {
  expect(propose([head([[""], [" ", ""], ["id", "amount"], ["a", "5"]])], "x")?.mapping).toMatchObject({ payment: ["id"] });
  expect(propose([head([["a-1", ""]])], "x")?.mapping).toMatchObject({ header: "none", columns: ["column 1", "column 2"] });
});

test("a first line with a blank, a number or a date is no header", () => {
  const isHeader = (...cells: readonly string[]) => !("header" in (propose([head([cells])], "x")?.mapping ?? {}));
  expect([isHeader(" id ", "memo"), isHeader("id", " "), isHeader("id", " 5 "), isHeader("id", " 2026-10-01 ")]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test("what has an amount is of contracts only where one of its states is a contract's", () => {
  const aboutOf = (...rows: readonly (readonly string[])[]) => propose([head(rows)], "x")?.mapping.about;
  expect(aboutOf(["contract", "amount"], ["c", "5"])).toBe("money");
  expect(aboutOf(["contract", "amount", "state", "result"], ["c", "5", "active", "謎"])).toBe("contracts");
  expect(aboutOf(["contract", "amount", "state", "result"], ["c", "5", "謎", "謎"])).toBe("money");
});

/** The mapping without what every one has. */
const proposed = (rows: readonly (readonly string[])[], more: Partial<Head> = {}) => {
  const { name: _, about, ...fields } = propose([head(rows, more)], "x")?.mapping ?? {};
  return { about, ...fields };
};
const notes = (rows: readonly (readonly string[])[]) => {
  const { toTell = [], toCheck = [] } = propose([head(rows)], "x") ?? {};
  return { toTell, toCheck };
};

test("every column that has a role is in its field, and one that nobody may look at is skipped", () => {
  const names = [
    ...[
      "Transaction ID",
      "Capture ID",
      "Order",
      "Customer",
      "Subscription",
      "Entry ID",
      "Refund ID",
      "Date",
      "Status",
      "Type",
      "Amount",
      "Fee",
    ],
    ...["Amount Refunded", "Currency", "Time Zone", "Password", "Card Number"],
  ];
  const line = (type: string, status: string, amount: string) => [
    ...["t-1", "p-1", "o-1", "u-1", "s-1", "e-1", "r-1", "2026-10-01 09:00:00", status, type, amount, "1", "0", "USD", "UTC", "p", "c"],
  ];
  const rows = [names, line("sale", "OK", "12.50"), line("Refund", "pending", "-12.50")];
  expect(proposed(rows)).toEqual({
    about: "money",
    contract: ["Subscription"],
    customer: ["Customer"],
    order: ["Order"],
    line: ["Entry ID"],
    skip: ["Password", "Card Number"],
    payment: ["Transaction ID", "Capture ID"],
    refund: ["Refund ID"],
    type: { column: ["Type"], meanings: { sale: "charge", Refund: "refund" } },
    outcome: { column: ["Status"], meanings: { OK: "done", pending: "pending" } },
    at: [{ columns: ["Date"], formats: ["yyyy-MM-dd HH:mm:ss"], zone: { column: "Time Zone" } }],
    amount: { column: ["Amount"], sign: "signed", unit: "major" },
    refunded: ["Amount Refunded"],
    currency: { column: ["Currency"] },
  });
  expect(notes(rows)).toEqual({
    toTell: [],
    toCheck: [
      '"Type": what its words mean was taken from the words alone.',
      '"Status": what its words mean was taken from the words alone.',
    ],
  });
});

describe("an operator reads", () => {
  const payment = "No column looks like the payment's id: name it as `payment`, or rely on order, contract and customer.";
  const currency = 'The file does not say its currency: write `currency`, for example "JPY".';
  const amount = "No column looks like the amount: write `amount`, with its column, its `sign` and its `unit`.";
  const unit = '"amount": nothing shows whether it counts major units (dollars) or minor ones (cents): write `unit` as "major" or "minor".';
  const date = "No column looks like the time of a line: name it as `at`.";
  const format = '"date": its format was not recognised: write `formats`.';
  const zone =
    '"date": the file does not say in which time zone it is: write `zone` beside `formats`, for example "Asia/Tokyo", or say --zone.';
  const order =
    '"date": the first lines do not show whether day or month comes first. `oneOf` lets the whole file decide; else say --date-order.';
  const type = "No column says what kind of movement a line is: all are taken for charges.";
  const sign = "No amount is negative among the first lines, so they are taken as unsigned.";

  test.each<[string, readonly (readonly string[])[], object]>([
    [
      "of a file that says nothing",
      [
        ["name", "memo"],
        ["a", "b"],
      ],
      { toTell: [payment, currency, amount, date], toCheck: [type] },
    ],
    [
      "of times with their offset no zone",
      [
        ["id", "date", "amount"],
        ["a", "2026-10-01T00:00:00Z", "5"],
        ["b", "2026-10-01 00:00:00 +0900", "5"],
      ],
      { toTell: [currency, unit], toCheck: [type, sign] },
    ],
    [
      "of times of which one has none",
      [
        ["id", "date", "amount"],
        ["a", "2026-10-01T00:00:00Z", "5"],
        ["b", "2026-10-01T00:00:00", "5"],
      ],
      { toTell: [currency, unit, zone], toCheck: [type, sign] },
    ],
    [
      "of a date that is none",
      [
        ["id", "date", "amount"],
        ["a", "soon", "5"],
      ],
      { toTell: [currency, unit, format, zone], toCheck: [type, sign] },
    ],
    [
      "of an order that is not shown",
      [
        ["id", "date", "amount"],
        ["a", "1/2/2026", "5"],
      ],
      { toTell: [currency, unit, order, zone], toCheck: [type, sign] },
    ],
    [
      "of several dates and amounts which were taken",
      [
        ["id", "date", "settled date", "paid_at", "amount", "total", "gross", "currency"],
        ["a", "20261001", "20261002", "x", "-5", "6", "7", "JPY"],
      ],
      {
        toTell: [zone],
        toCheck: [
          'There are several amounts: "amount" was taken, and not "total", "gross".',
          type,
          'There are several dates: "date" was taken, and not "settled date", "paid_at".',
        ],
      },
    ],
    [
      "of words that are not known",
      [
        ["id", "date", "amount", "type", "currency"],
        ["a", "20261001", "-5", "謎", "JPY"],
        ["b", "20261001", "-5", "未知", "JPY"],
      ],
      {
        toTell: [
          '"type": say what 2 of its words mean, under `type.meanings`; lines with a word that is not there are counted and left out.',
          zone,
        ],
        toCheck: [],
      },
    ],
    [
      "of contracts without a state",
      [
        ["contract", "memo"],
        ["a", "b"],
      ],
      { toTell: ["No column looks like the contract's state: name it as `state`."], toCheck: [] },
    ],
    [
      "of contracts without an id",
      [
        ["state", "memo"],
        ["active", "b"],
      ],
      {
        toTell: ["No column looks like the contract's id: name it as `contract`."],
        toCheck: ['"state": what its words mean was taken from the words alone.'],
      },
    ],
  ])("%s", (_, rows, says) => expect(notes(rows)).toEqual(says));

  test("that a file without a header needs names", () => {
    expect(
      notes([
        ["a-1", "20261001"],
        ["a-2", "20261002"],
      ]).toCheck[0],
    ).toBe("The file has no header: its columns are numbered. Give them the names that the gateway's documents have.");
  });
});

describe("the unit of an amount", () => {
  const unitOf = (values: readonly string[], currencies: readonly string[]) =>
    (
      proposed([["amount", "currency"], ...values.map((value, index) => [value, currencies[index] ?? ""])]) as {
        amount?: { unit?: string };
      }
    ).amount?.unit;
  test.each([
    [["1980", "5"], ["JPY", "円"], "major"],
    [["1980", "5"], ["JPY", "USD"], undefined],
    [["1980"], [""], undefined],
    [["1980", "12.5"], ["USD", "USD"], "major"],
    [["12,50"], ["EUR"], "major"],
    [["1,980"], ["USD"], undefined],
  ])("of %j in %j is %s", (values, currencies, unit) => expect(unitOf(values, currencies)).toBe(unit));
});

describe("numbers have a decimal comma", () => {
  test.each([
    [["1.234,56", "5"], [{ decimal: ",", group: "." }]],
    [["12,5"], [{ decimal: ",", group: "." }]],
    [["1,234"], undefined],
    [["12,50", "1,234.50"], undefined],
  ])("%j: %j", (values, numbers) =>
    expect((proposed([["id", "amount"], ...values.map((value) => ["x", value])]) as { numbers?: unknown }).numbers).toEqual(numbers),
  );
});

test("a name that is a secret's anywhere is one here", () => {
  expect(
    proposed([
      ["id", "shop_pass_key", "API Key"],
      ["a", "b", "c"],
    ]),
  ).toMatchObject({ skip: expect.arrayContaining(["API Key"]) });
});

test("what was given back is one column of numbers, and one of words is none", () => {
  const refundedOf = (...rows: readonly (readonly string[])[]) => (proposed(rows) as { refunded?: readonly string[] }).refunded;
  expect(refundedOf(["id", "refunded", "refunded amount"], ["a", "5", "6"])).toEqual(["refunded"]);
  expect(refundedOf(["id", "refunded"], ["a", "yes"])).toBeUndefined();
  expect(refundedOf(["id", "refunded"], ["a", "5"], ["b", "yes"])).toBeUndefined();
  expect(refundedOf(["id", "refunded fee"], ["a", "5"])).toBeUndefined();
});

test("a file without an amount or a payment has neither in its mapping", () => {
  const fields = proposed([
    ["order", "memo", "date"],
    ["o", "m", "2026-10-01"],
  ]);
  expect(Object.keys(fields)).toEqual(["about", "order", "at"]);
  expect(
    proposed([
      ["name", "memo"],
      ["a", "b"],
    ]),
  ).toMatchObject({ at: [{ columns: [], formats: [] }] });
  const rows = [
    ["id", "amount"],
    ["a", "5"],
  ];
  expect((proposed(rows) as { amount?: object }).amount).toStrictEqual({ column: ["amount"], sign: "unsigned" });
});

test("empty cells and blanks say nothing of a column", () => {
  expect(proposed([["id", "date", "amount", "type"], ["a", " 2026-10-01 ", " 5 ", " 売上 "], ["b", "", "", ""], ["c"]])).toMatchObject({
    at: [{ formats: ["yyyy-MM-dd"] }],
    amount: { column: ["amount"] },
    type: { meanings: { 売上: "charge" } },
  });
  expect(
    notes([
      ["id", "date", "amount", "type", "currency"],
      ["a", "20261001", "-5", "sale", "JPY"],
      ["b", "20261001", "-5", "", ""],
    ]).toTell,
  ).toHaveLength(1);
  // Of a file with names a column is what it is called.
  expect(
    proposed([
      ["id", "memo"],
      ["a", "2026-10-01"],
    ]),
  ).toMatchObject({ at: [{ columns: [], formats: [] }] });
});

test("the words of a state or a result are asked for where they are unknown", () => {
  expect(
    notes([
      ["contract", "state"],
      ["a", "謎"],
    ]).toTell,
  ).toEqual([expect.stringContaining("under `state.meanings`")]);
  expect(
    notes([
      ["id", "status", "amount"],
      ["a", "謎", "5"],
    ]).toTell,
  ).toContainEqual(expect.stringContaining("under `outcome.meanings`"));
  expect(
    proposed([
      ["contract", "state", "amount"],
      ["a", "active", "5"],
      ["b", "謎", "5"],
    ]),
  ).toMatchObject({ about: "money" });
});

test("no more than forty words of a column are proposed", () => {
  const rows = Array.from({ length: 45 }, (_, index) => ["a", `word ${index}`]);
  expect(notes([["id", "type"], ...rows]).toTell).toContainEqual(expect.stringContaining("say what 40 of its words mean"));
});

test("two amounts are named as two dates are", () => {
  const { toCheck } = notes([
    ["id", "date", "amount", "total", "paid_at"],
    ["a", "20261001", "-5", "6", "x"],
  ]);
  expect(toCheck).toContainEqual('There are several amounts: "amount" was taken, and not "total".');
  expect(toCheck).toContainEqual('There are several dates: "date" was taken, and not "paid_at".');
  expect(
    notes([
      ["id", "date", "time", "amount"],
      ["a", "20261001", "9:00", "-5"],
    ]).toCheck.join(),
  ).not.toContain("several dates");
});

describe("a date and the time beside it are one", () => {
  const at = (...cells: readonly (readonly string[])[]) => (proposed([["id", "date", "time"], ...cells]) as { at?: unknown }).at;
  test.each([
    [[["a", "2026-10-01", "09:00"]], { columns: ["date", "time"], formats: ["yyyy-MM-dd HH:mm"] }],
    [[["a", "2026/10/1", "9:00:05"]], { columns: ["date", "time"], formats: ["yyyy/M/d H:mm:ss"] }],
    [[["a", "2026-10-01", "2026-10-02"]], { columns: ["date"], formats: ["yyyy-MM-dd"] }],
    [
      [
        ["a", "2026-10-01", "9:00"],
        ["b", "2026-10-01", "x"],
      ],
      { columns: ["date"], formats: ["yyyy-MM-dd"] },
    ],
    [
      [
        ["a", "2026-10-01", "9:00"],
        ["b", "2026-10-02", ""],
      ],
      { columns: ["date", "time"], formats: [] },
    ],
    [[["a", "2026-10-01", "109:00"]], { columns: ["date"], formats: ["yyyy-MM-dd"] }],
    [[["a", "2026-10-01", "9:00:055"]], { columns: ["date"], formats: ["yyyy-MM-dd"] }],
    [[["a", "2026-10-01", ""]], { columns: ["date"], formats: ["yyyy-MM-dd"] }],
  ])("%j", (cells, rule) => expect(at(...cells)).toEqual([rule]));
});

describe("a file is one of contracts", () => {
  test.each([
    [["contract", "memo"], ["a", "b"], "contracts"],
    [["state", "memo"], ["a", "b"], "contracts"],
    [["contract", "state", "amount"], ["a", "active", "5"], "contracts"],
    [["contract", "state", "amount"], ["a", "ＡＣＴＩＶＥ ", "5"], "contracts"],
    [["contract", "state", "amount"], ["a", "ok", "5"], "money"],
    [["contract", "state", "amount"], ["a", "", "5"], "money"],
    [["id", "state", "amount"], ["a", "active", "5"], "money"],
    [["id", "memo"], ["a", "b"], "money"],
  ])("%j with %j: %s", (names, cells, about) => expect(proposed([names, cells]).about).toBe(about));
});

test("a column is an amount when all it holds are numbers, and what the customer paid", () => {
  const amountOf = (name: string, value: string) =>
    (
      proposed([
        ["id", name],
        ["a", value],
      ]) as { amount?: { column: string[] } }
    ).amount?.column;
  expect(amountOf("Amount", "5")).toEqual(["Amount"]);
  expect(amountOf("Amount", "1.234,56")).toEqual(["Amount"]);
  expect(amountOf("Amount", "five")).toBeUndefined();
  expect(amountOf("Net Amount", "5")).toBeUndefined();
});

describe("the first line is a header", () => {
  test.each([
    [["id", "amount"], true],
    [["id", "1980"], false],
    [["id", "2026-10-01"], false],
    [["id", " "], false],
    [["\uFEFFid", " amount "], true],
  ])("%j: %s", (first, isHeader) => {
    const { header, columns } = proposed([first, ["a", "5"]]) as { header?: string; columns?: readonly string[] };
    expect([header, columns]).toEqual(isHeader ? [undefined, undefined] : ["none", ["column 1", "column 2"]]);
  });

  test("below lines that are blank, without the mark that some files begin with", () => {
    expect(
      proposed([
        ["", " "],
        ["\uFEFFid", " amount "],
        ["a", "5"],
      ]),
    ).toMatchObject({ payment: ["id"], amount: { column: ["amount"] } });
  });

  test("and lines of another length say nothing of its columns", () => {
    expect(proposed([["id", "amount"], ["a", "5"], ["total"], ["b", "x", "y"]])).toMatchObject({ amount: { column: ["amount"] } });
  });
});

describe("of several readings of a file the best is proposed:", () => {
  const charsetOf = (...heads: readonly Head[]) => (propose(heads, "x")?.mapping as { charset?: string; separator?: string }) ?? {};
  const plain = [
    ["id", "amount"],
    ["a", "5"],
  ];

  test("the one with the most columns in lines of one length", () => {
    const comma = head([
      ["id;amount", "x"],
      ["a;5", "y"],
    ]);
    const semicolon = head(
      [
        ["id", "amount,x", "z"],
        ["a", "5,y", "z"],
      ],
      { separator: ";" },
    );
    expect(charsetOf(comma, semicolon).separator).toBe(";");
    const uneven = head([["id", "amount,x", "z"], ["a"], ["b"], ["c"]], { separator: ";" });
    expect(charsetOf(comma, uneven).separator).toBeUndefined();
  });

  test("the one with the least damage, and Western letters are damage in a file of another script", () => {
    const damaged = head([
      ["id", "amount"],
      ["\uFFFD", "5"],
    ]);
    expect(charsetOf(damaged, head(plain, { charset: "euc-jp" })).charset).toBe("euc-jp");
    const worse = head(
      [
        ["id", "amount"],
        ["\uFFFD\uFFFD", "5"],
      ],
      { charset: "euc-jp" },
    );
    expect(charsetOf(worse, damaged).charset).toBeUndefined();
    const blank = head(
      [
        ["", ""],
        ["id", "amount"],
        ["a", "5"],
      ],
      { charset: "shift_jis" },
    );
    expect(charsetOf(damaged, blank).charset).toBe("shift_jis");
    const western = head(
      [
        ["id", "ŽæˆøŽæˆø"],
        ["a", "5"],
      ],
      { charset: "windows-1252" },
    );
    const japanese = head(
      [
        ["id", "取引"],
        ["a", "5"],
      ],
      { charset: "shift_jis" },
    );
    expect(charsetOf(western, japanese).charset).toBe("shift_jis");
    expect(charsetOf(head(plain, { charset: "windows-1252" }), head(plain)).charset).toBe("windows-1252");
  });
});
