import * as meaning from "../../../gateways/gmo-pg/meaning.ts";
import { writer } from "../../../gateways/gmo-pg/writer.ts";
import { now } from "../conformance/conformance.ts";
import { withFields } from "./change.ts";
import { byKey, each, type Meanings, row, scenesOf, sentAt, yen } from "./row.ts";

const scene = scenesOf(writer, { contract: "r1", customer: "c1", charge: "access-1", order: "order-1", part: "p1" });
const about = { charge: "access-1", order: "order-1" };
const open = { incomplete: ["contract", "customer"] };
const paid = { ...about, ...open, amount: yen };
const status = (Status: string, more: Readonly<Record<string, string | undefined>> = {}) =>
  withFields(scene("paid"), { Status, JobCd: Status, ...more });
const continuing = (Status: string, PayType = "10", more: Readonly<Record<string, string>> = {}) =>
  status(Status, { PayType, JobCd: "", ...more });
const wallet = (Status: string, more: Readonly<Record<string, string>>) => status(Status, { PayType: "8", TranID: "", ...more });
const slip = (Status: string, more: Readonly<Record<string, string>> = {}) => status(Status, { PayType: "3", JobCd: "", ...more });
const failed = (JobCd: string, Status = "CAPTURE") => withFields(scene("failed"), { JobCd, Status });
const reason = "G12 42G120000";

