import * as meaning from "../../../gateways/sbps/meaning.ts";
import { writer } from "../../../gateways/sbps/writer.ts";
import { now, utf8 } from "../conformance/conformance.ts";
import { withFields } from "./change.ts";
import { each, type Input, type Meanings, row, scenesOf, sentAt, yen } from "./row.ts";

const scene = scenesOf(writer, {
  contract: "90000000000001",
  customer: "customer-1",
  charge: "90000000000002",
  order: "order-1",
  part: "1",
});
const parties = { customer: "customer-1", order: "order-1" };
const single = scene("paid", 0, { single: true });
const about = { ...parties, charge: "90000000000002", amount: yen };
const contract = { ...parties, contract: "90000000000001" };
const first = { ...parties, contract: "90000000000002" };
const put = (fields: Readonly<Record<string, string | undefined>>) => withFields(single, fields);
const slip = (key: string, more: Readonly<Record<string, string>> = {}) =>
  put({ res_result: "PY", res_pay_method: "webcvs", res_payinfo_key: key, amount: "5000", ...more });
const ordered = { ...about, amount: { minor: 5000, currency: "JPY" } };
const paid = { type: "charge.succeeded", ...about } as const;

/** The writer writes no notices of the API type. */
const notice = (id: string, info: string, times = "<rec_datetime>20261120205900</rec_datetime>"): Input => ({
  body: utf8(
    `<sps-api-request id="${id}"><tracking_id>7</tracking_id>${times}<pay_method_info>${info}</pay_method_info></sps-api-request>`,
  ),
});
const deposit = "<rec_type>1</rec_type><rec_amount>980</rec_amount><rec_amount_total>1980</rec_amount_total>";
const open = { charge: "7", incomplete: ["customer", "order"] };

