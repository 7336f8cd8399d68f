import * as meaning from "../../../gateways/gmo-pg/meaning.ts";
import { writer } from "../../../gateways/gmo-pg/writer.ts";
import { now } from "../conformance.ts";
import { withFields } from "./change.ts";
import { byKey, type Meanings, row, scenesOf, sentAt, yen } from "./row.ts";

const scene = scenesOf(writer, { contract: "r1", customer: "c1", charge: "access-1", order: "order-1", part: "p1" });
const about = { charge: "access-1", order: "order-1" };
const open = { incomplete: ["contract", "customer"] };
const paid = { ...about, ...open, amount: yen };
const status = (Status: string, more: Readonly<Record<string, string | undefined>> = {}) =>
  withFields(scene("paid"), { Status, JobCd: Status, ...more });
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
          CANCEL: "charge.voided",
        },
        (key, type) => row(status(key), { type, ...paid }),
      ),
      ...byKey(
        {
          UNPROCESSED: "notice",
          AUTHENTICATED: "notice",
          REQSUCCESS: "notice",
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
    "a payment with the time it was finished besides": row(status("PAYSUCCESS", { FinishDate: "20200101000000" }), {
      type: "charge.succeeded",
      ...paid,
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
