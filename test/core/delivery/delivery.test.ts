import { validateHeaderName, validateHeaderValue } from "node:http";
import fc from "fast-check";
import { Webhook } from "standardwebhooks";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { passThrough, retryAfterMs, signedMessage } from "../../../core/delivery/delivery.ts";
import { callbackRecord, noon, paymentEvent } from "../../support/samples.ts";

const target = "https://app.example.com/hooks";

const canBeSent = (headers: Readonly<Record<string, string>>): void => {
  for (const [name, value] of Object.entries(headers)) {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  }
};

const own = {
  "idempotency-key": "sandbox/evt_1",
  "holdfast-record": "sandbox/evt_1",
  "holdfast-source": "sandbox",
  "holdfast-attempt": "3",
  "holdfast-received-at": "2026-11-20T12:00:00.000Z",
};

describe("passed through", () => {
  test("a callback goes out with the gateway's bytes, method and headers, and with ours beside them", () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.constantFrom("POST", "PUT"), (body, method) => {
        const sent = passThrough(callbackRecord("evt_1", { body, method }), { target, attempt: 3 });
        expect(sent.url.href).toBe(target);
        expect(sent.method).toBe(method);
        expect(Buffer.from(sent.body).equals(body)).toBe(true);
        expect(sent.headers).toEqual({ "content-type": "application/json", "sandbox-signature": "t=1,v1=ab", ...own });
      }),
    );
  });

  test("a GET goes out with its query and without a body", () => {
    const url = "https://callbacks.example.com/callbacks/zeus?result=OK&money=980&name=%8E%52%93%63";
    const record = callbackRecord("evt_1", { method: "GET", url, body: Buffer.from("result=OK&money=980&name=%8E%52%93%63") });
    expect(passThrough(record, { target, attempt: 1 })).toMatchObject({ method: "GET", body: new Uint8Array() });
    expect(passThrough(record, { target, attempt: 1 }).url.href).toBe(`${target}?result=OK&money=980&name=%8E%52%93%63`);
  });

  test("a query is added to the target's own", () => {
    const record = callbackRecord("evt_1", { url: "https://callbacks.example.com/callbacks/sandbox?a=1&a=2" });
    expect(passThrough(record, { target: `${target}?key=7`, attempt: 1 }).url.href).toBe(`${target}?key=7&a=1&a=2`);
    expect(passThrough(callbackRecord("evt_1"), { target: `${target}?key=7`, attempt: 1 }).url.href).toBe(`${target}?key=7`);
    expect(
      passThrough(callbackRecord("evt_1", { url: "https://callbacks.example.com/callbacks/sandbox?" }), { target, attempt: 1 }).url.search,
    ).toBe("");
  });

  test("any query that was sent as a URL may be arrives as it was sent", () => {
    const query = fc.stringMatching(/^([A-Za-z0-9._~!$&()*+,;=:@/?-]|%[0-9A-F]{2}){1,40}$/);
    fc.assert(
      fc.property(query, (query) => {
        const record = callbackRecord("evt_1", { url: `https://callbacks.example.com/callbacks/sandbox?${query}` });
        expect(passThrough(record, { target, attempt: 1 }).url.href).toBe(`${target}?${query}`);
      }),
    );
  });

  test("headers of the gateway's connection are dropped, and those that look like them are not", () => {
    const connection = {
      connection: "keep-alive",
      "keep-alive": "timeout=5",
      "proxy-authorization": "Basic abc",
      "proxy-connection": "close",
      te: "trailers",
      trailer: "expires",
      "transfer-encoding": "chunked",
      upgrade: "h2c",
      host: "callbacks.example.com",
      "content-length": "3",
      expect: "100-continue",
      "accept-encoding": "gzip",
    };
    const sent = { "content-encoding": "gzip", "test-header": "1", "x-host": "1", accept: "*/*" };
    expect(passThrough(callbackRecord("evt_1", { headers: { ...connection, ...sent } }), { target, attempt: 3 }).headers).toEqual({
      ...sent,
      ...own,
    });
  });

  test("headers from a gateway under our names do not count", () => {
    const headers = { "idempotency-key": "forged", "holdfast-record": "forged", "holdfast-attempt": "99" };
    expect(passThrough(callbackRecord("evt_1", { headers }), { target, attempt: 3 }).headers).toEqual(own);
  });

  test("headers that anybody can add are not passed on: only the gateway's own and what a body is read by", () => {
    const genuine = {
      "content-type": "application/json",
      "content-encoding": "gzip",
      "user-agent": "Gateway/1",
      "x-shop-topic": "orders/paid",
      "sandbox-signature": "t=1",
    };
    const added = {
      "x-user-id": "7",
      "x-shopper": "1",
      "sandbox-signature-2": "t=2",
      accept: "*/*",
      traceparent: "00-1",
      "x-original-url": "/admin",
      "x-http-method-override": "PUT",
    };
    const record = callbackRecord("evt_1", { headers: { ...genuine, ...added } });
    const { headers } = passThrough(record, { target, attempt: 3, carries: ["sandbox-signature", "x-shop-*"] });
    expect(headers).toEqual({ ...genuine, ...own });
  });

  test.each([undefined, ["*"]])("who it is from, and which one it is, is never what a request says (headers known: %j)", (carries) => {
    const names = ["authorization", "cookie", "idempotency-key", "holdfast-record", "holdfast-resigned", "holdfast-anything"];
    const proxies = ["x-forwarded-for", "x-forwarded-host", "x-forwarded-user", "forwarded", "via", "x-real-ip", "proxy-authorization"];
    const headers = Object.fromEntries([...names, ...proxies].map((name) => [name, "forged"]));
    expect(passThrough(callbackRecord("evt_1", { headers }), { target, attempt: 3, carries }).headers).toEqual(own);
  });

  test("what is only called alike is not meant", () => {
    const headers = { "x-cookie": "1", "cookie-jar": "1", "shop-authorization": "1", "authorization-id": "1", viaduct: "1", "x-via": "1" };
    expect(passThrough(callbackRecord("evt_1", { headers }), { target, attempt: 3 }).headers).toEqual({ ...headers, ...own });
  });

  test("a signature that was made again takes the place of the gateway's, and is named", () => {
    const record = callbackRecord("evt_1", { headers: { "x-sign": "old", "x-time": "1", "x-topic": "paid" } });
    const { headers } = passThrough(record, { target, attempt: 3, resigned: { "x-sign": "new", "x-time": "2" } });
    expect(headers).toEqual({ "x-topic": "paid", "x-sign": "new", "x-time": "2", "holdfast-resigned": "x-sign, x-time", ...own });
    expect(passThrough(record, { target, attempt: 3, resigned: { "x-sign": "new" } }).headers["holdfast-resigned"]).toBe("x-sign");
    expect(passThrough(record, { target, attempt: 3, resigned: {} }).headers).not.toHaveProperty("holdfast-resigned");
  });

  test("a query that nobody signed stays behind; the target's own is sent", () => {
    const record = callbackRecord("evt_1", { url: "https://callbacks.example.com/callbacks/sandbox?admin=1" });
    expect(passThrough(record, { target: `${target}?key=7`, attempt: 1, carries: [] }).url.href).toBe(`${target}?key=7`);
    const get = callbackRecord("evt_1", { method: "GET", url: "https://callbacks.example.com/callbacks/zeus?result=OK" });
    expect(passThrough(get, { target, attempt: 1, carries: [] }).url.href).toBe(`${target}?result=OK`);
  });

  test("a header that HTTP does not allow is dropped, and the callback goes out without it", () => {
    const odd = { "": "1", "na me": "1", "na:me": "1", " name": "1", "name\n": "1", "x-line": "a\nb", "x-null": "\0", "x-bell": "a\u0007" };
    const { headers } = passThrough(callbackRecord("evt_1", { headers: { ...odd, "x-tab": "a\tb" } }), { target, attempt: 3 });
    expect(headers).toEqual({ "x-tab": "a\tb", ...own });
  });

  test("a callback whose URL is only a query goes out with it", () => {
    expect(passThrough(callbackRecord("evt_1", { url: "?a=1" }), { target, attempt: 1 }).url.href).toBe(`${target}?a=1`);
  });

  test("a header that was decoded from UTF-8 goes out as the bytes it came in", () => {
    const { headers } = passThrough(callbackRecord("evt_1", { headers: { "x-shop": "表参道店", "x-latin": "café" } }), {
      target,
      attempt: 1,
    });
    canBeSent(headers);
    expect(Buffer.from(headers["x-shop"] ?? "", "latin1").toString("utf8")).toBe("表参道店");
    expect(headers["x-latin"]).toBe("café");
  });
});

