/** By what a callback is known, gateway by gateway: with the state, where one payment is announced again in the next. */
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { verified } from "../../../core/callback.ts";
import { findGateway, type Gateway, gateways } from "../../../gateways/index.ts";
import { signedRequest } from "../../../gateways/kit/kit.ts";
import { form, json, now, utf8 } from "./conformance.ts";

type Fields = Readonly<Record<string, string>>;

const idOf = (name: string, body: Uint8Array, headers: Fields = {}, options: Fields = {}): string =>
  (findGateway(name) as Gateway).identify(verified(signedRequest({ body, now, headers }, {})).callback, { options });

const sha256 = (text: string | Uint8Array, encoding: "hex" | "base64url" = "hex"): string =>
  createHash("sha256").update(text).digest(encoding);
const bytesId = (body: Uint8Array): string => `sha256:${sha256(body)}`;

/** Each of these changed alone makes it another callback. */
const tellApart = (name: string, usual: Fields, bodyOf: (fields: Fields) => Uint8Array, apart: readonly string[]): void => {
  const id = (changes: Fields = {}) => idOf(name, bodyOf({ ...usual, ...changes }));
  expect(id()).toBe(id());
  const ids = [id(), ...apart.map((field) => id({ [field]: `${usual[field] ?? ""}9` }))];
  expect(new Set(ids).size).toBe(ids.length);
};

describe("the gateway's own id", () => {
  test.each([
    ["stripe", "id"],
    ["komoju", "id"],
    ["payjp", "id"],
    ["paypal", "id"],
    ["sandbox", "id"],
    ["square", "event_id"],
    ["paddle", "event_id"],
  ])("of %s is its %s", (name, field) => {
    expect(idOf(name, json({ id: "no", event_id: "no", [field]: "evt_1" }))).toBe("evt_1");
    for (const body of [json({ data: { [field]: "evt_1" } }), json({ [field]: "" }), json({ [field]: ["evt_1"] }), utf8("no JSON")])
      expect(() => idOf(name, body)).toThrow(`the body has no ${field}`);
  });

  test("of Standard Webhooks is in a header, Svix's before the other", () => {
    expect(idOf("standard-webhooks", json({}), { "webhook-id": "msg_1" })).toBe("msg_1");
    expect(idOf("standard-webhooks", json({}), { "webhook-id": "msg_1", "svix-id": "msg_2" })).toBe("msg_2");
    expect(() => idOf("standard-webhooks", json({ id: "msg_1" }))).toThrow("the header webhook-id is missing");
  });
});

describe("Shopify's", () => {
  const body = json({ id: 1 });
  const usual = { "x-shopify-event-id": "ev", "x-shopify-topic": "Orders/Paid", "x-shopify-name": "main" };

  test("is the event's id with the bytes' hash, topic and the subscription's name", () => {
    expect(idOf("shopify", body, usual)).toBe(`ev:${bytesId(body)}:orders/paid:main`);
    expect(idOf("shopify", body, { ...usual, "x-shopify-name": "", "x-shopify-handle": "second" })).toBe(
      `ev:${bytesId(body)}:orders/paid:second`,
    );
    expect(idOf("shopify", body)).toBe(`:${bytesId(body)}::`);
  });

  test("distinguishes two events that have the same body, and no redelivery from the first", () => {
    expect(idOf("shopify", body, { ...usual, "x-shopify-event-id": "another" })).not.toBe(idOf("shopify", body, usual));
    expect(idOf("shopify", body, { ...usual, "x-shopify-webhook-id": "wh" })).toBe(idOf("shopify", body, usual));
  });

  test("cannot be taken with another body under the same headers, which nothing signs", () => {
    expect(idOf("shopify", json({ id: 2 }), usual)).not.toBe(idOf("shopify", body, usual));
  });

  test('of the "events" kind is read from that kind\'s headers', () => {
    const headers = { "shopify-hmac-sha256": "x", "shopify-event-id": "ev2", "shopify-topic": "product", "shopify-action": "update" };
    expect(idOf("shopify", body, { ...usual, ...headers, "shopify-handle": "third" })).toBe(`ev2:${bytesId(body)}:product/update:third`);
  });
});

