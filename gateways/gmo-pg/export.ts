/**
 * GMO-PG's results of recurring card charges (SearchRecurringResultFile, RECURRING_CREDIT): no header, 15 columns, of which one is the password of a
 * transaction and is never read. Amount and tax are whole yen, and the charge is their sum; days and times are Japan's. What its Status may say is not
 * published: those named here are the ones of its cards (L), and any other is counted and named.
 * https://github.com/minpaku/gmo
 */
import type { ExportKind } from "../../core/mapping/layout.ts";

const recurringResults: ExportKind = {
  name: "gmo-pg-recurring-results",
  title: "GMO-PG's results of recurring charges",
  gateway: "gmo-pg",
  // Of the 8th on the 18th, as a shop system that takes part says (makeshop, 2019).
  comesAfterDays: 10,
  isOfOneDay: true,
  about: "money",
  charset: "shift_jis",
  header: "none",
  columns: [
    ...["ShopID", "RecurringID", "OrderID", "ChargeDate", "Status", "Amount", "Tax", "NextChargeDate"],
    ...["AccessID", "AccessPass", "Forward", "ApprovalNo", "ErrCode", "ErrInfo", "ProcessDate"],
  ],
  has: [
    "[\\w-]+",
    "[\\w-]+",
    "[\\w-]*",
    "\\d{8}",
    "\\w*",
    "\\d*",
    "\\d*",
    "\\d{0,8}",
    "\\w*",
    ".*",
    "\\w*",
    "\\w*",
    "[\\w|]*",
    "[\\w|]*",
    "\\d{0,14}",
  ],
  skip: ["AccessPass"],
  payment: ["AccessID", "OrderID"],
  contract: ["RecurringID"],
  order: ["OrderID"],
  type: {
    column: ["Status"],
    meanings: {
      CAPTURE: "charge",
      SALES: "charge",
      SUCCESS: "charge",
      PAYSUCCESS: "charge",
      OK: "charge",
      FAIL: "charge",
      FAILED: "charge",
      ERROR: "charge",
      PAYFAIL: "charge",
      NG: "charge",
      UNPROCESSED: "charge",
      AUTH: "authorization",
      CHECK: "check",
      VOID: "void",
      RETURN: "refund",
      RETURNX: "refund",
    },
  },
  // An error counts more than the status, which is then the former one.
  outcome: {
    column: ["ErrCode", "Status"],
    meanings: {
      CAPTURE: "done",
      SALES: "done",
      SUCCESS: "done",
      PAYSUCCESS: "done",
      OK: "done",
      VOID: "done",
      RETURN: "done",
      RETURNX: "done",
    },
    otherwise: "failed",
  },
  at: [{ columns: ["ProcessDate"], formats: ["yyyyMMddHHmmss", "yyyyMMdd"], zone: "Asia/Tokyo" }],
  amount: { add: ["Amount", "Tax"], unit: "major" },
  currency: "JPY",
};

export const exportKinds: readonly ExportKind[] = [recurringResults];
