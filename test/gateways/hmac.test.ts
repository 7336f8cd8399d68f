import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { verifyCallback } from "../../core/receive/verify-callback.ts";
import type { Gateway, SourceSettings } from "../../gateways/gateway.ts";
import { gateways } from "../../gateways/index.ts";
import { arrived, describeGateway, form, json, now, utf8, verifiedCallback } from "./conformance/conformance.ts";

const { hmac } = gateways;

/** The gateway as it is for one source. */
const configured = (settings: SourceSettings): Gateway => ({
  ...hmac,
  identify: (callback) => hmac.identify(callback, settings),
  parse: (callback) => hmac.parse(callback, settings),
  acknowledge: (raw) => hmac.acknowledge(raw, settings),
  refuse: (raw) => hmac.refuse(raw, settings),
});

const events =
  "invoice.paid=charge.succeeded, invoice.refunded = charge.refunded,contract.ended=contract.cancelled,ping=notice,a=b=card.verified";

const body = (type: string, data: Readonly<Record<string, unknown>> = {}) =>
  json({
    type,
    at: "2026-11-18T02:13:48Z",
    data: { items: [{ "id/of~it": "sub_1" }], charge: "ch_1", buyer: 7, total: 1980, currency: "jpy", ...data },
  });

const pointers = {
  typePointer: "/type",
  contractPointer: "/data/items/0/id~1of~0it",
  chargePointer: "/data/charge",
  customerPointer: "/data/buyer",
  amountPointer: "/data/total",
  currencyPointer: "/data/currency",
  occurredAtPointer: "/at",
  events,
};

const plain: SourceSettings = { secrets: ["a secret of ours"], options: { header: "X-Signature", prefix: "sha256=", ...pointers } };

const timed: SourceSettings = {
  secrets: ["0a1b2c3d4e5f60718293a4b5c6d7e8f9"],
  publicUrl: "https://hooks.example/callbacks/a-source",
  options: {
    header: "X-Hook-Signature",
    algorithm: "sha512",
    encoding: "base64",
    secretEncoding: "hex",
    signed: "{id}.{timestamp}.{url}{body}",
    idHeader: "X-Hook-Id",
    timestampHeader: "X-Hook-Time",
    timestampUnit: "ms",
    acknowledgeStatus: "202",
    acknowledgeBody: '{"ok":true}',
    acknowledgeType: "application/json",
    refuseStatus: "503",
    refuseBody: '{"ok":false}',
    ...pointers,
  },
};

const posted: SourceSettings = {
  secrets: ["c2VjcmV0IG9mIG91cnM="],
  options: {
    header: "signature",
    algorithm: "sha1",
    secretEncoding: "base64",
    idField: "no",
    typePointer: "/kind",
    chargePointer: "/payment",
    amountPointer: "/amount",
    amountUnit: "major",
    currency: "USD",
    events: "paid=charge.succeeded",
  },
};

const samples = [
  {
    name: "a payment",
    body: body("invoice.paid"),
    means: [
      {
        type: "charge.succeeded" as const,
        gatewayType: "invoice.paid",
        contract: "sub_1",
        charge: "ch_1",
        customer: "7",
        amount: { minor: 1980, currency: "JPY" },
        occurredAt: Date.UTC(2026, 10, 18, 2, 13, 48),
      },
    ],
  },
  {
    name: "a refund whose amount cannot be read",
    body: body("invoice.refunded", { total: "much" }),
    means: [{ type: "charge.refunded" as const, charge: "ch_1", incomplete: ["amount"] }],
  },
  { name: "an end", body: body("contract.ended"), means: [{ type: "contract.cancelled" as const, contract: "sub_1" }] },
  {
    name: "an end of nobody knows what",
    body: body("contract.ended", { items: [] }),
    means: [{ type: "contract.cancelled" as const, incomplete: ["contract"] }],
  },
  { name: "a type with a sign in it", body: body("a=b"), means: [{ type: "card.verified" as const }] },
  { name: "a type without a meaning", body: body("something.new"), means: [{ type: "unknown" as const, gatewayType: "something.new" }] },
];

