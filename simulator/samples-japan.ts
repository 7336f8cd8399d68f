/** Bodies of the Japanese gateways: forms and queries, of which several are written in Shift_JIS. */
import { japanDigits, json, shiftJisForm } from "../gateways/writing.ts";
import type { Sample } from "./sample-shape.ts";

const sbps: Sample = ({ id, now, options }) =>
  shiftJisForm({
    pay_method: "credit",
    merchant_id: options.merchantId ?? "30132",
    service_id: options.serviceId ?? "103",
    cust_code: "customer-1",
    sps_cust_no: "",
    sps_payment_no: "",
    order_id: `order-${id}`,
    item_id: "premium",
    pay_item_id: "",
    item_name: "プレミアム会員　月額",
    tax: "180",
    amount: "1980",
    pay_type: "0",
    auto_charge_type: "",
    service_type: "0",
    div_settele: "",
    last_charge_month: "",
    camp_type: "",
    tracking_id: "",
    terminal_type: "0",
    free1: "",
    free2: "",
    free3: "",
    request_date: japanDigits(now),
    res_pay_method: "credit",
    res_result: "OK",
    res_tracking_id: String(now),
    res_sps_cust_no: "",
    res_sps_payment_no: "",
    res_payinfo_key: "",
    res_payment_date: japanDigits(now),
    res_err_code: "",
    res_date: japanDigits(now),
    limit_second: "600",
  });

const gmoPg: Sample = ({ id, now, options }) =>
  shiftJisForm({
    ShopID: options.shopId ?? "tshop00000001",
    ShopPass: "**********",
    AccessID: id.padStart(32, "0").slice(-32),
    AccessPass: "********************************",
    OrderID: `order-${id}`.slice(0, 27),
    Status: "CAPTURE",
    JobCd: "CAPTURE",
    Amount: "1800",
    Tax: "180",
    Currency: "JPN",
    Forward: "2a99662",
    Method: "1",
    PayTimes: "",
    TranID: `${japanDigits(now)}00000000000000`,
    Approve: "6294780",
    TranDate: japanDigits(now),
    ErrCode: "",
    ErrInfo: "",
    PayType: "0",
  });

const epsilon: Sample = ({ id, now, options }) =>
  shiftJisForm({
    trans_code: String(now),
    user_id: "member-1",
    order_number: id,
    item_price: "1980",
    contract_code: options.contractCode ?? "12345670",
    user_name: "山田太郎",
    state: "1",
    paid: "1",
  });

const fincode: Sample = ({ id, now }) =>
  json({
    shop_id: "s_22051612345",
    order_id: `o_${id}`,
    access_id: `a_${id}`,
    pay_type: "Card",
    status: "CAPTURED",
    customer_id: "c_1",
    job_code: "CAPTURE",
    amount: "1800",
    tax: "180",
    currency: "JPY",
    subscription_id: null,
    transaction_id: String(now),
    transaction_date: `${new Date(now + 9 * 3_600_000).toISOString().slice(0, 23).replace("T", " ").replaceAll("-", "/")}`,
    error_code: null,
    event: "payments.card.exec",
  });

const komoju: Sample = ({ id, now }) =>
  json({
    id: `evt_${id}`,
    type: "payment.captured",
    resource: "event",
    data: {
      id: `pay_${id}`,
      resource: "payment",
      status: "captured",
      amount: 1800,
      tax: 180,
      total: 1980,
      currency: "JPY",
      customer: "cus-1",
      external_order_num: `order-${id}`,
      amount_refunded: 0,
      refunds: [],
    },
    created_at: new Date(now).toISOString(),
    reason: null,
  });

const paidy: Sample = ({ id, now }) =>
  json({
    payment_id: `pay_${id}`,
    event_type: "payment",
    status: "capture_success",
    capture_id: `cap_${id}`,
    order_ref: `order-${id}`,
    timestamp: new Date(now).toISOString(),
  });

const payjp: Sample = ({ id, now }) =>
  json({
    id: `evnt_${id}`,
    object: "event",
    type: "charge.succeeded",
    created: Math.floor(now / 1000),
    livemode: false,
    pending_webhooks: 1,
    data: {
      id: `ch_${id}`,
      object: "charge",
      amount: 1980,
      captured: true,
      currency: "jpy",
      customer: "cus_1",
      paid: true,
      subscription: "sub_1",
    },
  });

const telecomCredit: Sample = ({ id, options }) =>
  shiftJisForm({
    clientip: options.clientip ?? "00286",
    telno: "0312345678",
    email: "a@example.com",
    username: "山田",
    sendid: "member-1",
    money: "1980",
    rel: "yes",
    cont: "no",
    settle_uuid: id,
  });

const veritrans: Sample = ({ id, now }) =>
  Buffer.from(
    `numberOfNotify=1&pushTime=${japanDigits(now)}&pushId=${id}&orderId0000=order-${id}&vResultCode0000=A001000000000000&txnType0000=Capture&cardMstatus0000=success&dummy0000=1`,
  );

const zeus: Sample = ({ id, options }) =>
  shiftJisForm({
    result: "OK",
    clientip: options.clientip ?? "2012001234",
    money: "1980",
    telno: "0312345678",
    email: "a@example.com",
    sendid: "member-1",
    sendpoint: "shop",
    ordd: id,
  });

export const japaneseSamples: Readonly<Record<string, Sample>> = {
  epsilon,
  fincode,
  "gmo-pg": gmoPg,
  komoju,
  paidy,
  payjp,
  sbps,
  "telecom-credit": telecomCredit,
  veritrans,
  zeus,
};