describe("the bytes", () => {
  test("are Lemon Squeezy's, which has no id", () => {
    const body = json({ meta: { event_name: "order_created" } });
    expect(idOf("lemon-squeezy", body)).toBe(bytesId(body));
  });

  test("of the payload are Braintree's, however its lines are broken", () => {
    const id = (bt_payload: string) => idOf("braintree", form({ bt_signature: "k|s", bt_payload }));
    expect(id("AAAA\nBBBB\n")).toBe(sha256("AAAABBBB"));
    expect(id("AAAABBBB")).toBe(sha256("AAAABBBB"));
    expect(() => id("")).toThrow("the form has no bt_payload");
  });
});

describe("Adyen's", () => {
  const item = (more: Fields = {}) => ({
    NotificationRequestItem: { pspReference: "PSP2", originalReference: "PSP1", eventCode: "CAPTURE", success: "true", ...more },
  });
  const id = (...items: readonly object[]) => idOf("adyen", json({ notificationItems: items }));

  test("is payment, code, success and the payment it is about", () => {
    expect(id(item())).toBe("PSP2:CAPTURE:true:PSP1");
    expect(id(item({ success: "", originalReference: "" }))).toBe("PSP2:CAPTURE::");
    expect(idOf("adyen", form({ pspReference: "PSP2", eventCode: "CAPTURE" }))).toBe("PSP2:CAPTURE::");
  });

  test("is that of all items together, when there are several", () => {
    expect(id(item(), item({ pspReference: "PSP3" }))).toBe(`2-items:${sha256("PSP2:CAPTURE:true:PSP1\nPSP3:CAPTURE:true:PSP1")}`);
  });

  test("is missing without items, and where an item names no payment or no code", () => {
    expect(() => id()).toThrow("there are no notification items");
    expect(() => id(item({ pspReference: "" }))).toThrow("an item has no pspReference or no eventCode");
    expect(() => id(item({ eventCode: "" }))).toThrow("an item has no pspReference or no eventCode");
  });

  test("of a flat notification is its own id, or its bytes", () => {
    expect(idOf("adyen", json({ id: "i", eventId: "e" }))).toBe("e");
    expect(idOf("adyen", json({ id: "i" }))).toBe("i");
    expect(idOf("adyen", json({ type: "x" }))).toBe(bytesId(json({ type: "x" })));
    // Not a form, whatever stands in one of its texts.
    expect(idOf("adyen", json({ eventId: "e", note: "&eventCode=CAPTURE&pspReference=PSP1&" }))).toBe("e");
  });
});

describe("fincode's", () => {
  const usual = { event: "payments.card.exec", order_id: "o_1", access_id: "a_1", status: "CAPTURED", amount: "1980" };
  const subjects = ["order_id", "id", "subscription_id", "bulk_payment_id", "payment_method_id", "card_id", "charge_date"];

  test("begins with the event and whom it is about, by the first of these that is there", () => {
    for (const [index, subject] of subjects.entries()) {
      const there = Object.fromEntries(subjects.slice(index).map((name) => [name, `the ${name}`]));
      expect(idOf("fincode", json({ event: "e", ...there }))).toMatch(new RegExp(`^e/the ${subject}/[\\w-]{43}$`));
    }
  });

  test("is made of everything that makes a callback another one", () => {
    tellApart("fincode", usual, json, [
      ...[
        "event",
        "order_id",
        "access_id",
        "transaction_id",
        "customer_id",
        "plan_id",
        "status",
        "card_status",
        "job_code",
        "amount",
        "tax",
      ],
      ...["transaction_date", "process_date", "payment_date", "charge_date", "start_date", "stop_date", "next_charge_date"],
      ...["overpayment_flag", "cancel_overpayment_flag", "expire_overpayment_flag", "merchant_refund_id", "error_code"],
    ]);
    expect(idOf("fincode", json(usual))).toBe(
      `payments.card.exec/o_1/${sha256(["a_1", "", "", "", "CAPTURED", "", "", "1980", ...Array(13).fill("")].join("\n"), "base64url")}`,
    );
    expect(idOf("fincode", json({ ...usual, client_field_1: "mine" }))).toBe(idOf("fincode", json(usual)));
  });

  test("is the bytes' where it names no event, or nobody", () => {
    for (const body of [json({ event: "e" }), json({ order_id: "o_1" }), json({})]) expect(idOf("fincode", body)).toBe(bytesId(body));
  });
});

