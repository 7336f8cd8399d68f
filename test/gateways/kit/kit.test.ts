import { describe, expect, test } from "vitest";
import { verified } from "../../../core/callback.ts";
import {
  amountFrom,
  byStatus,
  japanTime,
  jsonId,
  omitUndefined,
  parseInstant,
  plainReply,
  signedRequest,
  usableSecrets,
  withEventIds,
} from "../../../gateways/kit/kit.ts";
import { iso, japanDigits, json, major, prefixed, seconds, shiftJisForm, taxed } from "../../../gateways/writing.ts";
import { now, utf8 } from "../conformance/conformance.ts";

test("gives the first event the callback's identity, and the further ones their number", () => {
  const event = { type: "notice", gatewayType: "ping", occurredAt: 0 } as const;
  expect(withEventIds("evt_1", [event, event, event]).map(({ id }) => id)).toEqual(["evt_1", "evt_1#2", "evt_1#3"]);
  expect(withEventIds("evt_1", [])).toEqual([]);
});

test("finds the id in JSON, and says where there is none", () => {
  expect(jsonId({ body: utf8('{"id":"evt_1"}') })).toBe("evt_1");
  expect(jsonId({ body: utf8('{"event_id":7}') }, "event_id")).toBe("7");
  expect(() => jsonId({ body: utf8("{}") })).toThrow("the body has no id");
});

test("notes that an amount is missing", () => {
  expect(amountFrom({ minor: 1, currency: "JPY" })).toEqual({ amount: { minor: 1, currency: "JPY" } });
  expect(amountFrom(undefined)).toEqual({ incomplete: ["amount"] });
});

test("leaves out what is undefined, and nothing else", () => {
  expect(omitUndefined({ a: undefined, b: null, c: "", d: 0 })).toStrictEqual({ b: null, c: "", d: 0 });
});

test("uses no secret that everybody knows", () => {
  expect(usableSecrets({ secrets: ["", "a", " \t\n", " b "] })).toEqual(["a", " b "]);
});

test("answers in plain text", () => {
  expect(plainReply(418)).toEqual({ status: 418, contentType: "text/plain; charset=utf-8", body: "" });
  expect(plainReply(200, "{}", "application/json")).toEqual({ status: 200, contentType: "application/json", body: "{}" });
  expect([byStatus.acknowledge().status, byStatus.refuse().status]).toEqual([200, 500]);
});

describe("a signed request", () => {
  const sent = { body: utf8("x"), now, headers: { "x-a": "b" } };

  test("is a POST of nobody in particular", () => {
    const usual = { source: "", method: "POST", url: "", headers: { "x-a": "b" }, body: utf8("x"), sourceIp: "127.0.0.1", receivedAt: now };
    expect(signedRequest(sent, {})).toEqual(usual);
    expect(signedRequest({ ...sent, method: "GET", url: "https://a.example" }, {})).toEqual({
      ...usual,
      method: "GET",
      url: "https://a.example",
    });
    expect(verified(signedRequest(sent, {})).kind).toBe("verified");
  });

  test("comes from the first of the source's addresses, else of the gateway's, else from here", () => {
    const from = (addresses: readonly string[] | undefined, published?: readonly string[]) =>
      signedRequest(sent, addresses ? { addresses } : {}, published).sourceIp;
    expect(from(["198.51.100.7", "203.0.113.7"], ["192.0.2.1"])).toBe("198.51.100.7");
    expect(from([" 198.51.100.0/24 "])).toBe("198.51.100.0");
    expect(from([" 198.51.100.7 "])).toBe("198.51.100.7");
    expect(from([], ["192.0.2.1"])).toBe("192.0.2.1");
    expect(from(undefined, ["192.0.2.1", "192.0.2.2"])).toBe("192.0.2.1");
    expect(from([""])).toBe("127.0.0.1");
  });
});

