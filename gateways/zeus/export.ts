/**
 * ZEUS's list of card sales: 17 columns in a fixed order, without a header, or with one that says the same names; Shift_JIS, Japan's time, yen. Card
 * number, expiry, phone and passwords are in it, and are never read. A sale that was cancelled has the day of it beside it.
 * Low confidence: how its times are written.
 * https://tamago.temonalab.com/support/manual/123
 */
import type { ExportKind } from "../../core/mapping/layout.ts";

const cardSales: ExportKind = {
  name: "zeus-card-sales",
  title: "ZEUS's card sales",
  gateway: "zeus",
  about: "money",
  charset: "shift_jis",
  header: "none",
  columns: [
    ...["番組コード", "オーダーNo", "カード番号", "有効期限", "電話番号", "売り上げ日時", "結果", "取り消し日", "エラーメッセージ"],
    ...["カード会社コード", "氏名", "E-mail", "発行ID", "発行パスワード", "ID", "決済金額", "支払回数"],
  ],
  has: ["\\w*", "[\\w-]+", ".*", ".*", ".*", "\\d.*", "\\S+", ".*", ".*", ".*", ".*", ".*", ".*", ".*", ".*", "[\\d,]*", ".*"],
  skip: ["カード番号", "有効期限", "電話番号", "氏名", "E-mail", "発行ID", "発行パスワード"],
  payment: ["オーダーNo"],
  contract: ["ID"],
  customer: ["ID"],
  outcome: {
    column: ["取り消し日", "結果"],
    meanings: { "19*": "voided", "20*": "voided", OK: "done", 成功: "done", 完了: "done", NG: "failed", 失敗: "failed" },
  },
  at: [
    {
      columns: ["売り上げ日時"],
      formats: [
        "yyyy/M/d H:mm:ss",
        "yyyy/M/d H:mm",
        "yyyy-MM-dd HH:mm:ss",
        "yyyyMMddHHmmss",
        "yyyy年M月d日 H:mm:ss",
        "yyyy年M月d日 H時m分s秒",
      ],
      zone: "Asia/Tokyo",
    },
  ],
  amount: { column: ["決済金額"], sign: "unsigned", unit: "major" },
  currency: "JPY",
};

export const exportKinds: readonly ExportKind[] = [cardSales];
