import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { verifyCallback } from "../../core/receive/verify-callback.ts";
import { gateways } from "../../gateways/index.ts";
import { arrived, describeGateway, utf8, verifiedCallback } from "./conformance/conformance.ts";

const { veritrans } = gateways;

const key = "abcdef0123456789abcdef0123456789abcdef0123456789abcdef0123456789";
const settings = { secrets: [key], options: { merchantCcid: "A100000000000001000000cc" } };

/** A vector that a library for VeriTrans publishes with its tests. */
const published = {
  body: utf8(
    "numberOfNotify=1&pushTime=20230609163134&pushId=100&orderId0000=1657593096&vResultCode0000=G011A00100000000&txnType0000=AuthorizeConfirm&mpiMstatus0000=success&cardMstatus0000=success&dummy0000=1",
  ),
  header: "h=HmacSHA256;s=A100000000000001000000cc;v=96afe3ca78dd828e1b4643dacae031422ca252bdb2a109178d4637bd44a7ee99",
};

const push = (pushId: string, ...items: readonly string[]) =>
  utf8(
    [
      `numberOfNotify=${items.length}&pushTime=20261120153000&pushId=${pushId}`,
      ...items.map((item, index) =>
        item
          .split("&")
          .map((pair) => pair.replace("=", `${String(index).padStart(4, "0")}=`))
          .join("&"),
      ),
    ].join("&"),
  );

const card = (orderId: string, txnType: string, status = "success", mpi = "success") =>
  `orderId=${orderId}&vResultCode=G011A00100000000&txnType=${txnType}&mpiMstatus=${mpi}&cardMstatus=${status}&dummy=1`;

const slip = "orderId=cvs-1&cvsType=sej&receiptNo=12345&receiptDate=202611201430&rcvAmount=1980&dummy=0";
const transfer = "orderId=bank-1&kikanNo=58191&kigyoNo=21702&rcvDate=202611200940&customerNo=2000&confNo=288916&rcvAmount=100&dummy=1";

const pushed = Date.UTC(2026, 10, 20, 6, 30);
const yen = (minor: number) => ({ minor, currency: "JPY" });

describeGateway(veritrans, {
  settings,
  ack: { status: 200, contentType: "text/plain", body: "0" },
  nack: { status: 500, contentType: "text/plain", body: "1" },
  samples: [
    {
      name: "an authorisation after 3-D Secure",
      body: published.body,
      means: [
        {
          type: "charge.authorized",
          charge: "1657593096",
          order: "1657593096",
          incomplete: ["amount", "type"],
          occurredAt: Date.UTC(2023, 5, 9, 7, 31, 34),
        },
      ],
    },
    {
      name: "many items",
      body: push(
        "00000001",
        card("o-1", "Authorize"),
        card("o-2", "Capture"),
        slip,
        card("o-3", "Authorize", "failure"),
        transfer,
        card("o-4", "Cancel"),
      ),
      means: [
        { type: "charge.authorized", charge: "o-1", occurredAt: pushed },
        { type: "charge.succeeded", charge: "o-2", incomplete: ["amount"] },
        { type: "charge.succeeded", charge: "cvs-1", amount: yen(1980), occurredAt: Date.UTC(2026, 10, 20, 5, 30) },
        { type: "charge.failed", charge: "o-3", reason: "G011A00100000000" },
        { type: "charge.succeeded", charge: "bank-1", amount: yen(100), occurredAt: Date.UTC(2026, 10, 20, 0, 40) },
        { type: "charge.voided", charge: "o-4", incomplete: ["amount", "type"] },
      ],
    },
    {
      name: "a failed 3-D Secure",
      body: push("2", card("o-5", "AuthorizeConfirm", "failure", "failure")),
      means: [{ type: "charge.failed" }],
    },
    { name: "a pending authorisation", body: push("3", card("o-6", "Authorize", "pending")), means: [{ type: "notice", charge: "o-6" }] },
    { name: "a cancellation that failed", body: push("4", card("o-7", "Cancel", "failure")), means: [{ type: "notice", charge: "o-7" }] },
    {
      name: "3-D Secure alone",
      body: push("5", "orderId=o-8&txnType=AuthorizeConfirm&mpiMstatus=success"),
      means: [{ type: "notice", charge: "o-8" }],
    },
    {
      name: "a type nobody has explained",
      body: push("6", card("o-9", "Ponder")),
      means: [{ type: "unknown", gatewayType: "txnType=Ponder" }],
    },
    {
      name: "an item without type or amount",
      body: push("7", "orderId=o-10&vResultCode=1001"),
      means: [{ type: "unknown", charge: "o-10" }],
    },
  ],
});