describe("an instant with its zone", () => {
  test.each([
    ["2026-11-20T12:00:00Z", now],
    ["2026-11-20T12:00Z", now],
    ["2026-11-20T21:00:00+09:00", now],
    ["2026-11-20T21:00:00+0900", now],
    ["2026-11-20T03:00:00-09:00", now],
    ["2026-11-20T12:00:00.390Z", now + 390],
    ["2026-11-20T12:00:00.3Z", now + 300],
    ["2026-11-20T12:00:00.390028999Z", now + 390],
  ])("reads %s", (text, instant) => {
    expect(parseInstant(text)).toBe(instant);
  });

  test.each([
    ...["2026-11-20T12:00:00", "2026-11-20", "1795176000", "2026-13-20T12:00:00Z", "yesterday", "", undefined, null, now],
    ...["x2026-11-20T12:00:00Z", "2026-11-20T12:00:00Zx", "2026-11-20T12:00:00.Z", "2026-11-20 12:00:00Z", "Fri 2026-11-20T12:00:00Z"],
  ])("does not read %j: no zone is guessed", (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });
});

describe("a Japanese gateway's time", () => {
  test.each([
    ["20261120153000", Date.UTC(2026, 10, 20, 6, 30)],
    ["202611201530", Date.UTC(2026, 10, 20, 6, 30)],
    ["2026/11/20 15:30:12.345", Date.UTC(2026, 10, 20, 6, 30, 12, 345)],
    ["2026/11/20 15:30:12.3", Date.UTC(2026, 10, 20, 6, 30, 12, 300)],
    ["2026/11/20 15:30:12.34", Date.UTC(2026, 10, 20, 6, 30, 12, 340)],
    ["2026-11-20 08:59:59", Date.UTC(2026, 10, 19, 23, 59, 59)],
    ["2026-11-20T15:30", Date.UTC(2026, 10, 20, 6, 30)],
    [" 20261120153000\n", Date.UTC(2026, 10, 20, 6, 30)],
    ["20240229000000", Date.UTC(2024, 1, 28, 15)],
    ["20261231235959", Date.UTC(2026, 11, 31, 14, 59, 59)],
  ])("reads %s in Japan's time", (text, expected) => {
    expect(japanTime(text)).toBe(expected);
  });

  test.each([
    ...["", undefined, "20261120", "2026/11/20", "20261320000000", "20250229000000", "20261120246000", "20261120153060", "yesterday"],
    ...["20260020000000", "20261100000000", "20261131000000", "20261120240000", "20261120156000", "x20261120153000", "20261120153000x"],
    ...["2026/11/20 15:30:12.3456", "2026/11/20 15:30:12.", "2026 11 20 15:30"],
  ])("does not read %j", (text) => {
    expect(japanTime(text)).toBeUndefined();
  });
});

describe("what writers write with", () => {
  const key = { text: "abc", digits: "123" };

  test("ids are a prefix and letters", () => {
    const ids = prefixed({ contract: "a_", customer: "b_", charge: "c_", order: "d_", part: "e_" });
    expect([ids.contract(key), ids.customer(key), ids.charge(key), ids.order(key), ids.part(key)]).toEqual([
      ...["a_abc", "b_abc", "c_abc", "d_abc", "e_abc"],
    ]);
    const { order, part } = prefixed({ part: "e_" });
    expect([order(key), part(key)]).toEqual(["abc", "e_abc"]);
  });

  test("moments are whole seconds, or as a gateway spells them", () => {
    expect(iso(now)).toBe("2026-11-20T12:00:00.000Z");
    expect(seconds(now + 999)).toBe(now / 1000);
    expect(japanDigits(now + 999)).toBe("20261120210000");
  });

  test("amounts are in major units, and contain Japan's tax", () => {
    expect(major({ minor: 1980, currency: "JPY" })).toBe("1980");
    expect(major({ minor: 1980, currency: "USD" })).toBe("19.80");
    expect(major({ minor: 1980, currency: "KWD" })).toBe("1.980");
    expect(taxed({ minor: 1980, currency: "JPY" })).toEqual({ net: 1800, tax: 180 });
    expect(taxed({ minor: 100, currency: "JPY" })).toEqual({ net: 91, tax: 9 });
  });

  test("bodies are JSON, or forms in Shift_JIS", () => {
    expect(Buffer.from(json({ a: 1 })).toString()).toBe('{"a":1}');
    const form = shiftJisForm({ "aZ09._*-": "aZ09._*-", name: "山 &=\u0001", 会員: "" });
    expect(Buffer.from(form).toString("latin1")).toBe("aZ09._*-=aZ09._*-&name=%8ER%20%26%3D%01&%89%EF%88%F5=");
  });
});
