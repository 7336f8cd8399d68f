/**
 * What of a callback is not proven, gateway by gateway: whoever has seen one can change that much of it, and it is still taken for
 * genuine. Listed here because somebody will rely on it otherwise; tested because a list like this is believed.
 */

import { describe, expect, test } from "vitest";
import type { RawCallback } from "../../../core/callback.ts";
import { verifyCallback } from "../../../core/receive/verify-callback.ts";
import { findGateway, type Gateway, gateways } from "../../../gateways/index.ts";
import { signCallback, story } from "../../../simulator/callbacks.ts";
import { settingsOf, url } from "../../simulator/settings.ts";

type Change = (raw: RawCallback) => RawCallback;

const header =
  (name: string, value: (before: string) => string): Change =>
  (raw) => ({ ...raw, headers: { ...raw.headers, [name]: value(raw.headers[name] ?? "") } });

const body =
  (change: (text: string) => string): Change =>
  (raw) => ({ ...raw, body: Buffer.from(change(Buffer.from(raw.body).toString("latin1")), "latin1") });

const another = () => "something-else";
const wholeJson = body(
  () => '{"id":"evt_forged","type":"charge.succeeded","event":"payments.card.exec","payment_id":"pay_x","status":"capture_success"}',
);

/** Beside what is true of every gateway: headers that are not named in its proof. Nothing more: all else is proven. */
const unsigned: Readonly<Record<string, Readonly<Record<string, Change>>>> = {
  adyen: {
    "the event's date": body((text) => text.replace(/"eventDate":"\d{4}/, '"eventDate":"2001')),
    "whatever is added to an item": body((text) => text.replace('"eventCode"', '"reason":"forged","eventCode"')),
  },
  braintree: { "further fields of the form": body((text) => `${text}&forged=1`) },
  epsilon: { "everything, but the contract code where it is set": body((text) => text.replace(/item_price=\d+/, "item_price=1")) },
  fincode: { "the whole body": wholeJson },
  "gmo-pg": { "everything but ShopID": body((text) => text.replace(/Amount=\d+/, "Amount=1")) },
  hmac: {},
  komoju: { "the headers beside the signature": header("x-komoju-event", another) },
  "lemon-squeezy": { "the name of the event in the header": header("x-event-name", another) },
  paddle: {},
  paidy: { "the whole body": wholeJson },
  payjp: { "the whole body": wholeJson },
  paypal: {
    "where the certificate is said to be": header("paypal-cert-url", () => "https://api.paypal.com/v1/notifications/certs/CERT-2"),
  },
  sandbox: {},
  sbps: { "fields the specification does not name": body((text) => `${text}&forged=1`) },
  shopify: {
    "the topic": header("x-shopify-topic", another),
    "the event's id": header("x-shopify-event-id", another),
  },
  square: { "the time of the first delivery": header("square-initial-delivery-timestamp", another) },
  "standard-webhooks": {},
  stripe: { "signatures of other schemes": header("stripe-signature", (before) => `${before},v0=${"0".repeat(64)}`) },
  "telecom-credit": { "everything, but clientip where it is set": body((text) => text.replace(/money=\d+/, "money=1")) },
  veritrans: { "what stands before the value in Content-Hmac": header("content-hmac", (before) => before.replace(/^[^;]+/, "h=Another")) },
  zeus: { "everything, but clientip where it is set": body((text) => text.replace(/money=\d+/, "money=1")) },
};

/** Genuine callbacks, as the simulator writes them. */
const genuine = (name: string) => {
  const [gateway, settings] = [findGateway(name) as Gateway, settingsOf(name)];
  const raws = story(name, { options: settings.options ?? {} }).map((told) =>
    signCallback(gateway, told, settings, { source: "mine", url, now: told.sentAt }),
  );
  return { gateway, settings, raws, isProven: (raw: RawCallback) => verifyCallback(gateway, raw, settings).kind === "verified" };
};

const isSameRequest = (one: RawCallback, other: RawCallback): boolean =>
  Buffer.from(one.body).equals(Buffer.from(other.body)) && JSON.stringify(one.headers) === JSON.stringify(other.headers);

test("there is a list for every gateway", () => {
  expect(Object.keys(gateways)).toEqual(expect.arrayContaining(Object.keys(unsigned)));
});

describe.each(Object.entries(unsigned))("%s does not sign", (name, parts) => {
  test.each(Object.entries({ ...parts, "other headers": header("user-agent", another) }))("%s", (_, change) => {
    const { raws, isProven } = genuine(name);
    const changed = raws.map((raw) => ({ raw, other: change(raw) })).filter(({ raw, other }) => !isSameRequest(raw, other));
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.filter(({ other }) => !isProven(other))).toEqual([]);
  });
});

describe.each(Object.keys(unsigned).filter((name) => findGateway(name)?.strength === "signature"))("%s", (name) => {
  const { raws, isProven } = genuine(name);
  const raw = raws[0] as RawCallback;
  /** Headers without which nothing is proven. PayPal's address of its certificate is looked at, and not what proves. */
  const proofs = Object.keys(raw.headers).filter((one) => one !== "paypal-cert-url" && !isProven(header(one, () => "")(raw)));

  test("is not fooled by a proof sent twice: another body stays unverified, whichever copy is looked at", () => {
    const forged = body((text) => text.replace(/\d/, (digit) => String((Number(digit) + 1) % 10)))(raw);
    if (isProven(forged)) return expect(["adyen"]).toContain(name);
    for (const one of proofs)
      for (const join of [", ", ","]) {
        const value = raw.headers[one] ?? "";
        for (const doubled of [`${value}${join}${value}`, `x${join}${value}`, `${value}${join}x`])
          expect(isProven(header(one, () => doubled)(forged)), `${one}: ${doubled}`).toBe(false);
      }
  });

  test("does not accept part of its proof as the whole", () => {
    for (const one of proofs)
      for (const cut of [-1, -8, -32]) expect(isProven(header(one, (value) => value.slice(0, cut))(raw)), `${one} ${cut}`).toBe(false);
  });
});
