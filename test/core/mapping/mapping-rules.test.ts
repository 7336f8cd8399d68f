import { describe, expect, test } from "vitest";
import { checkMapping } from "../../../core/mapping/check-mapping.ts";

const money = {
  name: "our-bank",
  about: "money",
  payment: ["id"],
  at: [{ columns: ["day"], formats: ["yyyy/M/d"] }],
  amount: { column: ["amount"], sign: "unsigned", unit: "major" },
};
const contracts = { name: "ours", about: "contracts", contract: ["id"], state: { column: ["state"], meanings: { 有効: "active" } } };

const problems = (value: unknown): readonly string[] => {
  const checked = checkMapping(value);
  return checked.kind === "problems" ? checked.problems.map(({ path, message }) => `${path}: ${message}`) : [];
};

const aColumn = "write the name of a column, as the file's header has it";
const oneColumn = "write at least one column";
const aText = "write a text";
const missing = "it is missing; add it";
const anIdentifier = "write lower-case letters, digits and hyphens: it is stored with what is read";
const types = "charge, refund, refund failed, void, chargeback, chargeback reversed, authorization, check, fee, payout, transfer, other";
const aFormat =
  'Write a pattern of yyyy M MM d dd H HH mm ss Z, as "yyyy/MM/dd HH:mm:ss", or iso, japanese-era, excel-1900, excel-1904, unix, unix-ms';
const noFormats = 'it is missing; write the formats of its dates: ["yyyy/MM/dd HH:mm:ss"]';
const aUnit = 'write "major" where 19.80 is written for 19.80 dollars, or "minor" where 1980 is; the file does not say which';
const digits = "write a whole number from 0 to 6: so many digits stand behind a point that is not written";
const aPosition = "write a whole number from 0 to 200: which cell of a line says its type, from 0";
const aRow = "write a whole number from 1 to 20: the row that names the columns";

