/** By what a redelivery is recognised whose bytes differ, and that no id comes from what a signature does not cover. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { verified } from "../../../core/callback.ts";
import { contentHash } from "../../../core/receive/content.ts";
import { receivedRecord } from "../../../core/receive/receive.ts";
import { verifyCallback } from "../../../core/receive/verify-callback.ts";
import { findGateway, type Gateway, gateways } from "../../../gateways/index.ts";
import { signedRequest } from "../../../gateways/kit/kit.ts";
import { sampleConfig } from "../../support/samples.ts";
import { form, json, now, utf8 } from "./conformance.ts";

const sameContent = (name: string, one: Uint8Array, other: Uint8Array): boolean => {
  const gateway = findGateway(name) as Gateway;
  const hashOf = (body: Uint8Array) => {
    const proof = verified({ ...signedRequest({ body, now, headers: {} }, {}), source: "sandbox" });
    return contentHash(receivedRecord(proof.callback, gateway, proof, { config: sampleConfig, storedAt: now }), gateway);
  };
  return hashOf(one) === hashOf(other);
};

describe("a notice of SBPS", () => {
  const notice = { order_id: "o", res_tracking_id: "t", res_result: "OK", res_date: "20261120120000", amount: "980", free1: "" };
  const ordered = (names: readonly string[], changes: Readonly<Record<string, string>> = {}) =>
    form(Object.fromEntries(names.map((name) => [name, { ...notice, ...changes }[name as "amount"] ?? ""])));

  test("is the same in any order of its fields", () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(Object.keys(notice), { minLength: 6 }), (names) => {
        expect(sameContent("sbps", form(notice), ordered(names))).toBe(true);
      }),
    );
  });

  test("is the same with other white space at the ends of a value, and with what is not signed", () => {
    expect(sameContent("sbps", form(notice), form({ ...notice, amount: " 980\n" }))).toBe(true);
    expect(sameContent("sbps", form(notice), form({ ...notice, sps_hashcode: "AB" }))).toBe(true);
  });

  test("is another with another value, also where text slides from one field into its neighbour", () => {
    expect(sameContent("sbps", form(notice), form({ ...notice, amount: "9800" }))).toBe(false);
    expect(sameContent("sbps", form(notice), form({ ...notice, tax: "9", amount: "80" }))).toBe(false);
    expect(sameContent("sbps", form({ ...notice, free1: "a" }), form({ ...notice, free2: "a" }))).toBe(false);
  });

  test("is another in XML with anything else: its order is signed", () => {
    const xml = (inside: string) => utf8(`<sps-api-request id="NT01-1">${inside}</sps-api-request>`);
    expect(sameContent("sbps", xml("<a>1</a><b>2</b>"), xml("<b>2</b><a>1</a>"))).toBe(false);
    expect(sameContent("sbps", xml("<a>1</a>"), xml("<a>1</a>"))).toBe(true);
  });
});

test.each([
  ["stripe", "pending_webhooks"],
  ["payjp", "pending_webhooks"],
  ["paddle", "notification_id"],
])("an event of %s is the same whatever its %s says", (name, field) => {
  const event = { id: "evt_1", event_id: "evt_1", data: { amount: 1 } };
  expect(sameContent(name, json({ ...event, [field]: 1 }), json({ ...event, [field]: 2 }))).toBe(true);
  expect(sameContent(name, json({ ...event, [field]: 1 }), json({ ...event, data: { amount: 2 }, [field]: 1 }))).toBe(false);
  expect(sameContent(name, json({ ...event, data: { [field]: 1 } }), json({ ...event, data: { [field]: 2 } }))).toBe(false);
  expect(sameContent(name, utf8("no JSON"), utf8("no JSON either"))).toBe(false);
});

test("a callback of Braintree is the same with one more signature beside its payload", () => {
  const sent = { bt_signature: "one|1", bt_payload: "cGF5bG9hZA==\n" };
  expect(sameContent("braintree", form(sent), form({ ...sent, bt_signature: "one|1&two|2" }))).toBe(true);
  expect(sameContent("braintree", form(sent), form({ ...sent, bt_payload: "b3RoZXI=\n" }))).toBe(false);
  expect(sameContent("braintree", form({ a: "1" }), form({ a: "2" }))).toBe(false);
});

test("every other gateway's callbacks are compared byte for byte", () => {
  const compared = Object.values(gateways as Readonly<Record<string, Gateway>>).filter(({ content }) => content);
  expect(compared.map(({ name }) => name).sort()).toEqual(["adyen", "braintree", "paddle", "payjp", "sbps", "stripe"]);
});

describe("what a signature does not cover", () => {
  const settings = {
    secrets: ["0a1b2c3d4e5f60718293a4b5c6d7e8f9"],
    publicUrl: "https://hooks.example/callbacks/a",
    options: { publicKey: "key", header: "x-signature", idHeader: "x-id" },
  };
  const signed = Object.values(gateways as Readonly<Record<string, Gateway>>).filter(({ strength }) => strength === "signature");

  /** Each gateway's own idea of a body; what is signed of it, `sign` adds. */
  const bodyOf = (name: string, id: string): Uint8Array => {
    const item = { pspReference: id, eventCode: "AUTHORISATION", success: "true", amount: { value: 1, currency: "JPY" } };
    if (name === "adyen") return json({ notificationItems: [{ NotificationRequestItem: item }] });
    if (name === "sbps") return form({ order_id: id, res_tracking_id: id, res_result: "OK", res_date: "20261120120000" });
    if (name === "veritrans") return form({ pushId: id, orderId0000: id });
    return json({ id, event_id: id });
  };

  test.each(signed.map((gateway) => [gateway.name, gateway] as const))("gives no callback of %s the id of another", (name, gateway) => {
    const [one, other] = [gateway.sign(bodyOf(name, "1"), settings, now), gateway.sign(bodyOf(name, "2"), settings, now)];
    const ids = Object.keys(one.headers).map((header) => {
      // One header at a time is the other's: what still verifies must not be taken for the other.
      const mixed = { ...one, headers: { ...one.headers, [header]: other.headers[header] ?? "" } };
      const proof = verifyCallback(gateway, mixed, settings);
      return proof.kind === "verified" ? gateway.identify(proof.callback, settings) : undefined;
    });
    const genuine = verifyCallback(gateway, other, settings);
    // PayPal signs with a key of its own.
    if (genuine.kind === "refused") return expect(name).toBe("paypal");
    expect(ids).not.toContain(gateway.identify(genuine.callback, settings));
    expect(ids).toContain(gateway.identify(verified(one).callback, settings));
  });
});
