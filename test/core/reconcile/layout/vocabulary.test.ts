import { describe, expect, test } from "vitest";
import { columnKey } from "../../../../core/mapping/layout.ts";
import { contractWords, notTheAmount, outcomeWords, roleWords, typeWords } from "../../../../core/reconcile/layout/vocabulary.ts";

const roleOf = (name: string) => roleWords.find(([, words]) => words.test(columnKey(name)))?.[0];

/** As gateways' exports and merchants' own files call their columns. */
describe.each<[string | undefined, readonly string[]]>([
  ["secret", ["Password", "Shop Pass", "passcode", "Client Secret", "Access Token", "パスワード", "暗証番号"]],
  [
    "card",
    ["Card No", "cardno", "Card-Number", "Card Num", "PAN", "カード番号", "Expiration", "有効期限", "CVV", "cvc", "セキュリティコード"],
  ],
  ["zone", ["Time Zone", "timezone", "TZ", "タイムゾーン", "時間帯"]],
  ["currency", ["Currency", "通貨"]],
  ["refunded", ["Amount Refunded", "返金額", "返金済額", "返金済み額", "返金金額", "返金済み金額"]],
  ["date", ["Date", "Transaction Time", "Created (UTC)", "paid_at", "処理日時", "日付", "年月日", "売上日"]],
  ["state", ["Status", "State", "Result", "Outcome", "処理結果", "状態", "ステータス"]],
  ["type", ["Type", "Category", "Kind", "種別", "処理区分", "種類"]],
  ["refund", ["Refund ID", "refund no", "Refund Ref", "Refund  Transfer ID", "refundid", "返金ID", "返金番号"]],
  ["contract", ["Subscription", "Contract", "Agreement ID", "Recurring ID", "契約番号", "継続課金ID", "定期ID", "自動売上ID"]],
  ["line", ["Balance Transaction", "balancetransaction", "Entry ID", "entryid", "明細ID", "明細番号"]],
  [
    "payment",
    [
      ...[
        "Transaction ID",
        "Charge ID",
        "Payment No.",
        "Capture No",
        "Sale Number",
        "PSP Reference",
        "tracking_id",
        "txn_ref",
        "AccessID",
        "id",
      ],
      ...["取引ID", "取引番号", "取引No", "トラッキングコード", "決済ID", "決済番号", "決済No", "処理ID", "処理番号"],
    ],
  ],
  [
    "order",
    ["Order", "Invoice", "Merchant Ref", "merchantref", "Reference", "受注番号", "注文", "オーダーID", "伝票番号", "請求ID", "請求番号"],
  ],
  ["customer", ["Customer", "Member", "User", "Buyer", "Payer Email", "Account", "顧客", "会員ID", "利用者", "ユーザ"]],
  ["amount", ["Amount", "Gross", "Total", "Price", "Charged", "金額", "売上", "利用料金", "税込"]],
  [
    undefined,
    [
      "Passenger",
      "Company",
      "Panel",
      "Japan",
      "xtz",
      "tzar",
      "cat_attr",
      "日本語",
      "Identity",
      "paid",
      "Transaction ID (old)",
      "備考",
      "memo",
    ],
  ],
])("a column of the %s", (role, names) => {
  test.each(names)("may be called %s", (name) => expect(roleOf(name)).toBe(role));
});

test.each([
  "Fee",
  "Net",
  "Commission",
  "Tax",
  "VAT",
  "Balance",
  "Tip",
  "Discount",
  "手数料",
  "税",
  "税額",
  "税抜",
  "消費税額",
  "残高",
  "入金額",
  "差引額",
  "割引額",
])("what a customer paid is not the %s", (name) => expect(notTheAmount.test(columnKey(name))).toBe(true));

test.each(["Amount", "Gross", "税込金額", "決済金額"])("what a customer paid may be the %s", (name) => {
  expect(notTheAmount.test(columnKey(name))).toBe(false);
});

test.each([
  [typeWords, ["charge", "sale", "売上"], "charge"],
  [typeWords, ["refund", "返金"], "refund"],
  [typeWords, ["void", "売上取消"], "void"],
  [typeWords, ["chargeback", "チャージバック"], "chargeback"],
  [typeWords, ["authorization", "仮売上"], "authorization"],
  [typeWords, ["verification", "有効性チェック"], "check"],
  [typeWords, ["fee", "手数料"], "fee"],
  [typeWords, ["payout", "振込"], "payout"],
  [typeWords, ["transfer", "振替"], "transfer"],
  [outcomeWords, ["success", "決済完了"], "done"],
  [outcomeWords, ["declined", "失敗"], "failed"],
  [outcomeWords, ["pending", "処理中"], "pending"],
  [outcomeWords, ["voided", "取消済"], "voided"],
  [contractWords, ["active", "継続中"], "active"],
  [contractWords, ["past due", "延滞"], "past_due"],
  [contractWords, ["on hold", "休止中"], "paused"],
  [contractWords, ["cancelled", "解約済み"], "cancelled"],
  [contractWords, ["expired", "失効"], "expired"],
])("words %#", (table, words, meaning) => {
  for (const word of words) expect([word, (table as ReadonlyMap<string, string>).get(word)]).toEqual([word, meaning]);
});