export const meanings: Meanings = {
  modules: [meaning],
  at: sentAt,
  tables: {
    meanings: {
      ...byKey(
        {
          CAPTURE: "charge.succeeded",
          AUTH: "charge.authorized",
          SAUTH: "charge.authorized",
          SALES: "charge.succeeded",
          VOID: "charge.voided",
          RETURN: "charge.refunded",
          RETURNX: "charge.refunded",
          PAYSUCCESS: "charge.succeeded",
          PAYFAIL: "charge.failed",
          EXPIRED: "charge.voided",
          STOP: "charge.voided",
          CANCEL: "charge.voided",
        },
        (key, type) => row(status(key), { type, ...paid }),
      ),
      ...byKey(
        {
          UNPROCESSED: "notice",
          AUTHENTICATED: "notice",
          AUTHPROCESS: "notice",
          REQSUCCESS: "notice",
          TRADING: "notice",
          REQRETURN: "notice",
          "RUN-END": "notice",
          "RUN-CHANGE": "notice",
          CERT_DONE: "notice",
        },
        (key, type) => row(status(key), { type, ...about, amount: yen }),
      ),
      CHECK: row(scene("card checked"), { type: "card.verified", ...about }),
      ...byKey({ REGISTER: "contract.started", END: "contract.cancelled", ERASE: "contract.cancelled" }, (key, type) =>
        row(status(key), { type, contract: "order-1", order: "order-1" }),
      ),
    },
    continuingMeanings: {
      ...byKey({ CANCEL: "contract.cancelled", RETURN: "contract.cancelled" }, (key, type) =>
        row(continuing(key), { type, contract: "order-1", order: "order-1" }),
      ),
      PAYFAIL: row(continuing("PAYFAIL", "13", { ErrCode: "G12", ErrInfo: "42G120000" }), {
        type: "contract.cancelled",
        contract: "order-1",
        order: "order-1",
        reason,
      }),
    },
  },
  others: {
    "a sale": { ...row(scene("paid"), { type: "charge.succeeded", ...paid }), gatewayType: "CAPTURE" },
    "a sale of a member": row(status("CAPTURE", { MemberID: "member-1" }), {
      type: "charge.succeeded",
      ...about,
      customer: "member-1",
      amount: yen,
      incomplete: ["contract"],
    }),
    "a payment that comes in later, at the time it came in": row(status("PAYSUCCESS", { FinishDate: "20261120205800" }), {
      type: "charge.succeeded",
      ...paid,
      occurredAt: sentAt - 60_000,
    }),
    "another notice that has the time it was finished, at its own": row(status("EXPIRED", { FinishDate: "20261120205800" }), {
      type: "charge.voided",
      ...paid,
    }),
    "a slip that is paid": row(slip("PAYSUCCESS", { FinishDate: "20261120205800" }), {
      type: "charge.succeeded",
      ...paid,
      part: "paid 20261120205800",
      occurredAt: sentAt - 60_000,
    }),
    "a slip that is paid, without the time it was finished": row(slip("PAYSUCCESS", { TranDate: "20261120205800" }), {
      type: "charge.succeeded",
      ...paid,
      part: "paid 20261120205800",
      occurredAt: sentAt - 60_000,
    }),
    "a slip that is paid at no time": row(slip("PAYSUCCESS", { TranDate: "" }), {
      type: "charge.succeeded",
      ...paid,
      part: "paid",
      occurredAt: now,
    }),
    "a slip that is paid, without a word of when": row(withFields(slip("PAYSUCCESS"), { TranDate: undefined }), {
      type: "charge.succeeded",
      ...paid,
      part: "paid",
      occurredAt: now,
    }),
    "a slip that expires": row(slip("EXPIRED"), { type: "charge.voided", ...paid }),
    ...each(["1", "2", "4", "7", "12", "36"], (PayType) =>
      row(slip("PAYSUCCESS", { PayType, TranDate: "20261120205900" }), {
        type: "charge.succeeded",
        ...paid,
        part: "paid 20261120205900",
      }),
    ),
    "a wallet's sale that is returned in part": row(wallet("RETURN", { AuCancelAmount: "300", AuCancelTax: "30" }), {
      type: "charge.refunded",
      ...paid,
      amount: { minor: 330, currency: "JPY" },
      refund: "20261120205900",
    }),
    "a wallet's sale of which one yen is returned": row(wallet("RETURN", { AuCancelAmount: "1" }), {
      type: "charge.refunded",
      ...paid,
      amount: { minor: 1, currency: "JPY" },
      refund: "20261120205900",
    }),
    "a wallet's sale that is cancelled, with the cancelled amount only": row(wallet("CANCEL", { AuCancelAmount: "300", Amount: "" }), {
      type: "charge.voided",
      ...paid,
      amount: { minor: 300, currency: "JPY" },
    }),
    ...each(["myAuCancelAmount", "AuCancelAmountTotal"], (name) =>
      row(wallet("RETURN", { [name]: "300" }), { type: "charge.refunded", ...paid }),
    ),
    "a wallet's sale that is returned in part, by a step with an id": row(wallet("RETURN", { SbCancelAmount: "300", TranID: "t1" }), {
      type: "charge.refunded",
      ...paid,
      amount: { minor: 300, currency: "JPY" },
      refund: "t1 20261120205900",
    }),
    "a wallet's sale that is returned in part, at no time": row(wallet("RETURN", { SbCancelAmount: "300", TranDate: "" }), {
      type: "charge.refunded",
      ...paid,
      amount: { minor: 300, currency: "JPY" },
      refund: "access-1",
      occurredAt: now,
    }),
    "a wallet's sale that is returned in part, when it was finished": row(
      wallet("RETURN", { SbCancelAmount: "300", TranDate: "", FinishDate: "20261120205800" }),
      {
        type: "charge.refunded",
        ...paid,
        amount: { minor: 300, currency: "JPY" },
        refund: "20261120205800",
        occurredAt: sentAt - 60_000,
      },
    ),
    "a wallet's sale that is cancelled in part": row(wallet("CANCEL", { DocomoCancelAmount: "300", DocomoCancelTax: "0" }), {
      type: "charge.refunded",
      ...paid,
      amount: { minor: 300, currency: "JPY" },
      refund: "20261120205900",
    }),
    "a wallet's sale that is cancelled whole": row(wallet("CANCEL", { DocomoCancelAmount: "1800", DocomoCancelTax: "180" }), {
      type: "charge.voided",
      ...paid,
    }),
    "a wallet's sale that is returned whole, without an amount of its own": row(
      wallet("RETURN", { AuCancelAmount: "", AuCancelTax: "", SbCancelAmount: "0", CancelAmount: "300" }),
      { type: "charge.refunded", ...paid },
    ),
    "a sale that has an amount cancelled beside it": row(wallet("SALES", { AuCancelAmount: "300" }), { type: "charge.succeeded", ...paid }),
    "a month of a continuing payment": row(
      continuing("SALES"),
      { type: "charge.succeeded", contract: "order-1", ...about, amount: yen, part: "20261120205900" },
      { type: "contract.renewed", contract: "order-1" },
    ),
    "a month of a continuing payment, at no time": row(
      continuing("SALES", "13", { TranDate: "" }),
      { type: "charge.succeeded", contract: "order-1", ...about, amount: yen, occurredAt: now },
      { type: "contract.renewed", contract: "order-1", occurredAt: now },
    ),
    "a continuing payment that could not be cancelled": row(continuing("CANCEL", "10", { ErrCode: "G12", ErrInfo: "42G120000" }), {
      type: "notice",
      contract: "order-1",
      ...about,
      amount: yen,
      reason,
    }),
    "a continuing payment that fails without an error": row(continuing("PAYFAIL"), {
      type: "contract.cancelled",
      contract: "order-1",
      order: "order-1",
      reason: "PAYFAIL",
    }),
    "a sale of nobody": row(status("CAPTURE", { MemberID: "", RecurringID: "" }), { type: "charge.succeeded", ...paid }),
    "a sale of a recurring contract": row(
      status("CAPTURE", { RecurringID: "r1", MemberID: "member-1" }),
      { type: "charge.succeeded", contract: "r1", customer: "member-1", ...about, amount: yen },
      { type: "contract.renewed", contract: "r1", customer: "member-1" },
    ),
    "an authorisation of a recurring contract": row(status("AUTH", { RecurringID: "r1" }), {
      type: "charge.authorized",
      contract: "r1",
      ...about,
      amount: yen,
    }),
    "the end of a recurring contract": row(status("END", { RecurringID: "r1", MemberID: "member-1" }), {
      type: "contract.cancelled",
      contract: "r1",
      customer: "member-1",
      order: "order-1",
    }),
    "a sale without AccessID": row(status("CAPTURE", { AccessID: "" }), { type: "charge.succeeded", ...paid, charge: "order-1" }),
    "a sale without OrderID": row(status("CAPTURE", { OrderID: "" }), {
      type: "charge.succeeded",
      charge: "access-1",
      ...open,
      amount: yen,
    }),
    "a sale without tax": row(status("CAPTURE", { Tax: "" }), {
      type: "charge.succeeded",
      ...paid,
      amount: { minor: 1800, currency: "JPY" },
    }),
    "a sale without an amount": row(status("CAPTURE", { Amount: "" }), { type: "charge.succeeded", ...about, ...open }),
    "a sale of a tax that cannot be read": row(status("CAPTURE", { Tax: "much" }), { type: "charge.succeeded", ...about, ...open }),
    "a sale in dollars": row(status("CAPTURE", { Currency: "USD", Amount: "18.00", Tax: "1.80" }), {
      type: "charge.succeeded",
      ...paid,
      amount: { minor: 1980, currency: "USD" },
    }),
    "a sale without a currency": row(status("CAPTURE", { Currency: "" }), { type: "charge.succeeded", ...paid }),
    "a check with an amount beside it": row(status("CHECK"), { type: "card.verified", ...about }),
    "a sale that fails": {
      ...row(scene("failed"), { type: "charge.failed", ...paid, reason }),
      gatewayType: "UNPROCESSED failed",
    },
    "a sale that fails, by its code alone": row(withFields(scene("failed"), { ErrInfo: "" }), {
      type: "charge.failed",
      ...paid,
      reason: "G12",
    }),
    "a sale that fails, by its information alone": row(withFields(scene("failed"), { ErrCode: "" }), {
      type: "charge.failed",
      ...paid,
      reason: "42G120000",
    }),
    "a check that fails": row(scene("card declined"), { type: "card.verification_failed", ...about, reason }),
    "a check that fails, without JobCd": row(withFields(scene("card declined"), { JobCd: "", Status: "CHECK" }), {
      type: "card.verification_failed",
      ...about,
      reason,
    }),
    ...each(["CAPTURE", "AUTH", "SAUTH", "SALES", "PAYSUCCESS", "RETURN", "CANCEL", "REGISTER"], (Status) =>
      row(failed("CAPTURE", Status), { type: "notice", ...about, amount: yen, reason }),
    ),
    "a sale of what was authorised that fails": row(failed("SALES", "AUTH"), { type: "notice", ...about, amount: yen, reason }),
    // What was asked for and has failed is a change of a payment, and no payment.
    ...each(["VOID", "RETURN", "RETURNX", "CANCEL", "SALES"], (job) =>
      row(failed(job, "REQSUCCESS"), { type: "notice", ...about, amount: yen, reason }),
    ),
    "a sale at a carrier that fails": row(failed("CAPTURE", "REQSUCCESS"), { type: "charge.failed", ...paid, reason }),
    "a slip that fails": row(withFields(failed("", "PAYFAIL"), { PayType: "3" }), { type: "charge.failed", ...paid, reason }),
    "a void that fails": row(failed("VOID"), { type: "notice", ...about, amount: yen, reason }),
    "a refund that fails": row(failed("RETURN"), { type: "notice", ...about, amount: yen, reason }),
    "a refund across months that fails": row(failed("RETURNX"), { type: "notice", ...about, amount: yen, reason }),
    "a cancellation that fails": row(failed("CANCEL"), { type: "notice", ...about, amount: yen, reason }),
    "a time of another field": row(status("PAYSUCCESS", { TranDate: "", FinishDate: "20261120205800" }), {
      type: "charge.succeeded",
      ...paid,
      occurredAt: sentAt - 60_000,
    }),
    "no time": row(status("PAYSUCCESS", { TranDate: "" }), { type: "charge.succeeded", ...paid, occurredAt: now }),
    "a status of another name": { ...row(status("toString"), { type: "unknown", ...about, amount: yen }), gatewayType: "toString" },
  },
};