describe("a mapping of money may not say", () => {
  test.each<[object, readonly string[]]>([
    [{ name: "Our" }, [`name: ${anIdentifier}`]],
    [{ name: "a--b" }, [`name: ${anIdentifier}`]],
    [{ name: "-a" }, [`name: ${anIdentifier}`]],
    [{ name: "a-" }, [`name: ${anIdentifier}`]],
    [{ title: " " }, ["title: write what people call it"]],
    [{ charset: "sjis-x" }, ["charset: write the name of a charset: shift_jis, utf-8, euc-jp, windows-1252"]],
    [{ separator: "x" }, ['separator: write one of "," ";" "\\t" "|"']],
    [{ separator: ",;" }, ['separator: write one of "," ";" "\\t" "|"']],
    [{ quote: "''" }, ["quote: write \" or '"]],
    [{ header: "nonesuch" }, ['header: write "none", or the number of the row that names the columns']],
    [{ header: "xnone" }, ['header: write "none", or the number of the row that names the columns']],
    [{ header: 0 }, [`header: ${aRow}`]],
    [{ header: 21 }, [`header: ${aRow}`]],
    [{ header: 1.5 }, [`header: ${aRow}`]],
    [{ columns: [] }, [`columns: ${oneColumn}`]],
    [{ records: { position: -1, header: ["a"], row: ["b"] } }, [`records.position: ${aPosition}`]],
    [{ records: { position: 201, header: ["a"], row: ["b"] } }, [`records.position: ${aPosition}`]],
    [{ records: { position: 0.5, header: ["a"], row: ["b"] } }, [`records.position: ${aPosition}`]],
    [
      { records: { header: [], row: [7] } },
      [`records.position: ${missing}`, "records.header: write at least one text", `records.row[0]: ${aText}`],
    ],
    [{ records: { position: 0 } }, [`records.header: ${missing}`, `records.row: ${missing}`]],
    ...["line", "contract", "customer", "order", "payment", "refund", "dispute"].map((name): [object, string[]] => [
      { [name]: ["x", " "] },
      [`${name}[1]: ${aColumn}`],
    ]),
    [{ payment: [] }, [`payment: ${oneColumn}`]],
    [{ payment: [{}] }, [`payment[0].column: ${missing}`]],
    [{ payment: [{ column: "", prefix: 7 }] }, [`payment[0].column: ${aColumn}`, `payment[0].prefix: ${aText}`]],
    [{ payment: [{ column: "a", for: ["sale"] }] }, [`payment[0].for[0]: there is no such type; Known: ${types}`]],
    [{ payment: [{ column: "a", when: {} }] }, [`payment[0].when.column: ${missing}`, `payment[0].when.is: ${missing}`]],
    [{ payment: [{ column: "a", when: { column: "b", is: [] } }] }, ["payment[0].when.is: write at least one text"]],
    [{ leaveOut: [{}] }, [`leaveOut[0].column: ${missing}`, `leaveOut[0].is: ${missing}`, `leaveOut[0].why: ${missing}`]],
    [{ leaveOut: [{ column: "a", is: ["x"], why: " " }] }, ["leaveOut[0].why: write why, for the report"]],
    [{ skip: [""] }, [`skip[0]: ${aColumn}`]],
    [{ zones: { CST: "JST" } }, ["zones.CST: write the name of a time zone, Asia/Tokyo or UTC; an abbreviation means several"]],
    [{ at: [] }, ["at: write at least one rule"]],
    [{ at: [{ columns: [], formats: ["iso"] }] }, [`at[0].columns: ${oneColumn}`]],
    [{ at: [{ columns: ["a"], formats: [7] }] }, [`at[0].formats[0]: it is no text. ${aFormat}`]],
    [{ at: [{ columns: ["a"], oneOf: ["yyyy"] }] }, [`at[0].oneOf[0]: it has to have year, month and day. ${aFormat}`]],
    [{ at: [{ columns: ["a"], oneOf: [], formats: [] }] }, [`at[0].formats: ${noFormats}`]],
    [{ at: [{ columns: ["a"] }] }, [`at[0].formats: ${noFormats}`]],
    [{ at: [{ columns: ["a"], formats: ["iso"], zone: {} }] }, [`at[0].zone.column: ${missing}`]],
    [
      { at: [{ columns: ["a"], formats: ["iso"], zone: "JST" }] },
      ["at[0].zone: write the name of a time zone, Asia/Tokyo or UTC; an abbreviation means several"],
    ],
    [{ amount: { add: [] } }, [`amount.unit: ${missing}`, `amount.add: ${oneColumn}`]],
    [{ amount: { debit: "", unit: "minor" } }, [`amount.credit: ${missing}`, `amount.debit: ${aColumn}`]],
    [{ amount: { credit: "", unit: "minor" } }, [`amount.debit: ${missing}`, `amount.credit: ${aColumn}`]],
    [{ amount: { debit: "a", credit: "b" } }, [`amount.unit: ${missing}`]],
    [
      { amount: { direction: {} } },
      [
        `amount.column: ${missing}`,
        `amount.unit: ${missing}`,
        `amount.direction.column: ${missing}`,
        `amount.direction.debit: ${missing}`,
        `amount.direction.credit: ${missing}`,
      ],
    ],
    [
      { amount: { column: [], direction: { column: "", debit: [], credit: [7] }, unit: "major" } },
      [
        `amount.column: ${oneColumn}`,
        `amount.direction.column: ${aColumn}`,
        "amount.direction.debit: write at least one text",
        `amount.direction.credit[0]: ${aText}`,
      ],
    ],
    [{ amount: {} }, [`amount.column: ${missing}`, `amount.sign: ${missing}`, `amount.unit: ${missing}`]],
    ...["signed-x", "unsignedly", "xsigned"].map((sign): [object, string[]] => [
      { amount: { column: ["a"], sign, unit: "minor" } },
      ['amount.sign: write "signed" where what goes back is negative, or "unsigned" where nothing is'],
    ]),
    ...["yen", "majority", "xminor"].map((unit): [object, string[]] => [{ amount: { add: ["a"], unit } }, [`amount.unit: ${aUnit}`]]),
    ...[-1, 7, 1.5].map((decimals): [object, string[]] => [
      { amount: { add: ["a"], unit: { decimals } } },
      [`amount.unit.decimals: ${digits}`],
    ]),
    [
      { type: { column: [], meanings: {} } },
      [`type.column: ${oneColumn}`, "type.meanings: add what the column's words mean: nothing is known of a line without"],
    ],
    [
      { type: { column: ["a"], meanings: { a: { in: "sale" } } } },
      [`type.meanings.a.out: ${missing}`, `type.meanings.a.in: there is no such type; Known: ${types}`],
    ],
    [
      { type: { column: ["a"], meanings: { a: "sale" }, otherwise: "sale", isOptional: "x" } },
      [
        `type.meanings.a: there is no such type; Known: ${types}`,
        `type.otherwise: there is no such type; Known: ${types}`,
        "type.isOptional: write true or false",
      ],
    ],
    [
      { outcome: { column: ["a"], meanings: { a: "x" } } },
      ["outcome.meanings.a: there is no such outcome; Known: done, pending, failed, voided"],
    ],
    [{ at: [{ columns: [], formats: [] }] }, [`at[0].columns: ${oneColumn}`]],
    [
      { type: { column: ["a"], meanings: { a: { in: "charge", out: "sale" } } } },
      [`type.meanings.a.out: there is no such type; Known: ${types}`],
    ],
    [{ refunded: [] }, [`refunded: ${oneColumn}`]],
    [{ currency: "YEN" }, ["currency: write three letters of ISO 4217: JPY"]],
    [{ currency: { column: [] } }, [`currency.column: ${oneColumn}`]],
    [{ numbers: [{}] }, [`numbers[0].decimal: ${missing}`, `numbers[0].group: ${missing}`]],
    [
      { numbers: [{ decimal: "..", group: ",," }] },
      ['numbers[0].decimal: write "." or ","', 'numbers[0].group: write "," or "." or " " or "\'" or ""'],
    ],
    [
      { numbers: [{ decimal: ";", group: "x" }] },
      ['numbers[0].decimal: write "." or ","', 'numbers[0].group: write "," or "." or " " or "\'" or ""'],
    ],
    [{ continues: "" }, [`continues: ${aColumn}`]],
    [{ numbers: [{ decimal: ".", group: "." }] }, ["numbers[0].group: it is the decimal sign as well; write another"]],
    [{ header: "none" }, ["columns: it is missing; name the columns in their order, since the file does not"]],
    [{ payment: undefined }, ["payment: it is missing; name the column with the payment's id, or else order, contract or customer"]],
    [{ at: undefined, amount: undefined, name: undefined }, [`name: ${missing}`, `at: ${missing}`, `amount: ${missing}`]],
  ])("%j", (changes, says) => expect(problems({ ...money, ...changes })).toEqual(says));
});

