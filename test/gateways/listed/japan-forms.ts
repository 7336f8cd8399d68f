import type { EventType } from "../../../core/event.ts";
import { form, utf8 } from "../conformance.ts";
import type { Row, Table } from "./table.ts";

type Fields = Readonly<Record<string, string>>;

const rowsOf =
  (usual: Fields) =>
  (listed: string, fields: Fields, ...means: readonly EventType[]): Row => ({ listed, body: form({ ...usual, ...fields }), means });

const gmo = rowsOf({
  ShopID: "tshop",
  OrderID: "o-1",
  AccessID: "a1",
  Amount: "1800",
  Tax: "180",
  Currency: "JPN",
  TranDate: "20261120210000",
});
const status = (Status: string, means: EventType): Row => gmo(Status, { Status, JobCd: Status }, means);

export const gmoPg: Table = [
  status("UNPROCESSED", "notice"),
  status("AUTHENTICATED", "notice"),
  status("CHECK", "card.verified"),
  status("CAPTURE", "charge.succeeded"),
  status("AUTH", "charge.authorized"),
  status("SAUTH", "charge.authorized"),
  status("SALES", "charge.succeeded"),
  status("VOID", "charge.voided"),
  status("RETURN", "charge.refunded"),
  status("RETURNX", "charge.refunded"),
  status("REQSUCCESS", "notice"),
  status("PAYSUCCESS", "charge.succeeded"),
  status("PAYFAIL", "charge.failed"),
  status("EXPIRED", "charge.voided"),
  status("CANCEL", "charge.voided"),
  status("REGISTER", "contract.started"),
  status("END", "contract.cancelled"),
  status("RUN-END", "notice"),
  status("RUN-CHANGE", "notice"),
  status("ERASE", "contract.cancelled"),
  status("CERT_DONE", "notice"),
  status("SOMETHINGNEW", "unknown"),
  gmo("a failed sale", { Status: "UNPROCESSED", JobCd: "CAPTURE", ErrCode: "G12", ErrInfo: "42G120000" }, "charge.failed"),
  gmo("a failed check", { Status: "UNPROCESSED", JobCd: "CHECK", ErrCode: "G12" }, "card.verification_failed"),
  gmo("a failed refund, which takes nothing", { Status: "CAPTURE", JobCd: "RETURN", ErrCode: "E01" }, "notice"),
  gmo("a recurring sale", { Status: "CAPTURE", JobCd: "CAPTURE", RecurringID: "r1" }, "charge.succeeded", "contract.renewed"),
];

const sbpsForm = rowsOf({
  order_id: "o-1",
  res_tracking_id: "1",
  amount: "1980",
  pay_type: "0",
  service_type: "0",
  res_date: "20261120205951",
});
const sbpsXml = (id: string, info: string, means: EventType): Row => ({
  listed: id,
  body: utf8(`<sps-api-request id="${id}"><tracking_id>1</tracking_id><pay_method_info>${info}</pay_method_info></sps-api-request>`),
  means: [means],
});
const deposit = "<rec_type>1</rec_type><rec_amount_total>1980</rec_amount_total>";

export const sbps: Table = [
  sbpsForm("OK", { res_result: "OK", res_pay_method: "credit" }, "charge.succeeded"),
  sbpsForm("OK of nothing", { res_result: "OK", res_pay_method: "credit", amount: "0" }, "card.verified"),
  sbpsForm("OK for a slip", { res_result: "OK", res_pay_method: "webcvs" }, "notice"),
  sbpsForm("OK, a monthly one", { res_result: "OK", res_pay_method: "credit", pay_type: "1" }, "charge.succeeded", "contract.started"),
  sbpsForm(
    "OK, monthly again",
    { res_result: "OK", res_pay_method: "credit", pay_type: "1", tracking_id: "9" },
    "charge.succeeded",
    "contract.renewed",
  ),
  sbpsForm("OK, monthly no more", { res_result: "OK", pay_type: "1", service_type: "1" }, "contract.cancelled"),
  sbpsForm("NG", { res_result: "NG" }, "charge.failed"),
  sbpsForm("PY", { res_result: "PY", res_pay_method: "webcvs", res_payinfo_key: "P,1980,1980" }, "charge.succeeded"),
  sbpsForm("CN", { res_result: "CN" }, "charge.voided"),
  sbpsForm("R01", { res_result: "OK", res_pay_method: "rakuten", res_payinfo_key: "R01" }, "charge.authorized"),
  sbpsForm("R02", { res_result: "OK", res_pay_method: "rakuten", res_payinfo_key: "R02" }, "unknown"),
  sbpsForm("R03", { res_result: "OK", res_pay_method: "rakuten", res_payinfo_key: "R03" }, "charge.succeeded"),
  sbpsForm("something new", { res_result: "XX" }, "unknown"),
  sbpsXml("NT01-00103-701", deposit, "charge.succeeded"),
  sbpsXml("NT01-00103-703", deposit, "charge.succeeded"),
  sbpsXml("NT01-00104-701", "", "charge.voided"),
  sbpsXml("NT01-00999-701", "", "unknown"),
];

