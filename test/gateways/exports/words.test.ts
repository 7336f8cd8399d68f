/** What each word of the built-in exports means, written down again by hand: a row that is missing or has its neighbour's meaning is money of another kind. */
import { describe, expect, test } from "vitest";
import { exportKinds } from "../../../gateways/registry/export-kinds.ts";
import type { Cells } from "./case.ts";
import { given, rowsOf } from "./cases.ts";
import { readLine } from "./lines.ts";

/** `refund`, `charge failed`, or in brackets what is counted by its type alone. */
const meaningOf = (name: string, changes: Cells): string => {
  const read = readLine(name, changes);
  if (read.kind === "left out") return read.why.kind === "type" ? `(${read.why.type})` : `? ${JSON.stringify(read.why)}`;
  if (read.kind === "broken") return `! ${JSON.stringify(read.problem)}`;
  return "type" in read ? `${read.type}${read.outcome === "done" ? "" : ` ${read.outcome}`}` : "a contract";
};

/** The cells that make of the line's money some that goes out, as the layout has its direction. */
const goingOut = (kind: string): Cells => {
  const layout = exportKinds.find(({ name }) => name === kind);
  if (layout?.about !== "money") return {};
  const { amount } = layout;
  if ("debit" in amount) return { [amount.debit]: "1980", [amount.credit]: "" };
  if ("direction" in amount) return { [amount.direction.column]: amount.direction.debit[0] ?? "" };
  return "sign" in amount && amount.sign === "signed" ? { [amount.column[0] ?? ""]: "-1980" } : {};
};

const goesOut = /^(refund$|chargeback$|void)/;

/** What goes the usual way of its meaning, money coming in for a charge and going out for a refund. */
const flat = given.flatMap(([, cases]) =>
  rowsOf(cases).flatMap(([kind, { words = {} }]) =>
    Object.entries(words).flatMap(([column, says]) =>
      Object.entries(says).flatMap(([meaning, some]) => some.map((word) => ({ kind, column, meaning, word }))),
    ),
  ),
);

test.each(flat)('$kind: "$word" in $column is $meaning', ({ kind, column, meaning, word }) => {
  expect(meaningOf(kind, { [column]: word, ...(goesOut.test(meaning) && goingOut(kind)) })).toBe(meaning);
});