describe("described by a prefix and pointers", () => {
  describeGateway(configured(plain), {
    settings: plain,
    proofHeader: "x-signature",
    ack: { status: 200, contentType: "text/plain; charset=utf-8", body: "OK" },
    nack: { status: 500, contentType: "text/plain; charset=utf-8", body: "NG" },
    samples,
  });
});

describe("described by id, timestamp, URL and body", () => {
  describeGateway(configured(timed), {
    settings: timed,
    proofHeader: "x-hook-signature",
    coveredHeaders: ["x-hook-id", "x-hook-time"],
    toleranceSeconds: 300,
    ack: { status: 202, contentType: "application/json", body: '{"ok":true}' },
    nack: { status: 503, contentType: "application/json", body: '{"ok":false}' },
    samples,
  });
});

describe("described by the fields of a form", () => {
  describeGateway(configured(posted), {
    settings: posted,
    proofHeader: "signature",
    ack: { status: 200, contentType: "text/plain; charset=utf-8", body: "OK" },
    nack: { status: 500, contentType: "text/plain; charset=utf-8", body: "NG" },
    samples: [
      {
        name: "a payment",
        body: form({ no: "n-1", kind: "paid", payment: "p-1", amount: "12.30" }),
        key: "n-1",
        means: [{ type: "charge.succeeded", charge: "p-1", amount: { minor: 1230, currency: "USD" } }],
      },
      { name: "something else", body: form({ no: "n-2", kind: "pondered" }), means: [{ type: "unknown" }] },
    ],
  });
});