export const meanings: Meanings = {
  modules: [meaning],
  at: sentAt,
  tables: {},
  others: {
    OK: { ...row(single, paid), gatewayType: "res_result=OK" },
    "OK, of nothing": row(put({ amount: "0" }), { type: "card.verified", ...about, amount: { minor: 0, currency: "JPY" } }),
    ...each(["webcvs", "payeasy", "banktransfer"], (method) => row(put({ res_pay_method: method }), { type: "notice", ...about })),
    "OK for a slip, by the method asked for": row(put({ res_pay_method: "", pay_method: "webcvs" }), { type: "notice", ...about }),
    "OK by no method": row(put({ res_pay_method: undefined, pay_method: undefined }), paid),
    "OK, the first of a monthly contract": row(scene("paid"), { ...paid, ...first }, { type: "contract.started", ...first }),
    "OK, monthly by use": row(withFields(scene("paid"), { pay_type: "2" }), { ...paid, ...first }, { type: "contract.started", ...first }),
    "OK, of another kind of payment": row(withFields(scene("paid"), { pay_type: "3" }), paid),
    "OK, a later month": row(scene("renewed"), { ...paid, ...contract }, { type: "contract.renewed", ...contract }),
    "OK, a single one that names an agreement": row(put({ tracking_id: "90000000000001" }), paid),
    "OK, the end of a contract": row(scene("cancelled"), { type: "contract.cancelled", ...contract }),
    "OK, a single one cancelled": row(put({ service_type: "1" }), { type: "charge.voided", ...about }),
    "OK, a single one cancelled, under a number of its own": row(put({ service_type: "1", tracking_id: "90000000000009" }), {
      type: "charge.voided",
      ...about,
      charge: "90000000000009",
    }),
    "OK, of another service": row(put({ service_type: "2" }), { type: "unknown", ...about }),
    "OK, of no service": row(put({ service_type: "" }), paid),
    NG: row(scene("failed"), { type: "charge.failed", ...about, ...contract, reason: "10180" }),
    "NG, a cancellation": row(put({ res_result: "NG", service_type: "1", res_err_code: "10180" }), {
      type: "notice",
      ...about,
      reason: "10180",
    }),
    ...each(["P,980,1980", "D,980,1980", "P,x,1980"], (key) => row(slip(key), { ...paid, part: "deposits" })),
    "PY, of a single deposit": row(slip("P,1980"), { ...paid, part: "deposit 20261120205900" }),
    "PY, of a single deposit on no day": row(slip("P,1980", { res_date: " ", res_payment_date: "20261120205800" }), {
      ...paid,
      part: "deposit",
      occurredAt: sentAt - 60_000,
    }),
    "PY, without its kind": row(slip(""), { type: "charge.succeeded", ...ordered, part: "deposits" }),
    "PY, without its kind, of the purchase's amount": row(slip("", { amount: "1980" }), { ...paid, part: "deposits" }),
    "PY, of sums that cannot be read": row(slip("P,x,y"), { type: "charge.succeeded", ...ordered, part: "deposits" }),
    "PY, of another kind": row(slip("X,980,1980"), { ...paid, type: "unknown" }),
    CN: row(put({ res_result: "CN" }), { type: "charge.voided", ...about, reason: "not paid in time, or cancelled" }),
    "another result": { ...row(put({ res_result: "XX" }), { type: "unknown", ...about }), gatewayType: "res_result=XX" },
    R01: row(scene("authorized", 0, { single: true }), { type: "charge.authorized", ...about }),
    R02: row(withFields(scene("captured", 0, { single: true }), { res_payinfo_key: "R02" }), { type: "unknown", ...about }),
    R03: row(scene("captured", 0, { single: true }), paid),
    "Rakuten Pay by another name of it": row(put({ res_pay_method: "rakutenv2", res_payinfo_key: "R01" }), {
      type: "charge.authorized",
      ...about,
    }),
    "Rakuten Pay without a step": row(put({ res_pay_method: "rakuten", res_payinfo_key: "" }), paid),
    "Rakuten Pay with no step's key": row(put({ res_pay_method: "rakuten", res_payinfo_key: "R1" }), paid),
    "Rakuten Pay with more than a step's key": row(put({ res_pay_method: "rakuten", res_payinfo_key: "R011" }), paid),
    "Rakuten Pay with something before the step": row(put({ res_pay_method: "rakuten", res_payinfo_key: "xR01" }), paid),
    "a step that is not Rakuten Pay's": row(put({ res_payinfo_key: "R01" }), paid),
    "white space around everything": row(
      put({
        res_result: " OK ",
        res_pay_method: " credit ",
        cust_code: " customer-1 ",
        order_id: " order-1 ",
        res_tracking_id: " 90000000000002 ",
      }),
      paid,
    ),
    "no customer, and no amount": row(put({ cust_code: "", amount: "much" }), {
      type: "charge.succeeded",
      order: "order-1",
      charge: "90000000000002",
    }),
    "a customer's registration": {
      ...row(put({ order_id: undefined, res_tracking_id: undefined, res_err_code: "E1" }), {
        type: "notice",
        customer: "customer-1",
        reason: "E1",
      }),
      gatewayType: "B03-1 res_result=OK",
    },
    "a time of another field": row(put({ res_date: "", res_payment_date: "20261120205800" }), { ...paid, occurredAt: sentAt - 60_000 }),
    "the time of the result before that of the payment": row(put({ res_payment_date: "20261120205800" }), paid),
    "no time": row(put({ res_date: "", res_payment_date: "" }), { ...paid, occurredAt: now }),
    ...each(["NT01-00103-701", "NT01-00103-703"], (id) => ({
      ...row(notice(id, deposit), { type: "charge.succeeded", ...open, part: "deposits", amount: yen }),
      gatewayType: id,
    })),
    "a deposit that is final": row(notice("NT01-00103-701", deposit.replace("1", "2")), {
      type: "charge.succeeded",
      ...open,
      part: "deposits",
      amount: yen,
    }),
    "a deposit of another kind": row(notice("NT01-00103-701", deposit.replace("1", "3")), { type: "unknown", ...open, amount: yen }),
    "a deposit of no kind": row(notice("NT01-00103-701", "<rec_amount>1980</rec_amount>"), { type: "unknown", ...open, amount: yen }),
    "a deposit without a sum": row(notice("NT01-00103-701", "<rec_type>1</rec_type><rec_amount>980</rec_amount>"), {
      type: "charge.succeeded",
      ...open,
      part: "deposit 20261120205900",
      amount: { minor: 980, currency: "JPY" },
    }),
    "a slip that was not paid in time": row(notice("NT01-00104-701", ""), { type: "charge.voided", ...open }),
    "a notice of another kind": row(notice("NT01-00999-701", ""), { type: "unknown", ...open }),
    "a notice whose kind begins otherwise": row(notice("X-NT01-00103-", deposit), { type: "unknown", ...open, amount: yen }),
    "a notice whose kind ends otherwise": row(notice("X-NT01-00104-", ""), { type: "unknown", ...open }),
    "a notice with the time of its request": row(notice("NT01-00104-701", "", "<request_date>20261120205900</request_date>"), {
      type: "charge.voided",
      ...open,
    }),
    "a notice without a time": row(notice("NT01-00104-701", "", ""), { type: "charge.voided", ...open, occurredAt: now }),
  },
};
