/** Whether a callback says that it is about real money or a test: each gateway in its own words, and most not at all. */
import { describe, expect, test } from "vitest";
import { verified } from "../../../core/callback.ts";
import type { Mode } from "../../../core/mode.ts";
import { findGateway, type GatewayName, gateways } from "../../../gateways/index.ts";
import { signCallback, story } from "../../../simulator/callbacks.ts";
import { settingsOf } from "../../simulator/settings.ts";
import { form, json, now } from "./conformance.ts";

const said = (gateway: string, body: Uint8Array, headers: Readonly<Record<string, string>> = {}) =>
  findGateway(gateway)?.modeOf?.(
    verified({ source: "mine", method: "POST", url: "", headers, body, sourceIp: "203.0.113.7", receivedAt: now }).callback,
  );

const item = { NotificationRequestItem: { eventCode: "AUTHORISATION", pspReference: "P1" } };
const push = (...dummies: readonly (string | undefined)[]) =>
  form(
    Object.fromEntries([
      ["pushId", "1"],
      ...dummies.flatMap((dummy, index) => [
        [`orderId000${index}`, `order-${index}`],
        [`txnType000${index}`, "Capture"],
        [`cardMstatus000${index}`, "success"],
        ...(dummy === undefined ? [] : [[`dummy000${index}`, dummy]]),
      ]),
    ]),
  );

const linked = (...hrefs: readonly string[]) => json({ links: hrefs.map((href) => ({ href, rel: "self" })) });

type Case = readonly [
  gateway: GatewayName,
  what: string,
  body: Uint8Array,
  mode: Mode | undefined,
  headers?: Readonly<Record<string, string>>,
];