describe("SBPS's", () => {
  const usual = { order_id: "o1", res_tracking_id: "t1", res_result: "PY", res_payinfo_key: "P,1,2", res_date: "20261120210000" };

  test("is result, tracking id, order, deposit and date", () => {
    expect(idOf("sbps", form(usual))).toBe("PY|t1|o1|P,1,2|20261120210000");
    expect(idOf("sbps", form({ ...usual, res_payinfo_key: "P,1,2,a@example.com" }))).toBe("PY|t1|o1|P,1,2|20261120210000");
    expect(idOf("sbps", form({ ...usual, res_tracking_id: " t1 ", res_payinfo_key: "" }))).toBe("PY|t1|o1||20261120210000");
    expect(idOf("sbps", form({ order_id: "o1", res_result: "OK" }))).toBe("OK||o1||");
    expect(idOf("sbps", form({ res_tracking_id: "t1", res_result: "OK" }))).toBe("OK|t1|||");
    tellApart("sbps", usual, form, Object.keys(usual));
  });

  test("of a customer's registration is who, what and when", () => {
    const registered = { cust_code: "c1", res_result: "OK", res_sps_cust_no: "1", res_sps_payment_no: "2", res_date: "20261120210000" };
    expect(idOf("sbps", form(registered))).toBe("customer|c1|OK|1|2|20261120210000");
    tellApart("sbps", registered, form, Object.keys(registered));
  });

  test("of an XML notice is its kind, its ids, its time and its deposit", () => {
    const notice = (fields: Fields) =>
      utf8(
        `<sps-api-request id="${fields.id}"><sps_transaction_id>${fields.transaction}</sps_transaction_id><tracking_id>${fields.tracking}</tracking_id><rec_datetime>${fields.time}</rec_datetime><pay_method_info><rec_type>${fields.type}</rec_type><rec_amount_total>${fields.total}</rec_amount_total></pay_method_info></sps-api-request>`,
      );
    const deposit = { id: "NT01-00103-701", transaction: "s1", tracking: "t1", time: "20261120210000", type: "1", total: "1980" };
    expect(idOf("sbps", notice(deposit))).toBe("NT01-00103-701|s1|t1|20261120210000|1|1980");
    tellApart("sbps", deposit, notice, Object.keys(deposit));
  });

  test("is missing where nothing tells the notice apart", () => {
    for (const body of [
      form({ res_result: "OK", order_id: " " }),
      form({}),
      utf8('<sps-api-request id="NT01-00103-701"></sps-api-request>'),
    ])
      expect(() => idOf("sbps", body)).toThrow("the notice names no transaction");
  });
});

