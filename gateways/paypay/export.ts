/**
 * PayPay for Business, which sends no callbacks that Holdfast reads, but whose payments come through other gateways: its history of transactions. Yen,
 * Japan's time. Low confidence: the words of its states, and the sign of a refund; what is not known here is counted and named.
 * https://paypay.ne.jp/help-online-merchant/B0058
 */
import type { ExportKind } from "../../core/mapping/layout.ts";

const history: ExportKind = {
  name: "paypay-history",
  title: "PayPay's history of transactions",
  gateway: "paypay",
  about: "money",
  charset: "shift_jis",
  has: ["取引番号", "加盟店ID", "取引ステータス", "取引日時", "取引金額", "加盟店決済ID"],
  payment: ["取引番号", "加盟店決済ID"],
  order: ["加盟店決済ID"],
  type: {
    column: ["取引ステータス"],
    meanings: {
      取引完了: "charge",
      支払い完了: "charge",
      取引失敗: "charge",
      返金完了: "refund",
      返金失敗: "refund",
      取引受付完了: "authorization",
      取引取消: "void",
      取消完了: "void",
    },
  },
  outcome: {
    column: ["取引ステータス"],
    meanings: { 取引失敗: "failed", 返金失敗: "failed" },
    otherwise: "done",
  },
  at: [{ columns: ["取引日時"], formats: ["yyyy/M/d H:mm:ss", "yyyy-MM-dd HH:mm:ss", "yyyy/M/d H:mm"], zone: "Asia/Tokyo" }],
  amount: { column: ["取引金額"], sign: "unsigned", unit: "major" },
  currency: "JPY",
};

export const exportKinds: readonly ExportKind[] = [history];