describe("a signed message", () => {
  const keys = [
    `whsec_${Buffer.from("the key of today, long enough").toString("base64")}`,
    `whsec_${Buffer.alloc(32, 7).toString("base64")}`,
  ];
  const signed = (event = paymentEvent(), changes: { keys?: readonly string[]; now?: number } = {}) =>
    signedMessage(callbackRecord("evt_1"), event, { target, keys, attempt: 3, now: noon, ...changes });

  /** The official library goes by the machine's clock. */
  const atNoon = () => {
    vi.useFakeTimers({ now: noon, toFake: ["Date"] });
    onTestFinished(() => void vi.useRealTimers());
  };
  const verify = (webhook: Webhook, { body, headers }: { body: Uint8Array; headers: Readonly<Record<string, string>> }) =>
    webhook.verify(Buffer.from(body).toString("utf8"), { ...headers });

  test("is verified by the official library with each of the keys, and with no other", () => {
    atNoon();
    const message = signed();
    for (const key of keys) expect(verify(new Webhook(key), message)).toMatchObject({ type: "charge.succeeded" });
    expect(() => verify(new Webhook(Buffer.from("another key").toString("base64")), message)).toThrow("No matching signature");
  });

  test("is verified with a key that is a plain text, as the text it is", () => {
    atNoon();
    for (const key of ["a plain text", "合言葉", "d2hzZWM="])
      expect(verify(new Webhook(Buffer.from(key), { format: "raw" }), signed(paymentEvent(), { keys: [key] }))).toMatchObject({
        type: "charge.succeeded",
      });
  });

  test("no longer verifies when a byte of it, its id or its time has changed", () => {
    atNoon();
    const message = signed();
    const [webhook] = keys.map((key) => new Webhook(key));
    if (!webhook) throw new Error("there is no key");
    const body = Buffer.from(message.body);
    expect(() => verify(webhook, { ...message, body: Buffer.concat([body, Buffer.from(" ")]) })).toThrow();
    for (const [name, value] of [
      ["webhook-id", "sandbox/evt_2"],
      ["webhook-timestamp", String(noon / 1000 + 1)],
    ] as const)
      expect(() => verify(webhook, { ...message, headers: { ...message.headers, [name]: value } })).toThrow();
  });

  test("carries the event in our words, and the record it came from", () => {
    const event = paymentEvent({ id: "evt_1#2", contract: "sub_1", amount: { minor: 1_980, currency: "JPY" }, occurredAt: noon - 5_000 });
    const { body, url, method, headers } = signed(event);
    expect([method, url.href, headers["content-type"]]).toEqual(["POST", target, "application/json"]);
    expect(JSON.parse(Buffer.from(body).toString("utf8"))).toEqual({
      type: "charge.succeeded",
      timestamp: "2026-11-20T11:59:55.000Z",
      data: { ...event, source: "sandbox", record: "sandbox/evt_1" },
    });
  });

  test("is known by the event's id within its source, the same for every attempt", () => {
    const first = signedMessage(callbackRecord("evt_1"), paymentEvent({ id: "evt_1#2" }), { target, keys, attempt: 1, now: noon });
    const later = signedMessage(callbackRecord("evt_1"), paymentEvent({ id: "evt_1#2" }), { target, keys, attempt: 2, now: noon + 60_000 });
    for (const { headers } of [first, later])
      expect(headers).toMatchObject({
        "webhook-id": "sandbox/evt_1#2",
        "idempotency-key": "sandbox/evt_1#2",
        "holdfast-record": "sandbox/evt_1",
      });
    expect(later.headers).toMatchObject({ "webhook-timestamp": String(noon / 1000 + 60), "holdfast-attempt": "2" });
    expect(Buffer.from(later.body).equals(first.body)).toBe(true);
  });

  test("can be sent and verified whatever the gateway calls the event", () => {
    atNoon();
    const [key = ""] = keys;
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("注文 1", "a\nb", "", "a".repeat(300))), (id) => {
        const message = signed(paymentEvent({ id }));
        canBeSent(message.headers);
        expect(verify(new Webhook(key), message)).toMatchObject({ data: { id } });
      }),
    );
  });
});