describe("that of", () => {
  test("GMO-PG is shop, order, payment, state, time and error", () => {
    const usual = { ShopID: "s", OrderID: "o", AccessID: "a", Status: "AUTH", JobCd: "AUTH", TranID: "t", TranDate: "20261120210000" };
    expect(idOf("gmo-pg", form(usual))).toBe("s|o|a|AUTH|AUTH|t|20261120210000||");
    expect(idOf("gmo-pg", form({ AccessID: "a" }))).toBe("||a||||||");
    expect(idOf("gmo-pg", form({ OrderID: "o" }))).toBe("|o|||||||");
    tellApart("gmo-pg", usual, form, [...Object.keys(usual), "ErrCode", "ErrInfo"]);
    // In whatever order the fields come.
    expect(idOf("gmo-pg", form({ OrderID: "o", FinishDate: "f", AuCancelAmount: "300" }))).toBe("|o||||||||300|f");
    expect(idOf("gmo-pg", form({ AuCancelAmount: "300", FinishDate: "f", OrderID: "o" }))).toBe("|o||||||||300|f");
    expect(() => idOf("gmo-pg", form({ Status: "AUTH" }))).toThrow("the notice names neither an OrderID nor an AccessID");
  });

  test("Epsilon is transaction, order and state", () => {
    const usual = { trans_code: "t", order_number: "o", state: "1", paid: "1" };
    expect(idOf("epsilon", form(usual))).toBe("t/o/1/1");
    expect(idOf("epsilon", form({ trans_code: "t" }))).toBe("t///");
    expect(idOf("epsilon", form({ order_number: "o" }))).toBe("/o//");
    expect(() => idOf("epsilon", form({ paid: "1" }))).toThrow("the form has neither trans_code nor order_number");
  });

  test("ZEUS is payment, result and amount; of a slip its order and status", () => {
    expect(idOf("zeus", form({ ordd: "1", result: "OK", money: "1980", order_no: "o" }))).toBe("1/OK/1980");
    expect(idOf("zeus", form({ ordd: "1" }))).toBe("1//");
    expect(idOf("zeus", form({ order_no: "o", status: "04" }))).toBe("o/04");
    expect(idOf("zeus", form({ order_no: "o" }))).toBe("o/");
    expect(() => idOf("zeus", form({ result: "OK" }))).toThrow("the query has neither ordd nor order_no");
  });

  test("Telecom Credit is payment and result; of an end its member", () => {
    const missing = "the callback has neither settle_uuid nor credit_id with settle_count, and no member_id";
    expect(idOf("telecom-credit", form({ settle_uuid: "u", credit_id: "c", settle_count: "2", rel: "yes" }))).toBe("u/yes");
    expect(idOf("telecom-credit", form({ credit_id: "c", settle_count: "2", rel: "no" }))).toBe("c-2/no");
    expect(idOf("telecom-credit", form({ settle_uuid: "u" }))).toBe("u/");
    expect(idOf("telecom-credit", form({ member_id: "m" }))).toBe("end/m");
    expect(idOf("telecom-credit", form({ member_id: "m", settle_uuid: "u", rel: "yes" }))).toBe("u/yes");
    for (const fields of [{ credit_id: "c" }, { settle_count: "2" }, { rel: "yes" }, { member_id: "" }] as Fields[])
      expect(() => idOf("telecom-credit", form(fields))).toThrow(missing);
  });

  test("VeriTrans is the push, and what its items say", () => {
    const usual = { pushId: "p1", orderId0000: "o", txnType0000: "Capture", vResultCode0000: "A", cardMstatus0000: "success" };
    const said = (...items: readonly (readonly string[])[]) => sha256(items.map((item) => item.join("\n")).join("\n\n"), "base64url");
    expect(idOf("veritrans", form(usual))).toBe(`p1/${said(["o", "Capture", "A", "success", "", "", "", ""])}`);
    expect(idOf("veritrans", form({ pushId: "p1", orderId0000: "o" }))).toBe(`p1/${said(["o", "", "", "", "", "", ""])}`);
    expect(idOf("veritrans", form({ pushId: "p1", orderId0000: "o", orderId0001: "p" }))).toBe(
      `p1/${said(["o", "", "", "", "", "", ""], ["p", "", "", "", "", "", ""])}`,
    );
    expect(idOf("veritrans", form({ ...usual, pushTime: "1", dummy0000: "1" }))).toBe(idOf("veritrans", form(usual)));
    tellApart("veritrans", usual, form, [...Object.keys(usual), "rcvAmount0000", "rcvDate0000", "receiptNo0000", "receiptDate0000"]);
    expect(() => idOf("veritrans", form({ ...usual, pushId: "" }))).toThrow("the form has no pushId");
  });

  test("VeriTrans does not hang on the order of the fields", () => {
    const one = { orderId0001: "o1", txnType0001: "Capture", bMstatus0001: "success", aMstatus0001: "failure" };
    const other = { orderId0000: "o0", txnType0000: "Cancel", cardMstatus0000: "success" };
    const reversed = (fields: Fields) => Object.fromEntries(Object.entries(fields).toReversed());
    const all = { pushId: "p1", ...one, ...other };
    expect(idOf("veritrans", form(all))).toBe(idOf("veritrans", form(reversed(all))));
    expect(idOf("veritrans", form(all))).not.toBe(idOf("veritrans", form({ ...all, aMstatus0001: "success", bMstatus0001: "failure" })));
  });

  test("Paidy is payment or token, status and part; what can happen again has its time", () => {
    const id = (fields: object) => idOf("paidy", json({ timestamp: "T", ...fields }));
    expect(id({ payment_id: "p", status: "authorize_success" })).toBe("p/authorize_success");
    expect(id({ payment_id: "p", status: "close_success" })).toBe("p/close_success");
    expect(id({ token_id: "t", status: "activate_success" })).toBe("t/activate_success");
    expect(id({ token_id: "t", status: "delete_success" })).toBe("t/delete_success");
    expect(id({ token_id: "t", status: "suspend_success" })).toBe("t/suspend_success/T");
    expect(id({ payment_id: "p", status: "update_success" })).toBe("p/update_success/T");
    expect(id({ payment_id: "p", token_id: "t", status: "capture_success", capture_id: "c" })).toBe("p/capture_success/c");
    expect(id({ payment_id: "p", status: "refund_success", capture_id: "c", refund_id: "r" })).toBe("p/refund_success/r");
    expect(id({ payment_id: "p", status: "refund_success", capture_id: "c" })).toBe("p/refund_success/c/T");
    expect(() => id({ payment_id: "p" })).toThrow("the body names no payment or token, or no status");
    expect(() => id({ status: "capture_success" })).toThrow("the body names no payment or token, or no status");
  });
});

