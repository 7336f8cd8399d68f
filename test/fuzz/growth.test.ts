/** What anybody may send must not take much longer than it is long. */
import { describe, expect, test } from "vitest";
import type { RawCallback } from "../../core/callback.ts";
import { verified } from "../../core/callback.ts";
import { formFields } from "../../core/formats/form.ts";
import { parseJson } from "../../core/formats/json.ts";
import { maskText } from "../../core/formats/mask.ts";
import { fromMajor } from "../../core/formats/money.ts";
import { printableLine } from "../../core/formats/printable.ts";
import { parseXml } from "../../core/formats/xml.ts";
import { verifyCallback } from "../../core/receive/verify-callback.ts";
import { findGateway, gateways } from "../../gateways/index.ts";
import { growsGently, measurable, secondsOf } from "../support/processor-time.ts";
import { now } from "./gateway-target.ts";
import { fuzzSettings, sender } from "./settings.ts";

/** Bodies of about so many bytes, each the worst that is known for some reader. */
const bodies: Readonly<Record<string, (size: number) => string>> = {
  "a form of many fields": (size) => "a=1&".repeat(size / 4),
  "a form of escapes": (size) => `order_id=${"%20".repeat(size / 3)}`,
  "white space inside a value": (size) => `order_id=a${" ".repeat(size)}b&bt_signature=a${" ".repeat(size)}b`,
  "signatures without end": (size) => `bt_payload=a&bt_signature=${"k%7Cs%26".repeat(size / 8)}`,
  "JSON nested deeply": (size) => `${"[".repeat(size / 2)}${"]".repeat(size / 2)}`,
  "objects nested deeply": (size) => `{"notificationItems":${'{"a":'.repeat(size / 6)}1${"}".repeat(size / 6)}}`,
  "many items": (size) => `{"notificationItems":[${'{"NotificationRequestItem":{}},'.repeat(size / 31)}1]}`,
  "XML nested deeply": (size) => `<sps-api-request>${"<a>".repeat(size / 7)}${"</a>".repeat(size / 7)}</sps-api-request>`,
  "XML of many elements": (size) => `<sps-api-request>${"<a/>".repeat(size / 4)}</sps-api-request>`,
  "XML that never ends": (size) => `<sps-api-request ${"a='".repeat(size / 3)}`,
  "comments that never end": (size) => "<!--".repeat(size / 4),
  "entities of entities": (size) => `<a>${"&amp;".repeat(size / 10)}${"&#".repeat(size / 4)}</a>`,
  "bytes of nothing": (size) => "\u0000".repeat(size),
};

const headerNames = ["x-signature", "stripe-signature", "paddle-signature", "webhook-signature", "content-hmac", "sandbox-signature"];

const arrival = (text: string, header: string): RawCallback => ({
  source: "a-source",
  method: "POST",
  url: "https://hooks.example.com/callbacks/a-source",
  headers: Object.fromEntries(headerNames.map((name) => [name, header])),
  body: Buffer.from(text, "latin1"),
  sourceIp: sender,
  receivedAt: now,
});

const orError = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

describe.each(Object.keys(gateways))("%s", (name) => {
  const gateway = findGateway(name);
  const settings = fuzzSettings(name);

  test.each(Object.keys(bodies))("takes its time gently with %s", (kind) => {
    const body = bodies[kind] ?? String;
    const work = (size: number) => {
      const raw = arrival(body(size), "t=1,v1=a");
      if (gateway) verifyCallback(gateway, raw, settings);
      for (const read of ["identify", "parse"] as const) orError(() => gateway?.[read](verified(raw).callback, settings));
    };
    expect(growsGently(work)).toBe(true);
  });

  test("takes its time gently with a header as long as a front lets through", () => {
    for (const part of ["v1=a,", "v1,a ", ";v=", "t=1,", " ", "="])
      expect(growsGently((size) => gateway?.verify(arrival("{}", part.repeat(size / part.length)), settings), 1_250)).toBe(true);
  });
});

/** Sixteen times as many as are read may take four times as long: looking at the bytes costs something, reading them may not. */
const stopsEarly = <Body>(written: (count: number) => Body, read: (body: Body) => unknown, most: number): boolean => {
  const bodies = [most, most * 16].map(written);
  for (let tries = 0; tries < 5; tries++) {
    const [few, many] = bodies.map((body) => secondsOf(() => orError(() => read(body)))) as [number, number];
    if (many < Math.max(measurable, few * 4)) return true;
  }
  return false;
};

describe("what holds more than any gateway sends", () => {
  const proving = (name: string, body: string) => {
    const gateway = findGateway(name);
    if (gateway) expect(verifyCallback(gateway, arrival(body, "t=1,v1=a"), fuzzSettings(name)).kind).toBe("refused");
  };
  const adyenItem = '{"NotificationRequestItem":{"additionalData":{"hmacSignature":"a"},"eventCode":"AUTHORISATION"}},';

  const stopped = <Body>(name: string, written: (count: number) => Body, read: (body: Body) => unknown, most: number) =>
    test(`is not read to its end: ${name}`, () => expect(stopsEarly(written, read, most)).toBe(true));
  const bytes = (text: (count: number) => string) => (count: number) => Buffer.from(text(count));
  const form = (count: number) => "a=1&".repeat(count);

  stopped("a form's fields", bytes(form), formFields, 20_000);
  stopped(
    "JSON's numbers",
    bytes((count) => `[${"1,".repeat(count)}1]`),
    parseJson,
    200_000,
  );
  stopped(
    "JSON's objects",
    bytes((count) => `[${"{},".repeat(count / 2)}1]`),
    parseJson,
    200_000,
  );
  stopped(
    "JSON's depth",
    bytes((count) => "[".repeat(count) + "]".repeat(count)),
    parseJson,
    50_000,
  );
  stopped("XML's elements", (count) => `<a>${"<a/>".repeat(count)}</a>`, parseXml, 100_000);
  stopped("XML's comments", (count) => `<a>${"<!---->".repeat(count)}</a>`, parseXml, 100_000);
  const signatures = (count: number) => `bt_payload=a&bt_signature=${"k%7Cs%26".repeat(count)}`;
  stopped("Braintree's signatures", signatures, (body) => proving("braintree", body), 10_000);
  for (const name of ["gmo-pg", "sbps", "adyen", "braintree"])
    stopped(`the fields of a form to ${name}`, form, (body) => proving(name, body), 20_000);

  test("costs no more than its JSON: Adyen's items", () => {
    const body = `{"notificationItems":[${adyenItem.repeat(32_000)}{}]}`;
    const isCheap = () => {
      const json = secondsOf(() => parseJson(Buffer.from(body)));
      return secondsOf(() => proving("adyen", body)) < Math.max(measurable, json * 3);
    };
    // The first may be slow for other reasons.
    expect([isCheap, isCheap, isCheap, isCheap, isCheap].some((one) => one())).toBe(true);
  });
});

describe("what is read later", () => {
  test.each<[string, (size: number) => unknown]>([
    ["an amount of many digits", (size) => fromMajor(`1.${"0".repeat(size)}1`, "USD")],
    ["a body that is masked", (size) => maskText("a=1 <a>4242424242424242</a> ".repeat(size / 26))],
    ["digits without end", (size) => maskText("4 ".repeat(size / 2))],
    ["a reason that is printed", (size) => printableLine(`a${" \t".repeat(size / 2)}b`)],
    ["XML of entities", (size) => parseXml(`<a>${"&".repeat(size)}</a>`)],
  ])("takes its time gently: %s", (_, work) => expect(growsGently(work)).toBe(true));
});
