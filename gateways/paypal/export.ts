/**
 * PayPal's exports. The activity download and the statement are written for a person: their language, the order of day and month, and the decimal sign are
 * the account's, so a file is looked at as a whole. The settlement report is written for programs: typed lines, and amounts as unsigned whole numbers of
 * hundredths, yen too, with a column that says which way they went.
 * https://developer.paypal.com/reports/settlement https://developer.paypal.com/reports/reference/t-codes
 */
import type { DateRule, ExportKind, Outcome, TypeMeaning } from "../../core/mapping/layout.ts";
import { commaForm, plainForm } from "../../core/values/number-text.ts";

const gateway = "paypal";

/** Money that comes in is a customer's payment; what goes out under the same name was paid by the merchant. */
const paid: TypeMeaning = { in: "charge", out: "other" };
const back: TypeMeaning = { in: "other", out: "refund" };

const activityTypes: Readonly<Record<string, TypeMeaning>> = {
  "Express Checkout Payment*": paid,
  "Website Payment*": paid,
  "Subscription Payment*": paid,
  "Recurring Payment*": paid,
  "PreApproved Payment*": paid,
  "Pre-approved Payment*": paid,
  "General Payment*": paid,
  "Mobile Payment*": paid,
  "Direct Credit Card Payment*": paid,
  "Direct Payment*": paid,
  "Virtual Terminal Payment*": paid,
  "Donation Payment*": paid,
  "Checkout Payment*": paid,
  "Payment Refund": back,
  Refund: back,
  "Payment Reversal": { in: "chargeback reversed", out: "chargeback" },
  Chargeback: { in: "chargeback reversed", out: "chargeback" },
  "Chargeback Reversal": "chargeback reversed",
  "Reversal of Chargeback": "chargeback reversed",
  "Cancellation of Hold for Dispute Resolution": "other",
  "Hold on Balance*": "other",
  "Hold on Available Balance": "other",
  "General Hold": "other",
  "General Hold Release": "other",
  "Account Hold for Open Authorization": "other",
  "Reversal of General Account Hold": "other",
  "Payment Hold": "other",
  "Payment Release": "other",
  "Payment Review Hold": "other",
  "Payment Review Release": "other",
  "General Authorization": "authorization",
  Authorization: "authorization",
  Order: "authorization",
  "General Currency Conversion": "other",
  "Currency Conversion*": "other",
  "General Credit Card Deposit": "transfer",
  "Bank Deposit to PP Account*": "transfer",
  "General Withdrawal*": "payout",
  "User Initiated Withdrawal": "payout",
  "Withdraw Funds to Bank Account": "payout",
  "Payment Fee": "fee",
  "Fee*": "fee",
  "Chargeback Fee": "fee",
  "Mass Pay Payment": "other",
  "Invoice sent": "other",
  "Request Sent": "other",
};

const activityOutcomes: Readonly<Record<string, Outcome>> = {
  Completed: "done",
  Refunded: "done",
  "Partially Refunded": "done",
  Reversed: "done",
  Cleared: "done",
  Pending: "pending",
  Processing: "pending",
  Held: "pending",
  Placed: "pending",
  Unclaimed: "pending",
  Denied: "failed",
  Failed: "failed",
  Canceled: "voided",
  Cancelled: "voided",
  Expired: "voided",
  Returned: "voided",
  Voided: "voided",
};

/** Its accounts count in Pacific time, and call it so. */
const zones = { PST: "America/Los_Angeles" };
const numbers = [plainForm, commaForm];

const dated = (date: string, time: string, zone: string): readonly DateRule[] => [
  {
    columns: [date, time],
    formats: ["yyyy-MM-dd HH:mm:ss", "yyyy/M/d H:mm:ss", "d.M.yyyy H:mm:ss"],
    oneOf: ["d/M/yyyy H:mm:ss", "M/d/yyyy H:mm:ss"],
    zone: { column: zone },
  },
];

const ofPayment = ["charge"] as const;
const ofReturn = ["refund", "chargeback", "chargeback reversed"] as const;

const activity: ExportKind = {
  name: "paypal-activity",
  title: "PayPal's activity download",
  gateway,
  about: "money",
  has: ["Date", "Time", "TimeZone", "Type", "Status", "Currency", "Gross", "Transaction ID", "Reference Txn ID"],
  line: ["Transaction ID"],
  payment: [
    { column: "Transaction ID", for: ofPayment },
    { column: "Reference Txn ID", for: ofReturn },
  ],
  refund: ["Transaction ID"],
  order: ["Invoice Number"],
  contract: [{ column: "Reference Txn ID", for: ofPayment }],
  type: { column: ["Type"], meanings: activityTypes },
  outcome: { column: ["Status"], meanings: activityOutcomes },
  at: dated("Date", "Time", "TimeZone"),
  amount: { column: ["Gross"], sign: "signed", unit: "major" },
  currency: { column: ["Currency"] },
  numbers,
  zones,
  skip: ["Receipt ID", "Contact Phone Number"],
};

