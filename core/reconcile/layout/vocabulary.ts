/** Words by which exports call things, English and Japanese: for proposing a mapping, which an operator then reads. Nothing is read by them. */
import type { ContractState } from "../../event.ts";
import type { LineType, Outcome } from "../../mapping/layout.ts";

export type Role =
  | "line"
  | "payment"
  | "refund"
  | "contract"
  | "customer"
  | "order"
  | "currency"
  | "zone"
  | "refunded"
  | "amount"
  | "type"
  | "state"
  | "date"
  | "secret"
  | "card";

/** In the order in which they are tried, against a column's name in lower case. */
export const roleWords: readonly (readonly [Role, RegExp])[] = [
  ["secret", /pass(word|code)?$|secret|token|パスワード|暗証/],
  ["card", /card.?(no|num|number)|^pan$|カード番号|expir|有効期限|cvv|cvc|セキュリティコード/],
  ["zone", /time ?zone|^tz$|タイムゾーン|時間帯/],
  ["currency", /currency|通貨/],
  ["refunded", /refunded|返金(済み?)?(金)?額/],
  ["date", /date|time|created|_at$|日時|日付|年月日|日$/],
  ["state", /status|state|result|outcome|結果|状態|ステータス/],
  ["type", /type|category|kind|種別|区分|種類/],
  ["refund", /refund.*(id|no|ref)|返金(id|番号)/],
  ["contract", /subscription|contract|agreement|recurring|契約|継続|定期|自動売上/],
  ["line", /balance.?transaction|entry.?id|明細(id|番号)/],
  [
    "payment",
    /(transaction|charge|payment|capture|sale|psp|tracking|txn|access).*(id|no\.?|number|ref|reference)$|^id$|取引(id|番号|no)|トラッキング|決済(id|番号|no)|処理(id|番号)/,
  ],
  ["order", /order|invoice|merchant.?ref|reference|受注|注文|オーダー|伝票|請求(id|番号)/],
  ["customer", /customer|member|user|buyer|payer|account|顧客|会員|利用者|ユーザ/],
  ["amount", /amount|gross|total|price|charged|金額|売上|料金|税込/],
];

/** Amounts that are not what the customer paid. */
export const notTheAmount = /fee|net|commission|tax|vat|balance|tip|discount|手数料|税(額|抜)?$|消費税|残高|入金|差引|割引/;

const wordsOf = <Meaning>(table: Readonly<Record<string, string>>): ReadonlyMap<string, Meaning> =>
  new Map(
    Object.entries(table).flatMap(([meaning, words]) =>
      words.split(" ").map((word) => [word.replaceAll("_", " "), meaning as Meaning] as const),
    ),
  );

export const typeWords = wordsOf<LineType>({
  charge: "charge payment sale sales purchase capture captured settled settlement 売上 決済 購入 課金 請求 実売上 即時売上 売上確定",
  refund: "refund refunded credit return 返金 返品 返金処理",
  void: "void voided cancel cancelled canceled 取消 取り消し キャンセル 売上取消",
  chargeback: "chargeback dispute チャージバック",
  authorization: "authorization authorisation auth 仮売上 与信 オーソリ",
  check: "check verification 有効性チェック",
  fee: "fee 手数料",
  payout: "payout withdrawal 入金 振込",
  transfer: "transfer 振替",
});

export const outcomeWords = wordsOf<Outcome>({
  done: "ok success succeeded successful complete completed paid captured settled done approved 成功 完了 正常 済 承認 決済完了 売上確定 入金済 処理済",
  failed: "ng fail failed failure declined denied error rejected 失敗 エラー 異常 否認 決済失敗 不成立",
  pending: "pending processing authorized waiting 処理中 保留 未決済 仮売上",
  voided: "void voided cancelled canceled expired 取消 取消済 キャンセル 期限切れ",
});

export const contractWords = wordsOf<ContractState>({
  active: "active trialing live current 有効 継続 継続中 契約中 利用中 稼働中 課金中",
  past_due: "past_due past__due overdue unpaid delinquent 延滞 未払い 滞納 督促中",
  paused: "paused suspended on_hold 停止 停止中 休止 休止中 一時停止",
  cancelled: "cancelled canceled terminated ended 解約 解約済 解約済み 退会 終了 停止済",
  expired: "expired lapsed 失効 満了 期限切れ",
});
