import { expect, test } from "vitest";
import { columnProblems, importRow } from "../../../core/application/import-row.ts";

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

test.each([
  [{ price: "19.80" }, 'price = "19.80": write a whole number'],
  [{ currency: "" }, "currency = nothing"],
  [{ since: "2023-02-01" }, 'since = "2023-02-01": write a moment in ISO 8601 with its zone'],
  [{ free_until: "soon" }, 'free_until = "soon"'],
  [{ account: "" }, "account: it is missing"],
  [{ contract: "" }, "contract: name the contract, or the order"],
  [{ interval: "weekly" }, 'interval = "weekly": write one of month, year'],
])("%j names its column", (changes, says) => {
  const found = importRow({ ...row, ...changes });
  expect(found.kind === "problems" && found.problems.join("; ")).toContain(says);
});

test("columns are known, there, and there once", () => {
  expect(columnProblems(["account", "source", "plan", "since", "order"])).toEqual([]);
  expect(columnProblems(["acount", "source", "plan", "plan"])).toEqual([
    'there is no column "acount"; did you mean "account"?',
    'the column "account" is missing',
    'the column "since" is missing',
    'the column "plan" is there twice',
  ]);
});