const epsilonForm = rowsOf({ trans_code: "1", order_number: "o-1", user_id: "u", item_price: "1980" });

export const epsilon: Table = [
  epsilonForm("paid=1", { paid: "1" }, "charge.succeeded"),
  epsilonForm("paid=0", { paid: "0" }, "unknown"),
  epsilonForm("no paid at all", {}, "unknown"),
];

const zeusQuery = rowsOf({ sendid: "member", money: "1980" });
const slip = (status: string, means: EventType, more: Fields = {}) =>
  zeusQuery(`slip ${status}`, { order_no: "o-1", status, ...more }, means);

export const zeus: Table = [
  zeusQuery("result=OK", { ordd: "1", result: "OK" }, "charge.succeeded"),
  zeusQuery("result=NG", { ordd: "1", result: "NG" }, "charge.failed"),
  zeusQuery("money=0, OK", { ordd: "1", result: "OK", money: "0" }, "card.verified"),
  zeusQuery("money=0, NG", { ordd: "1", result: "NG", money: "0" }, "card.verification_failed"),
  zeusQuery("another result", { ordd: "1", result: "XX" }, "unknown"),
  slip("01", "notice"),
  slip("04", "charge.succeeded"),
  slip("99", "unknown"),
];

const telecom = rowsOf({ settle_uuid: "s-1", sendid: "member", money: "1980" });

export const telecomCredit: Table = [
  telecom("rel=yes", { rel: "yes" }, "charge.succeeded"),
  telecom("rel=no", { rel: "no" }, "charge.failed"),
  telecom("cont=yes", { rel: "yes", cont: "yes" }, "charge.succeeded", "contract.renewed"),
  telecom("cont=yes, failed", { rel: "no", cont: "yes" }, "charge.failed", "contract.past_due"),
  telecom("money=0", { rel: "yes", money: "0" }, "card.verified"),
  telecom("money=0, failed", { rel: "no", money: "0" }, "card.verification_failed"),
  { listed: "the end", body: form({ member_id: "member" }), means: ["contract.cancelled"] },
  telecom("another rel", { rel: "maybe" }, "unknown"),
];

const push = rowsOf({ numberOfNotify: "1", pushTime: "20261120210000", pushId: "00000001", orderId0000: "o-1" });
const done = { vResultCode0000: "A001000000000000", cardMstatus0000: "success" };

export const veritrans: Table = [
  push("Authorize", { txnType0000: "Authorize", ...done }, "charge.authorized"),
  push("AuthorizeConfirm", { txnType0000: "AuthorizeConfirm", ...done }, "charge.authorized"),
  push("Capture", { txnType0000: "Capture", ...done }, "charge.succeeded"),
  push("Cancel", { txnType0000: "Cancel", ...done }, "charge.voided"),
  push("Authorize, failed", { txnType0000: "Authorize", cardMstatus0000: "failure" }, "charge.failed"),
  push("Authorize, pending", { txnType0000: "Authorize", cardMstatus0000: "pending" }, "notice"),
  push("money received", { rcvAmount0000: "1980", receiptNo0000: "1" }, "charge.succeeded"),
  push("something new", { txnType0000: "SomethingNew", ...done }, "unknown"),
  push(
    "two orders in one POST",
    { txnType0000: "Capture", ...done, orderId0001: "o-2", txnType0001: "Cancel", cardMstatus0001: "success" },
    "charge.succeeded",
    "charge.voided",
  ),
];
