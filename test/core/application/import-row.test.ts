import { expect, test } from "vitest";
import { columnProblems, importColumns, importRow } from "../../../core/application/import-row.ts";

const row = {
  account: "a-1",
  source: "sbps",
  contract: "c-1",
  plan: "premium",
  price: "1980",
  currency: "JPY",
  interval: "month",
  since: "2023-02-01T00:00:00+09:00",
};

test("a row is the grant that the application would have sent, with empty cells left out", () => {
  expect(importRow({ ...row, order: "", customer: "", free_until: "", basis: "" })).toEqual({
    kind: "row",
    message: {
      type: "entitlement.granted",
      timestamp: "2023-02-01T00:00:00+09:00",
      data: {
        account: "a-1",
        source: "sbps",
        contract: "c-1",
        plan: "premium",
        price: { minor: 1_980, currency: "JPY" },
        interval: "month",
      },
    },
  });
  expect(importRow({ account: "a-1", source: "sbps", plan: "p", since: row.since, basis: "complimentary" })).toMatchObject({ kind: "row" });
});

test("each column has its place in the message", () => {
  const all = { ...row, order: "o-1", customer: "cus-1", free_until: "2023-03-01T00:00:00+09:00", basis: "campaign" };
  expect(Object.keys(all).toSorted()).toEqual(importColumns.toSorted());
  expect(importRow(all)).toStrictEqual({
    kind: "row",
    message: {
      type: "entitlement.granted",
      timestamp: row.since,
      data: {
        ...{ account: "a-1", source: "sbps", contract: "c-1", order: "o-1", customer: "cus-1", plan: "premium" },
        ...{ price: { minor: 1_980, currency: "JPY" }, interval: "month", freeUntil: "2023-03-01T00:00:00+09:00", basis: "campaign" },
      },
    },
  });
});

test("a row of JSON may have null where nothing is known, and its price as a number", () => {
  const gift = { account: "a-1", source: "sbps", plan: "p", since: row.since, basis: "complimentary" };
  const message = {
    type: "entitlement.granted",
    timestamp: row.since,
    data: { account: "a-1", source: "sbps", plan: "p", basis: "complimentary" },
  };
  expect(importRow({ ...gift, contract: null, order: null, price: null, currency: null, free_until: null })).toStrictEqual({
    kind: "row",
    message,
  });
  expect(importRow({ ...gift, price: 5, currency: "JPY" })).toEqual(importRow({ ...gift, price: "5", currency: "JPY" }));
  expect(importRow({ ...gift, price: 5, currency: "JPY" })).toMatchObject({ message: { data: { price: { minor: 5, currency: "JPY" } } } });
});

const long = "x".repeat(501);

test.each([
  [{ account: "" }, /^account: it is missing/],
  [{ account: null }, /^account: it is missing/],
  [{ account: long }, /^account: 501 characters/],
  [{ source: long }, /^source: 501 characters/],
  [{ contract: long }, /^contract: 501 characters/],
  [{ contract: "" }, /^contract: name the contract, or the order/],
  [{ order: long }, /^order: 501 characters/],
  [{ customer: long }, /^customer: 501 characters/],
  [{ plan: long }, /^plan: 501 characters/],
  [{ price: "19.80" }, /^price = "19\.80": write a whole number/],
  [{ price: "-5" }, /^price = "-5": write a whole number/],
  [{ price: "5 yen" }, /^price = "5 yen": write a whole number/],
  [{ price: "" }, /^price = nothing: write a whole number/],
  [{ price: "", currency: "" }, /^price: it is missing/],
  [{ currency: "" }, /^currency = nothing: write three capital letters/],
  [{ currency: "yen" }, /^currency = "yen": write three capital letters/],
  [{ interval: "weekly" }, /^interval = "weekly": write one of month, year/],
  [{ interval: "data.month" }, /^interval = "data\.month": write one of month, year/],
  [{ since: "2023-02-01" }, /^since = "2023-02-01": write a moment in ISO 8601 with its zone/],
  [{ free_until: "soon" }, /^free_until = "soon": write a moment/],
  [{ basis: long }, /^basis: 501 characters/],
])("%j names its column: %#", (changes, says) => {
  const found = importRow({ ...row, ...changes });
  expect(found).toEqual({ kind: "problems", problems: [expect.stringMatching(says)] });
});

test("a row of JSON with a column that nobody knows is refused, and one without a column that is needed says so", () => {
  const { account: _, plan: __, ...rest } = row;
  expect(importRow({ ...row, contrat: "c-1" })).toEqual({
    kind: "problems",
    problems: ['there is no column "contrat"; did you mean "contract"?'],
  });
  expect(importRow(rest)).toEqual({ kind: "problems", problems: ["account: it is missing; add it", "plan: it is missing; add it"] });
});

test("columns are known, there, and there once", () => {
  expect(columnProblems(["account", "source", "plan", "since", "order"])).toEqual([]);
  expect(columnProblems(["acount", "source", "plan", "plan"])).toEqual([
    'there is no column "acount"; did you mean "account"?',
    'the column "account" is missing',
    'the column "since" is missing',
    'the column "plan" is there twice',
  ]);
  expect(columnProblems([])).toEqual(["account", "source", "plan", "since"].map((name) => `the column "${name}" is missing`));
  expect(columnProblems(["account", "source", "plan", "since", "telephone"])).toEqual(['there is no column "telephone"']);
});