describe("PayPal's words mean by their direction", () => {
  const came = [
    ...["Express Checkout Payment", "Website Payment", "Subscription Payment", "Recurring Payment", "PreApproved Payment"],
    ...["Pre-approved Payment Bill User Payment", "General Payment", "Mobile Payment", "Direct Credit Card Payment", "Direct Payment"],
    ...["Virtual Terminal Payment", "Donation Payment", "Checkout Payment"],
  ];
  const either: Readonly<Record<string, readonly string[]>> = {
    "(other)": [
      ...["Cancellation of Hold for Dispute Resolution", "Hold on Balance for Dispute Investigation", "Hold on Available Balance"],
      ...["General Hold", "General Hold Release", "Account Hold for Open Authorization", "Reversal of General Account Hold"],
      ...["Payment Hold", "Payment Release", "Payment Review Hold", "Payment Review Release", "General Currency Conversion"],
      ...["Currency Conversion (debit)", "Mass Pay Payment", "Invoice sent", "Request Sent"],
    ],
    "(authorization)": ["General Authorization", "Authorization", "Order"],
    "(transfer)": ["General Credit Card Deposit", "Bank Deposit to PP Account (Obselete)"],
    "(payout)": ["General Withdrawal", "User Initiated Withdrawal", "Withdraw Funds to Bank Account"],
    "(fee)": ["Payment Fee", "Fee Reversal", "Chargeback Fee"],
  };
  /** Coming in, and going out. */
  const both: readonly (readonly [word: string, comes: string, goes: string])[] = [
    ...came.map((word) => [word, "charge", "(other)"] as const),
    ["Payment Refund", "(other)", "refund"],
    ["Refund", "(other)", "refund"],
    ["Payment Reversal", "chargeback reversed", "chargeback"],
    ["Chargeback", "chargeback reversed", "chargeback"],
  ];
  const reversed = ["Chargeback Reversal", "Reversal of Chargeback"];

  test.each(["paypal-activity", "paypal-statement"])("in %s", (kind) => {
    const column = kind === "paypal-activity" ? "Type" : "Description";
    for (const [word, comes, goes] of both) {
      expect([word, meaningOf(kind, { [column]: word, Gross: "1980" })]).toEqual([word, comes]);
      expect([word, meaningOf(kind, { [column]: word, Gross: "-1980" })]).toEqual([word, goes]);
    }
    for (const [meaning, some] of Object.entries(either))
      for (const word of some) expect([word, meaningOf(kind, { [column]: word, Gross: "-1980" })]).toEqual([word, meaning]);
    for (const word of reversed) expect(meaningOf(kind, { [column]: word })).toBe("chargeback reversed");
  });

  test("in the Spanish statement", () => {
    const said = (Descripción: string, Bruto: string) => meaningOf("paypal-statement-es", { Descripción, Bruto });
    expect([said("Pago de suscripción", "1980"), said("Pago de suscripción", "-1980")]).toEqual(["charge", "(other)"]);
    expect([said("Pago de Pago exprés", "1980"), said("Pago de Pago exprés", "-1980")]).toEqual(["charge", "(other)"]);
    expect([said("Reembolso de pago", "1980"), said("Reembolso de pago", "-1980")]).toEqual(["(other)", "refund"]);
  });

  test.each([
    ["T0000", "charge", "(other)"],
    ["T0002", "charge", "(other)"],
    ["T0103", "(fee)", "(fee)"],
    ["T0200", "(other)", "(other)"],
    ["T0300", "(transfer)", "(transfer)"],
    ["T0400", "(payout)", "(payout)"],
    ["T1105", "(other)", "(other)"],
    ["T1106", "chargeback reversed", "chargeback"],
    ["T1107", "(other)", "refund"],
    ["T1108", "(fee)", "(fee)"],
    ["T1109", "(fee)", "(fee)"],
    ["T1110", "(other)", "(other)"],
    ["T1111", "(other)", "(other)"],
    ["T1201", "chargeback reversed", "chargeback"],
    ["T1300", "(authorization)", "(authorization)"],
    ["T1502", "(other)", "(other)"],
    ["T2001", "(transfer)", "(transfer)"],
    ["T2103", "(other)", "(other)"],
  ])("in the settlement report: %s is %s coming in, and %s going out", (code, comes, goes) => {
    const said = (direction: string) =>
      meaningOf("paypal-settlement", { "Transaction Event Code": code, "Transaction Debit or Credit": direction });
    expect([said("CR"), said("DR")]).toEqual([comes, goes]);
  });

  test("in the settlement report, where a chargeback is given back", () => {
    expect(meaningOf("paypal-settlement", { "Transaction Event Code": "T1202" })).toBe("chargeback reversed");
    expect(meaningOf("paypal-settlement", { "Transaction Event Code": "T1202", "Transaction Debit or Credit": "DR" })).toContain('"sign"');
  });

  test.each([
    ["charge", ["Completed", "Refunded", "Partially Refunded", "Reversed", "Cleared"]],
    ["charge pending", ["Pending", "Processing", "Held", "Placed", "Unclaimed"]],
    ["charge failed", ["Denied", "Failed"]],
    ["charge voided", ["Canceled", "Cancelled", "Expired", "Returned", "Voided"]],
  ])("and a payment is a %s by its status: %j", (meaning, statuses) => {
    for (const Status of statuses) expect([Status, meaningOf("paypal-activity", { Status })]).toEqual([Status, meaning]);
  });
});