describe("Retry-After", () => {
  test.each<[string | undefined, number | undefined]>([
    ["120", 120_000],
    [" 7 ", 7_000],
    ["999999999", 999_999_999_000],
    ["Fri, 20 Nov 2026 12:01:00 GMT", 60_000],
    [" Fri, 20 Nov 2026 12:01:00 GMT ", 60_000],
    ["Friday, 20-Nov-26 12:01:00 GMT", 60_000],
    ["2026-11-20T12:01:00Z", 60_000],
    [undefined, undefined],
    ["", undefined],
    ["0", undefined],
    ["-5", undefined],
    ["1.5", undefined],
    ["1e3", undefined],
    ["soon", undefined],
    ["try 2030", undefined],
    ["1, 2", undefined],
    ["2030", 2_030_000],
    ["1000000000", undefined],
    ["99999999999", undefined],
    ["2026-11-20T12:00:00.001Z", 1],
    ["Fri, 20 Nov 2026 12:00:00 GMT", undefined],
    ["Fri, 20 Nov 2026 11:59:00 GMT", undefined],
  ])("of %j is %j ms from noon", (value, wait) => expect(retryAfterMs(value, noon)).toBe(wait));

  test("of any text is a wait of more than nothing, or none", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
        ),
        (text) => {
          const wait = retryAfterMs(text, noon) ?? 1;
          expect(Number.isSafeInteger(wait) && wait > 0).toBe(true);
        },
      ),
    );
  });
});
