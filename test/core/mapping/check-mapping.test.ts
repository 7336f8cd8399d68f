import { describe, expect, test } from "vitest";
import { checkMapping } from "../../../core/mapping/check-mapping.ts";
import { describeProblems } from "../../../core/problems/problem.ts";
import { exportKinds } from "../../../gateways/registry/export-kinds.ts";

const mapping = {
  name: "our-bank",
  about: "money",
  charset: "shift_jis",
  payment: ["取引ID"],
  type: { column: ["区分"], meanings: { 売上: "charge", 返金: "refund" } },
  at: [{ columns: ["日付", "時刻"], formats: ["yyyy/M/d H:mm:ss"], zone: "Asia/Tokyo" }],
  amount: { column: ["金額"], sign: "unsigned", unit: "major" },
  currency: "JPY",
};

const problems = (changes: Readonly<Record<string, unknown>>): string => {
  const checked = checkMapping({ ...mapping, ...changes });
  return checked.kind === "problems" ? describeProblems(checked.problems) : "";
};

test("a mapping says what a kind that is built in says: every kind is one", () => {
  expect(checkMapping(mapping)).toEqual({ kind: "mapping", layout: mapping });
  for (const { gateway: _, has: __, lacks: ___, comesAfterDays: ____, isOfOneDay: _____, remark: ______, ...layout } of exportKinds) {
    const checked = checkMapping(JSON.parse(JSON.stringify(layout)));
    expect([layout.name, checked.kind === "problems" ? checked.problems : []]).toEqual([layout.name, []]);
  }
});

describe("a problem names its place, and what to write:", () => {
  test.each([
    [{ about: "things" }, 'about = "things": write "money"'],
    [{ paymnt: ["x"] }, 'paymnt = ["x"]: there is no such field; did you mean "payment"?'],
    [{ skip: ["メモ", "金額"] }, 'skip[1] = "金額": another field reads this column'],
    [{ payment: [] }, "payment = []: write at least one column"],
    [{ payment: undefined }, "payment: it is missing; name the column"],
    [{ amount: { column: ["金額"], sign: "unsigned" } }, "amount.unit: it is missing"],
    [{ amount: { column: ["金額"], sign: "unsigned", unit: "yen" } }, 'amount.unit = "yen": write "major" where'],
    [{ at: [{ columns: ["日付"], formats: ["YYYY/MM/DD"] }] }, 'at[0].formats[0] = "YYYY/MM/DD": it has letters that mean nothing'],
    [{ at: [{ columns: ["日付"] }] }, "at[0].formats: it is missing"],
    [{ at: [{ columns: ["日付"], formats: ["iso"], zone: "JST" }] }, 'at[0].zone = "JST": write the name of a time zone'],
    [{ type: { column: ["区分"], meanings: { 売上: "sale" } } }, 'type.meanings["売上"] = "sale": there is no such type'],
    [{ type: { column: ["区分"], meanings: {} } }, "add what the column's words mean"],
    [{ currency: "yen!" }, 'currency = "yen!": write three letters'],
    [{ charset: "sjis-x" }, 'charset = "sjis-x": write the name of a charset'],
    [{ header: "none" }, "columns: it is missing; name the columns"],
    [{ numbers: [{ decimal: ",", group: "," }] }, 'numbers[0].group = ",": it is the decimal sign as well'],
  ])("%j", (changes, says) => expect(problems(changes)).toContain(says));

  test.each([null, [], "x", 7, {}])("%j", (value) => expect(checkMapping(value).kind).toBe("problems"));
});