test("a mapping is of money or of contracts", () => {
  expect(problems({ ...money, about: "things" })).toEqual([
    'about: write "money" for a file of charges and refunds, or "contracts" for a list of contracts',
  ]);
});

describe("a mapping of contracts may not say", () => {
  test.each<[object, readonly string[]]>([
    [{ contract: undefined, state: undefined, name: undefined }, [`name: ${missing}`, `contract: ${missing}`, `state: ${missing}`]],
    [
      { state: { column: ["state"], meanings: { a: "living" } } },
      ["state.meanings.a: there is no such state; Known: unknown, active, past_due, paused, cancelled, expired, replaced"],
    ],
    [{ at: [] }, ["at: write at least one rule"]],
    [{ endedAt: [{ columns: ["x"] }] }, [`endedAt[0].formats: ${noFormats}`]],
    [{ title: "" }, ["title: write what people call it"]],
  ])("%j", (changes, says) => expect(problems({ ...contracts, ...changes })).toEqual(says));

  test("anything about money", () => {
    for (const name of ["payment", "refund", "dispute", "type", "outcome", "amount", "refunded", "currency", "numbers", "continues"])
      expect(problems({ ...contracts, [name]: money })).toEqual([expect.stringMatching(new RegExp(`^${name}: there is no such field;`))]);
  });
});