describe("a callback says what it is", () => {
  const cases: readonly Case[] = [
    ["stripe", "live", json({ livemode: true }), "live"],
    ["stripe", "test", json({ livemode: false }), "test"],
    ["stripe", "of an API that has no such field", json({ id: "evt_1" }), undefined],
    ["stripe", "null", json({ livemode: null }), undefined],
    ["payjp", "live", json({ livemode: true }), "live"],
    ["payjp", "test", json({ livemode: false }), "test"],
    ["lemon-squeezy", "test, in the event", json({ meta: { test_mode: true } }), "test"],
    ["lemon-squeezy", "live, in the event", json({ meta: { test_mode: false }, data: { attributes: { test_mode: true } } }), "live"],
    ["lemon-squeezy", "test, in the object", json({ meta: {}, data: { attributes: { test_mode: true } } }), "test"],
    ["lemon-squeezy", "nothing", json({ meta: {} }), undefined],
    ["shopify", "a test order", json({ test: true }), "test"],
    ["shopify", "a real order", json({ test: false }), "live"],
    ["shopify", "a refund of a test order", json({ id: 5, transactions: [{ kind: "refund", test: true }] }), "test"],
    ["shopify", "a refund of a real order", json({ id: 5, transactions: [{ kind: "refund", test: false }] }), "live"],
    ["shopify", "a refund of no money", json({ id: 5, transactions: [] }), undefined],
    ["shopify", "a contract, which does not say", json({ status: "active" }), undefined],
    ["shopify", "a test by hand", json({ test: false }), "test", { "x-shopify-test": "true" }],
    ["shopify", "no test by hand", json({}), undefined, { "x-shopify-test": "false" }],
    ["adyen", "test, as text", json({ live: "false", notificationItems: [item] }), "test"],
    ["adyen", "live, as text", json({ live: "true", notificationItems: [item] }), "live"],
    ["adyen", "live, as a flag", json({ live: true, notificationItems: [item] }), "live"],
    ["adyen", "nothing", json({ notificationItems: [item] }), undefined],
    ["adyen", "test, of a token", json({ environment: "test", type: "recurring.token.created" }), "test"],
    ["adyen", "live, of a token", json({ environment: "LIVE", type: "recurring.token.created" }), "live"],
    ["adyen", "another environment", json({ environment: "staging" }), undefined],
    ["square", "sandbox", json({}), "test", { "square-environment": "Sandbox" }],
    ["square", "production", json({}), "live", { "square-environment": "Production" }],
    ["square", "another environment", json({}), undefined, { "square-environment": "Staging" }],
    ["square", "no header", json({}), undefined],
    ["paypal", "sandbox", linked("https://api.sandbox.paypal.com/v1/notifications/webhooks-events/WH-1"), "test"],
    ["paypal", "sandbox, by the newer host", linked("https://api-m.sandbox.paypal.com/v1/notifications/webhooks-events/WH-1"), "test"],
    ["paypal", "live", linked("https://api.paypal.com/v1/notifications/webhooks-events/WH-1"), "live"],
    ["paypal", "live, by the newer host", linked("https://api-m.paypal.com/v1/notifications/webhooks-events/WH-1"), "live"],
    ["paypal", "one link of the sandbox", linked("https://api.paypal.com/", "https://api.sandbox.paypal.com/"), "test"],
    ["paypal", "one link of several", linked("https://www.paypal.com/", "https://api.paypal.com/"), "live"],
    ["paypal", "links of a page", linked("not a URL", "https://www.sandbox.paypal.com/", "https://api.paypal.com.example/"), undefined],
    ["paypal", "a resource's links only", json({ resource: { links: [{ href: "https://api.sandbox.paypal.com/" }] } }), undefined],
    ["paypal", "nothing", json({ links: [{}] }), undefined],
    ["fincode", "the test environment's slip", json({ event: "payments.konbini.complete.stub" }), "test"],
    ["fincode", "anything else", json({ event: "payments.konbini.complete" }), undefined],
    ["fincode", "nothing", json({}), undefined],
    ["sandbox", "live", json({ livemode: true }), "live"],
    ["sandbox", "test", json({ livemode: false }), "test"],
  ];
  for (const [gateway, what, body, mode, headers] of cases)
    test(`${gateway}: ${what}`, () => {
      expect(said(gateway, body, headers)).toBe(mode);
    });

  test("veritrans: of each of its items", () => {
    expect(said("veritrans", push("1", "0", undefined, "2"))).toEqual(["test", "live", undefined, undefined]);
    expect(said("veritrans", form({ pushId: "1" }))).toEqual([]);
  });

  test("and its gateway's facts say by which field", () => {
    for (const [name, gateway] of Object.entries(gateways)) expect([name, "mode" in gateway.facts]).toEqual([name, "modeOf" in gateway]);
  });

  test("or belongs to a gateway that never does, and has no case here", () => {
    const saying = new Set<string>([...cases.map(([gateway]) => gateway), "veritrans"]);
    for (const [name, gateway] of Object.entries(gateways)) expect([name, "modeOf" in gateway]).toEqual([name, saying.has(name)]);
  });
});

describe("a simulated callback", () => {
  const modesOf = (name: string, mode?: Mode) => {
    const gateway = gateways[name as GatewayName];
    const settings = settingsOf(name);
    return new Set(
      story(name, { story: "life", options: settings.options ?? {}, ...(mode && { mode }) }).flatMap((one) => {
        const raw = signCallback(gateway, one, settings, { source: "mine", url: "https://hooks.example/callbacks/mine", now });
        return [said(name, raw.body, raw.headers)].flat();
      }),
    );
  };

  test.each(Object.keys(gateways))("of %s is never one that its source leaves out", (name) => {
    expect(modesOf(name).has("test")).toBe(false);
    expect(modesOf(name, "live").has("test")).toBe(false);
    expect(modesOf(name, "test").has("live")).toBe(false);
  });

  test.each(["stripe", "payjp", "paypal", "lemon-squeezy", "adyen", "veritrans"])("of %s says what its source is for", (name) => {
    expect([...modesOf(name, "test")]).toEqual(["test"]);
    expect([...modesOf(name)]).toEqual(["live"]);
  });
});
