import { expect, test } from "vitest";
import { propose } from "../../../core/reconcile/layout/propose.ts";
import { wordKey } from "../../../core/reconcile/word-key.ts";

test.each([
  ["PAID", "paid"],
  ["  Paid ", "paid"],
  ["ＰＡＩＤ", "paid"],
  ["paid \t out", "paid out"],
  ["ｵｰｿﾘ", "オーソリ"],
])("%j is the word %j", (written, word) => {
  expect(wordKey(written)).toBe(word);
});

test.each([
  ["paid", "paidout"],
  ["paid", "unpaid"],
])("%j is not %j", (one, other) => {
  expect(wordKey(one)).not.toBe(wordKey(other));
});

test("a proposed mapping knows a word in whatever spacing the file has it", () => {
  const rows = [
    ["subscription", "state", "started"],
    ["sub_1", "Past  due", "2026-10-01"],
    ["sub_2", "active", "2026-10-02"],
  ];
  const { mapping } = propose([{ charset: "utf-8", separator: ",", rows }], "shop") ?? {};
  expect(mapping).toMatchObject({ about: "contracts", state: { meanings: { "Past  due": "past_due", active: "active" } } });
});
