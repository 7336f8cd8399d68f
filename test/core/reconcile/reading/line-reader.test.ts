import { describe, expect, test } from "vitest";
import type { ContractLayout, DateRule, MoneyLayout } from "../../../../core/mapping/layout.ts";
import { columnProblems, columnsOf } from "../../../../core/reconcile/reading/cells/columns.ts";
import { problemText } from "../../../../core/reconcile/reading/cells/problem.ts";
import { lineReader } from "../../../../core/reconcile/reading/line-reader.ts";
import type { Stated } from "../../../../core/reconcile/reading/rules/stated.ts";
import { commaForm } from "../../../../core/values/number-text.ts";

const layout: MoneyLayout = {
  name: "test",
  title: "a test",
  about: "money",
  line: ["entry"],
  payment: ["payment", "other"],
  refund: ["refund"],
  contract: ["contract"],
  type: { column: ["kind"], meanings: { sale: "charge", "ref*": "refund", fee: "fee", both: { in: "charge", out: "other" } } },
  outcome: { column: ["result"], meanings: { ok: "done", ng: "failed" } },
  at: [{ columns: ["when"], formats: ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd"], zone: "Asia/Tokyo" }],
  amount: { column: ["amount"], sign: "signed", unit: "major" },
  currency: { column: ["currency"] },
  leaveOut: [{ column: "shop", is: ["other"], why: "of another shop" }],
};

const header = ["entry", "payment", "other", "refund", "contract", "kind", "result", "when", "amount", "currency", "shop"];
const good = ["e-1", "p-1", "o-1", "", "c-1", "sale", "ok", "2026-10-01 09:00:00", "1980", "JPY", ""];

const row = (changes: Readonly<Record<string, string>> = {}): readonly string[] =>
  header.map((name, index) => changes[name] ?? (good[index] as string));
const read = (cells: readonly string[], { stated = {}, as = layout }: { stated?: Stated; as?: MoneyLayout } = {}) =>
  lineReader(as, header, stated, { formats: new Map() })(cells, 7, true);

test("a line is a movement of a payment, in minor units and at a moment", () => {
  expect(read(row())).toEqual({
    kind: "money",
    number: 7,
    type: "charge",
    outcome: "done",
    line: "e-1",
    payment: ["p-1", "o-1"],
    contract: "c-1",
    amount: { minor: 1_980, currency: "JPY" },
    at: Date.parse("2026-10-01T00:00:00Z"),
    isDay: false,
  });
});

test("what goes back has no sign of its own, and its refund's id", () => {
  expect(read(row({ kind: "refund", amount: "-1,000", refund: "r-1" }))).toMatchObject({
    type: "refund",
    refund: "r-1",
    amount: { minor: 1_000 },
  });
  expect(read(row({ kind: "both" }))).toMatchObject({ type: "charge" });
  expect(read(row({ kind: "both", amount: "-5" }))).toEqual({ kind: "left out", number: 7, why: { kind: "type", type: "other" } });
});

test("a failed charge needs no amount", () => {
  expect(read(row({ result: "NG", amount: "" }))).toMatchObject({ outcome: "failed", payment: ["p-1", "o-1"] });
});

describe("R-REC-4: is in no sum, and counted:", () => {
  test.each([
    [[""], { kind: "empty" }],
    [header.map(() => ""), { kind: "empty" }],
    [["合計", "", "", "", "", "", "", "", "5940"], { kind: "totals" }],
    [row({ entry: "Total", payment: "", other: "", contract: "" }), { kind: "totals" }],
    [["<END>"], { kind: "totals" }],
    [row({ kind: "fee" }), { kind: "type", type: "fee" }],
    [row({ kind: "new thing" }), { kind: "unknown", column: "kind", text: "new thing" }],
    [row({ kind: "4111 1111 1111 1111" }), { kind: "unknown", column: "kind", text: "**** **** **** 1111" }],
    [row({ result: "?" }), { kind: "unknown", column: "result", text: "?" }],
    [row({ shop: "other" }), { kind: "rule", why: "of another shop" }],
    [row({ amount: "0" }), { kind: "zero" }],
  ])("%j", (cells, why) => expect(read(cells)).toEqual({ kind: "left out", number: 7, why }));
});

describe("R-REC-4: is broken, with its column:", () => {
  test.each([
    [
      row({ entry: "", payment: "", other: "", contract: "" }),
      { kind: "no id", columns: ["entry", "contract", "payment", "other", "refund"] },
    ],
    [row({ payment: "1.23E+15" }), { kind: "id", column: "payment" }],
    [row({ when: "2026-13-01 00:00:00" }), { kind: "date", column: "when" }],
    [row({ when: "46326" }), { kind: "date", column: "when", looksLike: "serial" }],
    [row({ when: "令和8年10月1日" }), { kind: "date", column: "when", looksLike: "era" }],
    [row({ when: "" }), { kind: "empty", column: "when" }],
    [row({ amount: "" }), { kind: "empty", column: "amount" }],
    [row({ amount: "19.80" }), { kind: "amount", column: "amount", currency: "JPY" }],
    [row({ amount: "-1980" }), { kind: "sign", column: "amount", type: "charge" }],
    [row({ kind: "refund" }), { kind: "sign", column: "amount", type: "refund" }],
    [row({ currency: "YEN!" }), { kind: "currency", column: "currency" }],
    [row({ other: "a\0b" }), { kind: "NUL", column: "other" }],
    [row({ payment: "p-\uFFFD" }), { kind: "charset", column: "payment" }],
    [row({ payment: "p-1\np-2" }), { kind: "line break", column: "payment" }],
    [row().slice(0, 9), { kind: "columns", found: 9, expected: 11 }],
    [[...row(), "more"], { kind: "columns", found: 12, expected: 11 }],
  ])("%j", (cells, problem) => {
    const reading = read(cells);
    expect(reading).toEqual({ kind: "broken", number: 7, problem });
    expect(reading.kind === "broken" && problemText(reading.problem)).toEqual(expect.any(String));
  });

  test("empty cells behind the last column are none", () => expect(read([...row(), "", " "])).toMatchObject({ kind: "money" }));
});

describe("of each type, what a sign may be and which ids a line keeps:", () => {
  const typed: MoneyLayout = {
    ...layout,
    dispute: ["shop"],
    leaveOut: [],
    type: {
      column: ["kind"],
      meanings: {
        charge: "charge",
        refund: "refund",
        "refund failed": "refund failed",
        void: "void",
        chargeback: "chargeback",
        reversed: "chargeback reversed",
        ...{ authorization: "authorization", check: "check", fee: "fee", payout: "payout", transfer: "transfer", other: "other" },
      },
    },
  };
  const reads = (kind: string, amount: string) =>
    read(row({ kind, amount, refund: "r-1", shop: "d-1" }), { as: typed }) as Partial<Extract<ReturnType<typeof read>, { kind: "money" }>>;
  const sign = (type: string) => ({ kind: "broken", number: 7, problem: { kind: "sign", column: "amount", type } });

  test.each([
    ["charge", "5", "charge", {}],
    ["refund", "-5", "refund", { refund: "r-1" }],
    ["refund failed", "5", "refund failed", { refund: "r-1" }],
    ["void", "5", "void", {}],
    ["void", "-5", "void", {}],
    ["chargeback", "-5", "chargeback", { dispute: "d-1" }],
    ["reversed", "5", "chargeback reversed", { dispute: "d-1" }],
  ])("%s of %s", (kind, amount, type, ids) => {
    const { refund, dispute, ...line } = reads(kind, amount);
    expect(line).toMatchObject({ kind: "money", type, amount: { minor: 5, currency: "JPY" } });
    expect({ ...(refund !== undefined && { refund }), ...(dispute !== undefined && { dispute }) }).toEqual(ids);
  });

  test.each([
    ["charge", "-5", "charge"],
    ["refund", "5", "refund"],
    ["refund failed", "-5", "refund failed"],
    ["chargeback", "5", "chargeback"],
    ["reversed", "-5", "chargeback reversed"],
  ])("%s of %s has the wrong sign", (kind, amount, type) => expect(reads(kind, amount)).toEqual(sign(type)));

  test.each(["authorization", "check", "fee", "payout", "transfer", "other"] as const)("%s is no payment's money", (kind) =>
    expect(reads(kind, "5")).toEqual({ kind: "left out", number: 7, why: { kind: "type", type: kind } }),
  );

  test("of nothing, whatever failed is a line, and whatever was done is none", () => {
    expect(read(row({ amount: "0", result: "ng" }))).toMatchObject({ kind: "money", outcome: "failed", amount: { minor: 0 } });
    expect(read(row({ amount: "0", kind: "refund" }))).toMatchObject({ kind: "left out", why: { kind: "zero" } });
    expect(read(row({ kind: "both", amount: "" }))).toMatchObject({ kind: "broken", problem: { kind: "empty", column: "amount" } });
    expect(read(row({ kind: "both", amount: "", result: "ng" }))).toMatchObject({ kind: "money", type: "charge" });
    expect(read(row({ kind: "both", amount: "0", result: "ng" }))).toMatchObject({ kind: "money", type: "charge" });
    expect(read(row({ amount: "1" }))).toMatchObject({ kind: "money", amount: { minor: 1 } });
    // What is not compared need not be readable.
    expect(read(row({ kind: "fee", amount: "x", currency: "?" }))).toMatchObject({ kind: "left out", why: { kind: "type", type: "fee" } });
  });

  test("an amount without a sign is of any direction", () => {
    const as: MoneyLayout = { ...typed, amount: { column: ["amount"], sign: "unsigned", unit: "major" } };
    expect(read(row({ kind: "refund", amount: "5" }), { as })).toMatchObject({ type: "refund", amount: { minor: 5 } });
  });
});

describe("an amount that is not there is empty in the column in which it would be:", () => {
  test.each<[MoneyLayout["amount"], string]>([
    [{ add: ["AMOUNT", "other"], unit: "major" }, "amount"],
    [{ debit: "other", credit: "amount", unit: "major" }, "amount"],
    [{ column: ["amount", "other"], sign: "signed", unit: "major" }, "amount"],
    [{ add: ["nowhere"], unit: "major" }, "nowhere"],
  ])("%j", (amount, column) =>
    expect(read(row({ amount: "", other: "" }), { as: { ...layout, payment: ["payment"], amount } })).toEqual({
      kind: "broken",
      number: 7,
      problem: { kind: "empty", column },
    }),
  );
});

test("each id of a line is looked at: one that a spreadsheet has cut is named", () => {
  const cut = "1.23E+15";
  const as: MoneyLayout = { ...layout, dispute: ["shop"], customer: ["other"], payment: ["payment"], leaveOut: [] };
  for (const column of ["entry", "payment", "refund", "contract", "other", "shop"])
    expect([column, read(row({ [column]: cut }), { as })]).toEqual([
      column,
      { kind: "broken", number: 7, problem: { kind: "id", column } },
    ]);
});

test("any one name is enough", () => {
  const none = { entry: "x", payment: "", other: "", contract: "" };
  const as: MoneyLayout = { ...layout, line: [], dispute: ["shop"], customer: [], order: [], leaveOut: [] };
  expect(read(row({ ...none }), { as })).toMatchObject({
    kind: "broken",
    problem: { kind: "no id", columns: ["contract", "payment", "other", "refund", "shop"] },
  });
  expect(read(row({ ...none, refund: "r-1", shop: "d-1" }), { as })).toMatchObject({ kind: "money" });
  expect(read(row({ ...none, payment: "p-1", refund: "r-1" }), { as })).toMatchObject({ kind: "money" });
  expect(read(row({ ...none, payment: "p-1", shop: "d-1" }), { as })).toMatchObject({ kind: "money" });
  const fewer = lineReader({ ...as, contract: ["nowhere"] }, header, {}, { formats: new Map() });
  expect(fewer(row(none), 7, true)).toMatchObject({ problem: { kind: "no id", columns: ["payment", "other", "refund", "shop"] } });
  for (const column of ["payment", "contract", "refund", "shop"])
    expect([column, read(row({ ...none, [column]: "n-1" }), { as }).kind]).toEqual([column, "money"]);
});

test("a line that continues the one before it is in no sum", () => {
  const as: MoneyLayout = { ...layout, continues: "entry" };
  expect(read(row({ entry: "" }), { as })).toEqual({ kind: "left out", number: 7, why: { kind: "continues" } });
  expect(read(row(), { as })).toMatchObject({ kind: "money" });
  expect(read(row({ entry: "" }), { as: { ...layout, continues: "nowhere" } })).toMatchObject({ kind: "money" });
});

test("a blank line, and one of sums, is none of a type", () => {
  const as: MoneyLayout = { ...layout, records: { position: 0, header: ["CH"], row: ["SB"] } };
  expect([[""], header.map(() => " ")].map((cells) => read(cells, { as }))).toEqual([
    { kind: "left out", number: 7, why: { kind: "empty" } },
    { kind: "left out", number: 7, why: { kind: "empty" } },
  ]);
});

test("a line of sums is one wherever its word stands, also as long as the others", () => {
  expect(read(header.map((name) => (name === "amount" ? "5940" : name === "payment" ? "合計" : "")))).toMatchObject({
    why: { kind: "totals" },
  });
  expect(read(header.map(() => "Total"))).toMatchObject({ why: { kind: "totals" } });
  expect(read(["Total", "p-1"])).toMatchObject({ problem: { kind: "columns" } });
});

test("every name of a line is kept", () => {
  const as: MoneyLayout = { ...layout, customer: ["other"], order: ["shop"], payment: ["payment"], leaveOut: [] };
  expect(read(row({ shop: "#1" }), { as })).toMatchObject({ line: "e-1", payment: ["p-1"], contract: "c-1", customer: "o-1", order: "#1" });
});

test("what a file decided as a whole, and what a kind says of itself, holds for each line", () => {
  const { currency: _, ...noCurrency } = layout;
  const as: MoneyLayout = {
    ...noCurrency,
    at: [
      { columns: ["nowhere"], formats: ["iso"] },
      { columns: ["when"], oneOf: ["d/M/yyyy", "M/d/yyyy"], zone: { column: "shop" } },
    ],
    zones: { CST: "Asia/Shanghai" },
    numbers: [commaForm],
    leaveOut: [],
  };
  const decided = (format: string) => ({ formats: new Map([[as.at[1] as DateRule, format]]) });
  const reader = (format: string) => lineReader(as, header, { currency: "EUR" }, decided(format));
  const cells = row({ when: "2/1/2026", amount: "1.234,50", shop: "CST" });
  expect(reader("M/d/yyyy")(cells, 1, false)).toMatchObject({
    at: Date.parse("2026-01-31T16:00:00Z"),
    amount: { minor: 123_450, currency: "EUR" },
  });
  expect(reader("d/M/yyyy")(cells, 1, false)).toMatchObject({ at: Date.parse("2026-01-01T16:00:00Z") });
  expect(reader("d/M/yyyy")(row({ when: "", amount: "1", shop: "CST" }), 1, false)).toMatchObject({
    problem: { kind: "empty", column: "when" },
  });
  const { numbers: __, ...plain } = as;
  expect(
    lineReader(
      plain,
      header,
      { currency: "EUR" },
      decided("M/d/yyyy"),
    )(row({ when: "2/1/2026", amount: "1,234.50", shop: "UTC" }), 1, false),
  ).toMatchObject({ amount: { minor: 123_450 } });
});

test("of typed lines those that are rows are read", () => {
  const as: MoneyLayout = { ...layout, records: { position: 0, header: ["CH"], row: ["SB", "SC"] } };
  expect(read(row({ entry: " SC " }), { as })).toMatchObject({ kind: "money" });
  expect(read(row({ entry: "SF" }), { as })).toEqual({ kind: "left out", number: 7, why: { kind: "record", type: "SF" } });
});

test("what was given back is a charge's, and is read as exactly as what was taken", () => {
  const as: MoneyLayout = { ...layout, refunded: ["other"], payment: ["payment"] };
  expect(read(row({ other: "500" }), { as })).toMatchObject({ refunded: { minor: 500, currency: "JPY" } });
  expect(read(row({ other: "1" }), { as })).toMatchObject({ refunded: { minor: 1, currency: "JPY" } });
  expect(read(row({ other: "0" }), { as })).not.toHaveProperty("refunded");
  expect(read(row({ other: "" }), { as })).not.toHaveProperty("refunded");
  expect(read(row({ other: "500", kind: "refund", amount: "-500" }), { as })).not.toHaveProperty("refunded");
  expect(read(row({ other: "5.5" }), { as })).toMatchObject({ kind: "broken", problem: { kind: "amount", column: "other" } });
  expect(read(row({ other: "-5" }), { as })).toMatchObject({ kind: "broken", problem: { kind: "amount", column: "other" } });
});

test("a line is looked at byte by byte where it is suspicious, and only there", () => {
  const reader = lineReader(layout, header, {}, { formats: new Map() });
  const bell = row({ payment: "p-\x07" });
  expect(reader(bell, 1, true)).toMatchObject({ kind: "broken", problem: { kind: "control", column: "payment" } });
  expect(reader(bell, 1, false)).toMatchObject({ kind: "money" });
  // Of a line that is too short what has damaged it says more than how short it is.
  expect(reader(["e-1", "p\0"], 1, true)).toMatchObject({ problem: { kind: "NUL", column: "payment" } });
  expect(reader(["e-1", "p\x07"], 1, true)).toMatchObject({ problem: { kind: "columns" } });
  expect(reader(["e-1", "p\0"], 1, false)).toMatchObject({ problem: { kind: "columns" } });
});

test("what was stated is used: a zone, a format of dates", () => {
  const noZone: MoneyLayout = { ...layout, at: [{ columns: ["when"], formats: ["yyyy-MM-dd HH:mm:ss"] }] };
  expect(read(row(), { as: noZone })).toMatchObject({ kind: "broken", problem: { kind: "zone", isNamed: false } });
  expect(read(row(), { as: noZone, stated: { zone: "UTC" } })).toMatchObject({ at: Date.parse("2026-10-01T09:00:00Z") });
  expect(read(row({ when: "令和8年10月1日" }), { stated: { dates: ["japanese-era"] } })).toMatchObject({
    at: Date.parse("2026-09-30T15:00:00Z"),
    isDay: true,
  });
});

describe("amounts of other shapes", () => {
  const shaped = (amount: MoneyLayout["amount"], names: readonly string[], cells: readonly string[], more: Partial<MoneyLayout> = {}) =>
    lineReader(
      { ...layout, type: { column: ["kind"], meanings: { sale: "charge", refund: "refund" } }, amount, ...more },
      [...header, ...names],
      {},
      { formats: new Map() },
    )([...row(), ...cells], 1, false);

  test("debit and credit", () => {
    const pair = { debit: "out", credit: "in", unit: "major" } as const;
    expect(shaped(pair, ["out", "in"], ["", "19.80"], { currency: "USD" })).toMatchObject({ amount: { minor: 1_980, currency: "USD" } });
    expect(shaped(pair, ["out", "in"], ["0.00", "19.80"], { currency: "USD" })).toMatchObject({ amount: { minor: 1_980 } });
    expect(shaped(pair, ["out", "in"], ["19.80", ""], { currency: "USD" })).toMatchObject({ problem: { kind: "sign", column: "out" } });
    expect(shaped(pair, ["out", "in"], ["1", "2"])).toMatchObject({ problem: { kind: "direction" } });
  });

  test("a number and its direction, in minor units with implied decimals", () => {
    const directed = { column: ["n"], direction: { column: "dc", debit: ["DR"], credit: ["CR"] }, unit: { decimals: 2 } } as const;
    expect(shaped(directed, ["n", "dc"], ["198000", "CR"])).toMatchObject({ amount: { minor: 1_980, currency: "JPY" } });
    expect(shaped(directed, ["n", "dc"], ["198000", "XX"])).toMatchObject({ problem: { kind: "direction", column: "dc" } });
    expect(shaped(directed, ["n", "dc"], ["-198000", "CR"])).toMatchObject({ problem: { kind: "amount", column: "n" } });
  });

  test("columns added up", () => {
    const sum = { add: ["net", "tax"], unit: "major" } as const;
    expect(shaped(sum, ["net", "tax"], ["1800", "180"])).toMatchObject({ amount: { minor: 1_980 } });
    expect(shaped(sum, ["net", "tax"], ["1800", "x"])).toMatchObject({ problem: { kind: "amount", column: "tax" } });
  });

  test("with a decimal comma", () => {
    const reader = lineReader({ ...layout, currency: "EUR" }, header, {}, { formats: new Map(), numbers: commaForm });
    expect(reader(row({ amount: "4.626,81" }), 1, false)).toMatchObject({ amount: { minor: 462_681, currency: "EUR" } });
  });

  test("what was given back beside what was taken", () => {
    expect(shaped(layout.amount, ["back"], ["500"], { refunded: ["back"] })).toMatchObject({ refunded: { minor: 500, currency: "JPY" } });
  });
});

test("an id is looked for where its type and its neighbour say, and has the prefix that our records put before it", () => {
  const ids: MoneyLayout = {
    ...layout,
    payment: [
      { column: "payment", for: ["charge"] },
      { column: "other", for: ["refund"], when: { column: "shop", is: ["TXN"] } },
      { column: "other", prefix: "order:", when: { column: "shop", is: ["ODR"] } },
    ],
    leaveOut: [],
  };
  const payment = (changes: Readonly<Record<string, string>>) =>
    (read(row(changes), { as: ids }) as { payment?: readonly string[] }).payment;
  expect(payment({ shop: "TXN" })).toEqual(["p-1"]);
  expect(payment({ shop: "ODR" })).toEqual(["p-1", "order:o-1"]);
  expect(payment({ shop: "TXN", kind: "refund", amount: "-1" })).toEqual(["o-1"]);
});

test("a contract's line is its state", () => {
  const contracts: ContractLayout = {
    name: "test-contracts",
    title: "contracts",
    about: "contracts",
    contract: ["id"],
    customer: ["who"],
    state: { column: ["state"], meanings: { 有効: "active", 解約: "cancelled" } },
    at: [{ columns: ["began"], formats: ["yyyy/M/d"], zone: "Asia/Tokyo" }],
    endedAt: [{ columns: ["ended"], formats: ["yyyy/M/d"], zone: "Asia/Tokyo" }],
  };
  const reader = lineReader(contracts, ["id", "who", "state", "began", "ended"], {}, { formats: new Map() });
  expect(reader(["c-1", "u-1", "解約", "2026/1/1", "2026/10/1"], 2, false)).toEqual({
    kind: "contract",
    number: 2,
    contract: "c-1",
    customer: "u-1",
    state: "cancelled",
    at: Date.parse("2025-12-31T15:00:00Z"),
    endedAt: Date.parse("2026-09-30T15:00:00Z"),
  });
  expect(reader(["c-1", "", "?", "", ""], 2, false)).toMatchObject({ kind: "left out", why: { kind: "unknown" } });
  expect(reader(["", "", "有効", "", ""], 2, false)).toMatchObject({ kind: "broken", problem: { kind: "no id", columns: ["id"] } });
  expect(reader(["c-1", "", "有効", "x", ""], 2, false)).toMatchObject({ kind: "broken", problem: { kind: "date", column: "began" } });
  expect(reader(["c-1", "", "有効", "", "x"], 2, false)).toMatchObject({ kind: "broken", problem: { kind: "date", column: "ended" } });
  expect(reader(["c-1", "", "有効", "", ""], 2, false)).toEqual({ kind: "contract", number: 2, contract: "c-1", state: "active" });
  const named = lineReader(
    { ...contracts, order: ["who"], line: ["who"] },
    ["id", "who", "state", "began", "ended"],
    {},
    { formats: new Map() },
  );
  expect(named(["", "u", "有効", "", ""], 2, false)).toMatchObject({ problem: { kind: "no id", columns: ["id"] } });
});

test("a layout needs its columns, and those that it reads once", () => {
  expect(columnProblems(layout, columnsOf(header))).toEqual([]);
  expect(columnProblems(layout, columnsOf([...header.filter((name) => name !== "when"), "Amount", "Kind "]))).toEqual([
    'the column "amount" is there twice, on places 8 and 11',
    'the column "kind" is there twice, on places 6 and 12',
    'at: the file has no column "when"',
  ]);
});
