/** What is genuine and cannot be understood: the dead letter says what was missing. */
import { describe, expect, test } from "vitest";
import { verified } from "../../../core/callback.ts";
import { findGateway } from "../../../gateways/index.ts";
import { signedRequest } from "../../../gateways/kit/kit.ts";
import { form, json, now, utf8 } from "./conformance.ts";

type Case = readonly [body: Uint8Array, sentence: string, headers?: Readonly<Record<string, string>>];

const payload = (xml: string): Uint8Array => form({ bt_signature: "k|s", bt_payload: Buffer.from(xml).toString("base64") });
const notXml = "bt_payload is not XML with a notification and its kind";
const notRead = "the notice is not XML with a sps-api-request and its id";
const deposit = '<sps-api-request id="NT01-00103-701"><tracking_id>1</tracking_id></sps-api-request>';
const notZeus = "the query is not a ZEUS result: it has neither ordd with result nor order_no with status";
const notJson = "the body is not a JSON object";
const topic = { "x-shopify-topic": "orders/paid" };

const cases: Readonly<Record<string, readonly Case[]>> = {
  adyen: [
    [json({ id: "1" }), "the body has neither notification items nor a type"],
    [utf8("no JSON"), "the body has neither notification items nor a type"],
    [json({ notificationItems: [] }), "there are no notification items"],
  ],
  braintree: [
    [form({ x: "1" }), notXml],
    [payload("x"), notXml],
    [payload("<notification><subject/></notification>"), notXml],
    [payload("<other><kind>check</kind></other>"), notXml],
  ],
  epsilon: [[form({ paid: "1" }), "the form is not an Epsilon notice: it has neither trans_code nor order_number"]],
  fincode: [[json({ order_id: "o_1" }), "the body is not a fincode event: it has no event"]],
  "gmo-pg": [[form({ OrderID: "o" }), "the notice has no Status"]],
  hmac: [[utf8("no JSON"), "the body is neither JSON nor a form"]],
  komoju: [[json({ id: "1" }), "the body is not a KOMOJU event: it has no type"]],
  "lemon-squeezy": [[json({ meta: {} }), "the body is not a Lemon Squeezy event: it has no meta.event_name"]],
  paddle: [[json({ event_id: "1" }), "the body is not a Paddle event: it has no event_type"]],
  paidy: [[json({ payment_id: "1" }), "the body is not a Paidy callback: it has no status"]],
  payjp: [[json({ id: "1" }), "the body is not a PAY.JP event: it has no type"]],
  paypal: [[json({ id: "1" }), "the body is not a PayPal event: it has no event_type"]],
  sandbox: [[json({ id: "1" }), "the body is not JSON with a type"]],
  sbps: [
    [form({ order_id: "1" }), "the notice has no res_result"],
    [form({ order_id: "1", res_result: " " }), "the notice has no res_result"],
    [utf8(deposit.replace("</sps-api-request>", "")), notRead],
    [utf8(deposit.replaceAll("sps-api-request", "sps-api-response")), notRead],
    [utf8(deposit.replace(/ id="[^"]+"/, "")), notRead],
    // The hash does not cover the kind.
    [utf8(deposit), "the deposit names no amount"],
  ],
  shopify: [
    [json({}), "the headers name no topic"],
    [utf8("null"), notJson, topic],
    [json("x"), notJson, topic],
    [utf8("no JSON"), notJson, topic],
  ],
  square: [[json({ event_id: "1" }), "the body is not a Square event: it has no type"]],
  "standard-webhooks": [[json({ id: "1" }), "the body is not JSON with a type"]],
  stripe: [[json({ id: "1" }), "the body is not a Stripe event: it has no type"]],
  "telecom-credit": [[form({ rel: "yes" }), "the callback has neither settle_uuid nor credit_id with settle_count, and no member_id"]],
  veritrans: [[form({ pushId: "1" }), "the form is not a VeriTrans push: it has no item with an orderId"]],
  zeus: [
    [form({ result: "OK" }), notZeus],
    [form({ order_no: "1" }), notZeus],
    [form({ status: "04" }), notZeus],
    [form({}), notZeus],
  ],
};

describe.each(Object.entries(cases))("%s", (name, given) => {
  test.each(given.map(([body, sentence, headers]) => ({ body, sentence, headers })))(
    "does not understand $#",
    ({ body, sentence, headers = {} }) => {
      const { callback } = verified(signedRequest({ body, now, headers }, {}));
      expect(() => findGateway(name)?.parse(callback, { options: {} })).toThrow(sentence);
    },
  );
});