describe("a mapping may say", () => {
  test.each<object>([
    { ...money, title: "Our bank", charset: "euc-jp", separator: "\t", quote: "'", header: 1, line: ["x"] },
    { ...money, separator: "|", quote: '"', header: 20, customer: ["x"], contract: ["y"], order: ["z"] },
    { ...money, header: "none", columns: ["id", "day", "amount"] },
    { ...money, records: { position: 0, header: ["CH"], row: ["SB"] } },
    { ...money, records: { position: 200, header: ["CH"], row: ["SB"] }, skip: ["card"] },
    ...["order", "contract", "customer", "refund"].map((name) => ({ ...money, payment: undefined, [name]: ["x"] })),
    {
      ...money,
      payment: [{ column: "a", prefix: "p:", for: ["charge"], when: { column: "b", is: ["x"] } }],
      refund: ["r"],
      dispute: ["d"],
    },
    { ...money, leaveOut: [{ column: "a", is: ["x"], why: "of another shop" }], zones: { CST: "Asia/Shanghai" } },
    { ...money, at: [{ columns: ["day", "time"], oneOf: ["d/M/yyyy H:mm", "M/d/yyyy H:mm"], zone: { column: "tz" } }] },
    { ...money, at: [{ columns: ["day"], formats: ["iso"], zone: "UTC" }], currency: "JPN" },
    { ...money, amount: { add: ["net", "tax"], unit: { decimals: 0 } } },
    { ...money, amount: { debit: "out", credit: "in", unit: { decimals: 6 } } },
    { ...money, amount: { column: ["n"], direction: { column: "dc", debit: ["D"], credit: ["C"] }, unit: "minor" } },
    { ...money, amount: { column: ["n"], sign: "signed", unit: "major" }, currency: { column: ["currency"] } },
    {
      ...money,
      type: { column: ["t"], meanings: { a: { in: "charge", out: "refund" }, "b*": "fee" }, otherwise: "other", isOptional: true },
    },
    { ...money, outcome: { column: ["t"], meanings: { a: "voided" } }, refunded: ["back"], continues: "more" },
    ...["", ",", " ", "'"].map((group) => ({ ...money, numbers: [{ decimal: ".", group }] })),
    { ...money, numbers: [{ decimal: ",", group: "." }] },
    { ...contracts, at: money.at, endedAt: money.at, customer: ["who"], name: "a-b-2" },
    { ...contracts, header: "none", columns: ["id", "state"] },
  ])("%j", (value) => expect(checkMapping(value)).toEqual({ kind: "mapping", layout: value }));
});

describe("a column that is skipped is read by nothing else:", () => {
  const all = {
    ...money,
    line: ["line"],
    contract: ["contract"],
    customer: ["customer"],
    order: [{ column: "order", when: { column: "kind", is: ["x"] } }],
    refund: ["refund"],
    dispute: ["dispute"],
    at: [{ columns: ["day", "time"], formats: ["yyyy/M/d H:mm"], zone: { column: "tz" } }],
    currency: { column: ["currency"] },
    type: { column: ["type"], meanings: { a: "charge" } },
    outcome: { column: ["outcome"], meanings: { a: "done" } },
    refunded: ["refunded"],
    continues: "continues",
    leaveOut: [{ column: "shop", is: ["x"], why: "of another shop" }],
  };
  const skipped = (value: object, column: string) => problems({ ...value, skip: ["memo", column.toUpperCase()] });
  const read = "skip[1]: another field reads this column; take it out of one of them";

  test.each([
    ...["line", "contract", "customer", "order", "kind", "id", "refund", "dispute", "day", "time", "tz", "currency", "type"],
    ...["outcome", "refunded", "continues", "shop", "amount"],
  ])("%s", (column) => expect(skipped(all, column)).toEqual([read]));

  test.each([
    [{ add: ["net", "tax"], unit: "major" }, ["net", "tax"]],
    [{ debit: "out", credit: "in", unit: "major" }, ["out", "in"]],
    [{ column: ["n"], direction: { column: "dc", debit: ["D"], credit: ["C"] }, unit: "major" }, ["n", "dc"]],
  ])("of %j", (amount, columns) => {
    for (const column of columns) expect(skipped({ ...all, amount }, column)).toEqual([read]);
    expect(skipped({ ...all, amount }, "amount")).toEqual([]);
  });

  test("of contracts", () => {
    const listed = {
      ...contracts,
      customer: ["who"],
      at: [{ columns: ["began"], formats: ["iso"] }],
      endedAt: [{ columns: ["ended"], formats: ["iso"] }],
    };
    for (const column of ["id", "state", "who", "began", "ended"]) expect(skipped(listed, column)).toEqual([read]);
    expect(skipped(contracts, "began")).toEqual([]);
  });
});