describe("HMAC", () => {
  test("signs what the template says, as node:crypto has it", () => {
    const sent = arrived(hmac, body("invoice.paid"), timed).headers;
    const message = Buffer.concat([utf8(`${sent["x-hook-id"]}.${now}.https://hooks.example/callbacks/a-source`), body("invoice.paid")]);
    const expected = createHmac("sha512", Buffer.from("0a1b2c3d4e5f60718293a4b5c6d7e8f9", "hex")).update(message).digest("base64");
    expect(sent["x-hook-signature"]).toBe(expected);
    const simple = createHmac("sha256", "a secret of ours").update(body("invoice.paid")).digest("hex");
    expect(arrived(hmac, body("invoice.paid"), plain).headers["x-signature"]).toBe(`sha256=${simple}`);
    const ofForm = createHmac("sha1", "secret of ours").update("no=1").digest("hex");
    expect(arrived(hmac, utf8("no=1"), posted).headers.signature).toBe(ofForm);
  });

  test.each(["sha1", "sha256", "sha512"] as const)("verifies what node:crypto signs with %s, in hex and base64", (algorithm) => {
    for (const encoding of ["hex", "base64"] as const) {
      const settings = {
        secrets: ["s"],
        options: { header: "x-sig", algorithm, encoding, timestampHeader: "x-time", signed: "{timestamp}.{body}" },
      };
      const seconds = String(now / 1000);
      const signature = createHmac(algorithm, "s").update(`${seconds}.`).update(body("ping")).digest(encoding);
      const raw = { ...arrived(hmac, body("ping"), settings), headers: { "x-sig": signature, "x-time": seconds } };
      expect(verifyCallback(hmac, raw, settings).kind).toBe("verified");
      expect(verifyCallback(hmac, { ...raw, headers: { ...raw.headers, "x-time": "soon" } }, settings).kind).toBe("refused");
      expect(verifyCallback(hmac, { ...raw, headers: { "x-sig": signature } }, settings).kind).toBe("refused");
    }
  });

  test("has GitHub's published vector", () => {
    const settings = { secrets: ["It's a Secret to Everybody"], options: { header: "X-Hub-Signature-256", prefix: "sha256=" } };
    const raw = {
      ...arrived(hmac, utf8("Hello, World!"), settings),
      headers: { "x-hub-signature-256": "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17" },
    };
    expect(verifyCallback(hmac, raw, settings).kind).toBe("verified");
    expect(verifyCallback(hmac, { ...raw, body: utf8("Hello, World?") }, settings).kind).toBe("refused");
  });

  test.each([
    ["hex", "abc"],
    ["hex", "no hex"],
    ["hex", ""],
    ["base64", "not base64!"],
    ["base64", "a"],
    ["utf8", " "],
    ["utf8", ""],
  ])("never verifies with a %s secret %j, which is not a key", (secretEncoding, secret) => {
    const settings = { secrets: [secret], options: { header: "x-sig", secretEncoding } };
    const empty = createHmac("sha256", "").update(body("ping")).digest("hex");
    const raw = { ...arrived(hmac, body("ping"), settings), headers: { "x-sig": empty } };
    expect(verifyCallback(hmac, raw, settings).kind).toBe("refused");
  });

  test("never verifies without options, or with options that do not cover the body", () => {
    for (const options of [
      undefined,
      {},
      { header: "x-sig", signed: "{timestamp}", timestampHeader: "x-time" },
      { header: "x-sig", algorithm: "md5" },
    ]) {
      const settings = { secrets: ["s"], ...(options && { options }) };
      expect(verifyCallback(hmac, arrived(hmac, body("ping"), settings), settings).kind).toBe("refused");
    }
  });

  test("verifies in spite of wrong options that the proof does not need: parsing can be fixed later", () => {
    const settings = { ...plain, options: { ...plain.options, events: "nonsense", typePointer: "type" } };
    expect(verifyCallback(hmac, arrived(hmac, body("ping"), plain), settings).kind).toBe("verified");
  });

  test("knows a callback by its bytes, and says that it cannot understand it, without the source's options", () => {
    const callback = verifiedCallback(hmac, body("ping"), plain);
    expect(hmac.identify(callback)).toMatch(/^sha256:/);
    expect(() => hmac.parse(callback)).toThrow("without its source's options");
  });

  test.each([
    ["/at", 1_795_000_000, 1_795_000_000_000],
    ["/at", "1795000000123", 1_795_000_000_123],
    ["/at", "2026-11-18T11:13:48+09:00", Date.UTC(2026, 10, 18, 2, 13, 48)],
    ["/at", "2026-11-18T11:13:48", now],
    ["/nowhere", 1, now],
  ])("reads the time at %s, %j, as %i", (occurredAtPointer, at, expected) => {
    const settings = { ...plain, options: { header: "x-signature", occurredAtPointer } };
    const [event] = hmac.parse(verifiedCallback(hmac, json({ at }), settings), settings);
    expect(event?.occurredAt).toBe(expected);
  });

  test("fails to understand a body without the type or the id it should have, and says where it looked", () => {
    const settings = { ...plain, options: { ...plain.options, header: "x-signature", idPointer: "/id" } };
    expect(() => hmac.parse(verifiedCallback(hmac, json({ id: 1 }), settings), settings)).toThrow("there is no type at /type");
    expect(() => hmac.parse(verifiedCallback(hmac, json({ type: "ping" }), settings), settings)).toThrow("there is no id at /id");
  });

  test("distinguishes refunds, and a replaced contract, where its options say where they are", () => {
    const options = {
      header: "x-signature",
      idPointer: "/id",
      typePointer: "/type",
      events: "back=charge.refunded, moved=contract.replaced, bad=charge.failed",
      contractPointer: "/member",
      chargePointer: "/payment",
      orderPointer: "/order",
      refundPointer: "/refund",
      reasonPointer: "/why",
      replacedByPointer: "/successor",
    };
    const under = { secrets: ["a-secret"], options };
    const told = (body: object) => hmac.parse(verifiedCallback(hmac, json(body), under), under)[0];
    const all = { member: "m1", payment: "p1", order: "o1", refund: "r1", why: "no funds", successor: "m2" };
    expect(told({ id: "1", type: "back", ...all })).toMatchObject({ type: "charge.refunded", charge: "p1", order: "o1", refund: "r1" });
    expect(told({ id: "2", type: "moved", ...all })).toMatchObject({ type: "contract.replaced", contract: "m1", replacedBy: "m2" });
    expect(told({ id: "3", type: "bad", ...all })).toMatchObject({ type: "charge.failed", reason: "no funds" });
    expect(told({ id: "3", type: "bad", ...all })).not.toHaveProperty("refund");
  });

  describe("checks its settings", () => {
    const problems = (options: Readonly<Record<string, string>>, publicUrl?: string) =>
      hmac.checkSettings?.({ options: { header: "x-sig", ...options }, ...(publicUrl && { publicUrl }) });

    test("and finds nothing wrong with working ones", () => {
      for (const settings of [plain, timed, posted]) expect(hmac.checkSettings?.(settings)).toEqual([]);
    });

    test("and misses the header", () => {
      expect(hmac.checkSettings?.({})).toEqual([
        "options.header is missing; name the header that carries the signature, such as x-signature",
      ]);
    });

    test.each([
      [{ header: "x sig" }, 'options.header is "x sig"; write the name of a header, such as x-signature'],
      [{ algorithm: "md5" }, 'options.algorithm is "md5"; write sha1 or sha256 or sha512'],
      [{ encoding: "HEX" }, 'options.encoding is "HEX"; write hex or base64'],
      [{ secretEncoding: "ascii" }, 'options.secretEncoding is "ascii"; write utf8 or hex or base64'],
      [{ timestampUnit: "m" }, 'options.timestampUnit is "m"; write s or ms'],
      [{ amountUnit: "cents" }, 'options.amountUnit is "cents"; write minor or major'],
      [{ signed: "{bodY}{body}" }, 'options.signed is "{bodY}{body}": {bodY} is not a placeholder; write {body}, {timestamp}, {id}, {url}'],
      [{ signed: "{url}" }, 'options.signed is "{url}": without {body} the signature says nothing about the body; add it'],
      [
        { signed: "{url}{body}" },
        'options.signed is "{url}{body}", but publicUrl is missing; give the URL exactly as it is registered at the gateway',
      ],
      [
        { signed: "{timestamp}.{body}" },
        'options.signed is "{timestamp}.{body}", but options.timestampHeader is missing; name the header that carries the timestamp',
      ],
      [
        { timestampHeader: "x-time" },
        'options.timestampHeader is "x-time", but options.signed is "{body}": a timestamp that is not signed proves nothing; add {timestamp}, or leave the header out',
      ],
      [{ signed: "{id}.{body}" }, 'options.signed is "{id}.{body}", but options.idHeader is missing; name the header that carries the id'],
      [
        { idHeader: "x-id" },
        'options.idHeader is "x-id", but options.signed is "{body}": anybody who replays a callback can change an id that is not signed, and take the id of another; add {id} where the gateway signs it, point idPointer or idField at an id in the body, or leave idHeader out: the hash of the bytes is the id then',
      ],
      [
        { signed: "{id}{body}", idHeader: "x-id", idPointer: "/id" },
        "options.idHeader and options.idPointer both say where the id is; keep one",
      ],
      [
        { chargePointer: "data.object[0].id" },
        'options.chargePointer is "data.object[0].id"; write a JSON pointer, such as "/data/object/0/id"',
      ],
      [{ typePointer: "/a~b" }, 'options.typePointer is "/a~b"; write a JSON pointer, such as "/data/id"'],
      [
        { events: "ping=notice" },
        'options.events is "ping=notice", but options.typePointer is missing; say where the type is, such as "/type"',
      ],
      [
        { typePointer: "/type", events: "paid=charge.suceeded" },
        'options.events says "paid=charge.suceeded", but "charge.suceeded" is not an event type; did you mean charge.succeeded?',
      ],
      [
        { amountPointer: "/total" },
        'options.amountPointer is "/total", but neither options.currencyPointer nor options.currency is given; an amount without a currency is not read',
      ],
      [{ currency: "yen!" }, 'options.currency is "yen!"; write three letters, such as JPY'],
      [{ acknowledgeStatus: "500" }, 'options.acknowledgeStatus is "500"; write 200 to 299: it says that the callback is kept'],
      [{ refuseStatus: "200" }, 'options.refuseStatus is "200"; write 400 to 599: it asks the gateway to retry'],
      [{ acknowledgeType: "json" }, 'options.acknowledgeType is "json"; write a content type, such as text/plain or application/json'],
      [{ prefx: "sha256=" }, 'options.prefx is "sha256=", which is not an option; did you mean prefix?'],
    ])("and says of %j: %s", (options, problem) => {
      expect(problems(options)).toContain(problem);
    });

    test("and accepts a URL that is given", () => {
      expect(problems({ signed: "{url}{body}" }, "https://hooks.example/callbacks/a-source")).toEqual([]);
    });
  });
});
