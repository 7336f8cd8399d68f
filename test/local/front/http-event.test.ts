import { describe, expect, test } from "vitest";
import { type ArrivedRequest, isText, toAnswer, toEvent } from "../../../local/front/http-event.ts";

const route = { key: "POST /callbacks/{source}", functionName: "receive", timeoutMs: 1, parameters: { source: "sandbox" } };
const event = (changes: Partial<ArrivedRequest> = {}) =>
  toEvent(
    {
      method: "POST",
      target: "/callbacks/sandbox",
      rawHeaders: ["Host", "127.0.0.1:8787", "Content-Type", "application/json"],
      body: Buffer.from("{}"),
      sourceIp: "127.0.0.1",
      protocol: "HTTP/1.1",
      now: 1_795_175_990_123,
      ...changes,
    },
    route,
  );

describe("whether a body arrives as text", () => {
  test.each([
    "application/json",
    "application/json; charset=utf-8",
    'Application/JSON;Charset="UTF-8"',
    "application/xml",
    "application/javascript",
    "text/plain",
    "text/xml; charset=utf-8",
  ])("yes: %s", (contentType) => expect(isText(contentType)).toBe(true));

  test.each([
    undefined,
    "",
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-8",
    "application/vnd.api+json",
    "application/octet-stream",
    "multipart/form-data; boundary=x",
    "text/xml; charset=Shift_JIS",
    "text/plain; charset=iso-8859-1",
    "application/json; charset=Windows-31J",
  ])("no: %s", (contentType) => expect(isText(contentType)).toBe(false));

  test("and either way the function gets exactly the bytes that were sent", () => {
    const body = Buffer.from([0x8e, 0x52, 0x93, 0x63, 0x00, 0xff]);
    const form = event({ rawHeaders: ["content-type", "application/x-www-form-urlencoded"], body });
    expect(form.isBase64Encoded).toBe(true);
    expect(Buffer.from(form.body ?? "", "base64")).toEqual(body);
    const json = event({ body: Buffer.from('{"name":"山田"}') });
    expect([json.isBase64Encoded, json.body]).toEqual([false, '{"name":"山田"}']);
  });
});

describe("the event", () => {
  test("has lower-case headers, repeated ones joined with a comma, and separate cookies", () => {
    const { headers, cookies } = event({
      rawHeaders: ["X-One", "a", "x-one", "b", "Cookie", "c=1; d=2", "X-Forwarded-For", "203.0.113.7"],
    });
    expect(headers).toMatchObject({ "x-one": "a,b", "x-forwarded-for": "203.0.113.7, 127.0.0.1" });
    expect(headers).not.toHaveProperty("cookie");
    expect(cookies).toEqual(["c=1", "d=2"]);
  });

  test("has headers and fields whose names objects inherit", () => {
    const { headers, queryStringParameters } = event({ rawHeaders: ["__proto__", "a", "constructor", "b"], target: "/?__proto__=c" });
    expect(Object.entries(headers)).toEqual(
      expect.arrayContaining([
        ["__proto__", "a"],
        ["constructor", "b"],
      ]),
    );
    expect(Object.entries(queryStringParameters ?? {})).toEqual([["__proto__", "c"]]);
  });

  test("has the query as it was sent, and decoded", () => {
    const { rawPath, rawQueryString, queryStringParameters } = event({ target: "/callbacks/sandbox?a=1&a=2&name=%8ER&x=%20?y" });
    expect(rawPath).toBe("/callbacks/sandbox");
    expect(rawQueryString).toBe("a=1&a=2&name=%8ER&x=%20?y");
    expect(queryStringParameters).toMatchObject({ a: "1,2", x: " ?y" });
  });

  test("has no body when none was sent, and no query when there is none", () => {
    const { body, isBase64Encoded, queryStringParameters } = event({ body: Buffer.alloc(0), rawHeaders: [] });
    expect([body, isBase64Encoded, queryStringParameters]).toEqual([undefined, false, undefined]);
  });

  test("says where it came from, when, and by which route", () => {
    const { requestContext, routeKey, pathParameters } = event();
    expect(requestContext).toMatchObject({ domainName: "127.0.0.1:8787", timeEpoch: 1_795_175_990_123, http: { sourceIp: "127.0.0.1" } });
    expect([routeKey, pathParameters]).toEqual(["POST /callbacks/{source}", { source: "sandbox" }]);
  });
});

describe("the answer", () => {
  test("is what the function says", () => {
    expect(toAnswer({ statusCode: 202, headers: { "Content-Type": "text/xml" }, body: "<ok/>", cookies: ["a=1"] })).toEqual({
      status: 202,
      headers: { "content-type": "text/xml", "set-cookie": ["a=1"] },
      body: "<ok/>",
    });
  });

  test("has the bytes that a base64 body stands for", () => {
    expect(toAnswer({ statusCode: 200, body: "jlI=", isBase64Encoded: true }).body).toEqual(Buffer.from([0x8e, 0x52]));
  });

  test("is a 200 when the function says nothing, or anything without a status: the false acknowledgement HTTP API makes of it", () => {
    expect(toAnswer(undefined)).toMatchObject({ status: 200, body: "null" });
    expect(toAnswer(null)).toMatchObject({ status: 200, body: "null" });
    expect(toAnswer({ ok: true })).toMatchObject({ status: 200, body: '{"ok":true}', headers: { "content-type": "application/json" } });
  });

  test.each([{ statusCode: "none" }, { statusCode: 200, body: { not: "text" } }, { statusCode: 99 }])("is a 500 for %j", (result) => {
    expect(toAnswer(result)).toMatchObject({ status: 500, body: '{"message":"Internal Server Error"}' });
  });
});