const statement: ExportKind = {
  name: "paypal-statement",
  title: "PayPal's monthly statement",
  gateway,
  about: "money",
  has: ["Date", "Time", "Time Zone", "Description", "Currency", "Gross", "Transaction ID"],
  lacks: ["Event Type"],
  line: ["Transaction ID"],
  payment: [
    { column: "Transaction ID", for: ofPayment },
    { column: "Reference Txn ID", for: ofReturn },
  ],
  refund: ["Transaction ID"],
  order: ["Invoice ID"],
  contract: [{ column: "Reference Txn ID", for: ofPayment }],
  type: { column: ["Description"], meanings: activityTypes },
  at: dated("Date", "Time", "Time Zone"),
  amount: { column: ["Gross"], sign: "signed", unit: "major" },
  currency: { column: ["Currency"] },
  numbers,
  zones,
  skip: ["Receipt ID", "Contact Phone Number"],
};

const spanishStatement: ExportKind = {
  name: "paypal-statement-es",
  title: "PayPal's monthly statement in Spanish",
  remark: "most of its descriptions are not known",
  gateway,
  about: "money",
  has: ["Fecha", "Hora", "Zona horaria", "Descripción", "Divisa", "Bruto", "Id. de transacción"],
  line: ["Id. de transacción"],
  payment: [
    { column: "Id. de transacción", for: ofPayment },
    { column: "Id. de referencia de trans.", for: ofReturn },
  ],
  refund: ["Id. de transacción"],
  order: ["Id. de factura"],
  contract: [{ column: "Id. de referencia de trans.", for: ofPayment }],
  // What each description means has not been read anywhere: they are counted and named until a mapping says it.
  type: { column: ["Descripción"], meanings: { "Pago de suscripción*": paid, "Pago de Pago exprés*": paid, "Reembolso de pago": back } },
  at: dated("Fecha", "Hora", "Zona horaria"),
  amount: { column: ["Bruto"], sign: "signed", unit: "major" },
  currency: { column: ["Divisa"] },
  numbers,
  zones,
};

/** By PayPal's own page of T-codes. Those that are not here are counted and named. */
const eventCodes: Readonly<Record<string, TypeMeaning>> = {
  "T00*": paid,
  "T01*": "fee",
  "T02*": "other",
  "T03*": "transfer",
  "T04*": "payout",
  "T13*": "authorization",
  "T15*": "other",
  "T20*": "transfer",
  "T21*": "other",
  T1106: { in: "chargeback reversed", out: "chargeback" },
  T1107: back,
  T1105: "other",
  T1108: "fee",
  T1109: "fee",
  T1110: "other",
  T1111: "other",
  T1201: { in: "chargeback reversed", out: "chargeback" },
  T1202: "chargeback reversed",
};

const settlement: ExportKind = {
  name: "paypal-settlement",
  title: "PayPal's settlement report",
  remark: "STL, from the SFTP server",
  gateway,
  about: "money",
  records: { position: 0, header: ["CH"], row: ["SB"] },
  has: ["Transaction ID", "PayPal Reference ID", "Transaction Event Code", "Transaction Debit or Credit", "Gross Transaction Amount"],
  line: ["Transaction ID"],
  payment: [
    { column: "Transaction ID", for: ofPayment },
    { column: "PayPal Reference ID", for: ofReturn, when: { column: "PayPal Reference ID Type", is: ["TXN"] } },
    { column: "PayPal Reference ID", prefix: "order:", for: ofPayment, when: { column: "PayPal Reference ID Type", is: ["ODR"] } },
  ],
  refund: ["Transaction ID"],
  contract: [{ column: "PayPal Reference ID", when: { column: "PayPal Reference ID Type", is: ["SUB", "PAP"] } }],
  order: ["Invoice ID"],
  type: { column: ["Transaction Event Code"], meanings: eventCodes },
  at: [{ columns: ["Transaction Initiation Date"], formats: ["yyyy/MM/dd HH:mm:ss Z", "yyyy-MM-dd HH:mm:ss Z"] }],
  amount: {
    column: ["Gross Transaction Amount"],
    direction: { column: "Transaction Debit or Credit", debit: ["DR"], credit: ["CR"] },
    unit: { decimals: 2 },
  },
  currency: { column: ["Gross Transaction Currency"] },
  skip: ["Bank Reference ID"],
};

export const exportKinds: readonly ExportKind[] = [activity, statement, spanishStatement, settlement];