describe("VeriTrans", () => {
  const raw = { ...arrived(veritrans, published.body, settings), headers: { "content-hmac": published.header } };
  const signed = (body: Uint8Array, header: string) =>
    verifyCallback(veritrans, { ...raw, body, headers: { "content-hmac": header } }, settings).kind;

  test("verifies the published vector, and makes the same signature", () => {
    expect(verifyCallback(veritrans, raw, settings).kind).toBe("verified");
    expect(veritrans.sign(published.body, settings, 0).headers["content-hmac"]).toBe(published.header);
  });

  test("refuses the published vector with its last digit changed", () => {
    expect(signed(published.body, `${published.header.slice(0, -1)}0`)).toBe("refused");
  });

  test("decodes the key from hex, and refuses a signature made with its text", () => {
    const made = (secret: string | Buffer) =>
      `h=HmacSHA256;s=A100000000000001000000cc;v=${createHmac("sha256", secret).update(published.body).digest("hex")}`;
    expect(signed(published.body, made(Buffer.from(key, "hex")))).toBe("verified");
    expect(signed(published.body, made(key))).toBe("refused");
  });

  test("checks exactly what follows ;v=, whatever comes before", () => {
    const v = published.header.split(";v=")[1] ?? "";
    const anyone = { secrets: [key] };
    for (const front of ["h=HmacSHA256;s=A100000000000001000000cc", "s=somebody"]) {
      expect(verifyCallback(veritrans, { ...raw, headers: { "content-hmac": `${front};v=${v}` } }, anyone).kind).toBe("verified");
    }
    for (const wrong of [v, `;v=${v}`, `v=${v}`, `h=HmacSHA256;v=${v.toUpperCase()}`, `;v=${v} `, `;v=${v};x=1`, ";v=", ""]) {
      expect(verifyCallback(veritrans, { ...raw, headers: { "content-hmac": wrong } }, anyone).kind).toBe("refused");
    }
    expect(verifyCallback(veritrans, { ...raw, headers: {} }, anyone).kind).toBe("refused");
  });

  test("refuses every bit flipped in the signature", () => {
    const start = published.header.indexOf(";v=") + 3;
    for (let at = start; at < published.header.length; at++)
      for (let bit = 0; bit < 8; bit++) {
        const bytes = Buffer.from(published.header, "latin1");
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        expect(signed(published.body, bytes.toString("latin1"))).toBe("refused");
      }
  });

  test("refuses another merchant's push where the source names its own", () => {
    expect(verifyCallback(veritrans, raw, { ...settings, options: { merchantCcid: "A199999999999999999999cc" } }).kind).toBe("refused");
  });

  test.each(["", "not hex", "abc", "zz"])("never verifies with the secret %j, which is not a key", (secret) => {
    const under = { secrets: [secret] };
    expect(verifyCallback(veritrans, arrived(veritrans, published.body, under), under).kind).toBe("refused");
  });

  test("gives every item its own line", () => {
    const events = veritrans.parse(verifiedCallback(veritrans, push("1", card("o-1", "Capture"), card("o-2", "Capture")), settings));
    expect(events.map(({ charge }) => charge)).toEqual(["o-1", "o-2"]);
    expect(new Set(events.map(({ id }) => id)).size).toBe(2);
  });

  test("is another callback when an item of the same push differs", () => {
    const identity = (status: string) =>
      veritrans.identify(verifiedCallback(veritrans, push("1", card("o-1", "Capture", status)), settings));
    expect(identity("success")).not.toBe(identity("failure"));
  });

  test("does not let an appended field override the first", () => {
    const [event] = veritrans.parse(
      verifiedCallback(veritrans, utf8(`${Buffer.from(push("1", slip)).toString()}&rcvAmount0000=1`), settings),
    );
    expect(event?.amount).toEqual(yen(1980));
  });

  test("dates a deposit by rcvDate, should it carry both, and tells it from others by that date", () => {
    const [event] = veritrans.parse(verifiedCallback(veritrans, push("1", `${transfer}&receiptDate=202611201430`), settings));
    expect(event).toMatchObject({ occurredAt: Date.UTC(2026, 10, 20, 0, 40), part: "received 202611200940" });
  });

  test("fails to understand more items than are known to come, and understands none of them", () => {
    const many = (count: number) => push("100", ...Array.from({ length: count }, (_, at) => `orderId=${at}&cardMstatus=success`));
    expect(veritrans.parse(verifiedCallback(veritrans, many(1_000), settings))).toHaveLength(1_000);
    const callback = verifiedCallback(veritrans, many(1_001), settings);
    expect(() => veritrans.identify(callback)).toThrow("the push has more than 1000 items");
    expect(() => veritrans.parse(callback)).toThrow("the push has more than 1000 items");
  });

  test("takes for an item only what ends in its four digits, has an order, and for a status what is called one", () => {
    const events = (fields: string) => veritrans.parse(verifiedCallback(veritrans, utf8(`pushId=1&${fields}`), settings));
    const done = "orderId0000=o-1&txnType0000=Capture&cardMstatus0000=success";
    const one = [{ type: "charge.succeeded", charge: "o-1" }];
    expect(events(`${done}&orderId0001x=o-2&txnType0002=Capture&cardMstatus0002=success`)).toMatchObject(one);
    expect(events(`${done}&cardMstatusText0000=failure`)).toMatchObject(one);
    expect(events(done.replace("o-1", "+o-1+"))).toMatchObject(one);
    expect(events("orderId0000=o-1&orderId0001x=o-2")).toHaveLength(1);
    expect(events("orderId0000=o-1&x%0AorderId0001=o-2")).toHaveLength(1);
  });

  test("fails to understand a form without items", () => {
    expect(() => veritrans.parse(verifiedCallback(veritrans, utf8("numberOfNotify=0&pushId=1"), settings))).toThrow("no item");
  });
});