describe("that of the options", () => {
  const body = json({ id: "i", data: { list: [{ id: 7 }] } });

  test("is where they say, and the bytes' where they say nothing", () => {
    expect(idOf("hmac", body, { "x-id": "h" }, { header: "X-Sign", signed: "{id}.{body}", idHeader: "X-Id" })).toBe("h");
    expect(idOf("hmac", body, {}, { idPointer: "/data/list/0/id" })).toBe("7");
    expect(idOf("hmac", form({ a: "1", b: "2" }), {}, { idField: "b" })).toBe("2");
    expect(idOf("hmac", form({ id: "f" }), { "content-type": "application/x-www-form-urlencoded" }, { idPointer: "/id" })).toBe("f");
    expect(idOf("hmac", form({ id: "f" }), { "content-type": "APPLICATION/X-WWW-FORM-URLENCODED; x" }, { idPointer: "/id" })).toBe("f");
    expect(idOf("hmac", body)).toBe(bytesId(body));
    expect(gateways.hmac.identify(verified(signedRequest({ body, now, headers: {} }, {})).callback)).toBe(bytesId(body));
  });

  test("is the bytes' where the header that names it is not signed", () => {
    for (const signed of [{}, { signed: "{body}" }, { signed: "{timestamp}.{body}", timestampHeader: "X-Time" }])
      expect(idOf("hmac", body, { "x-id": "h" }, { header: "X-Sign", idHeader: "X-Id", ...signed })).toBe(bytesId(body));
  });

  test("is missing where there is none, and the sentence names the place", () => {
    expect(() => idOf("hmac", body, {}, { header: "X-Sign", signed: "{id}.{body}", idHeader: "X-Id" })).toThrow("there is no id at X-Id");
    expect(() => idOf("hmac", body, {}, { idPointer: "/data" })).toThrow("there is no id at /data");
    expect(() => idOf("hmac", form({}), {}, { idField: "b" })).toThrow("there is no id at b");
    for (const type of ["text/application/x-www-form-urlencoded", "application/x-www-form-urlencoded2"])
      expect(() => idOf("hmac", form({ id: "f" }), { "content-type": type }, { idPointer: "/id" })).toThrow("there is no id at /id");
  });
});
