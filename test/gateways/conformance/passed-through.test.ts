/** An existing endpoint gets the headers that its gateway sends, and no others. */
import { describe, expect, test } from "vitest";
import { passThrough } from "../../../core/delivery/delivery.ts";
import { gateways } from "../../../gateways/index.ts";
import { headersOf } from "../../../io/targets/delivered-gateway.ts";
import { callbackRecord, noon } from "../../support/samples.ts";

const options = {
  publicKey: "key",
  shopId: "shop",
  header: "x-sign",
  timestampHeader: "X-Time",
  idHeader: "x-id",
  signed: "{timestamp}.{body}",
};
const settings = { secrets: ["00112233445566778899aabbccddeeff"], publicUrl: "https://shop.example.com/hooks", options };

describe.each(Object.values(gateways))("of a callback of $name", (gateway) => {
  const raw = { ...gateway.sign(Buffer.from('{"id":"evt_1","notificationItems":[]}'), settings, noon), source: "sandbox" };
  const sent = (headers: Readonly<Record<string, string>>) =>
    passThrough(callbackRecord("evt_1", { ...raw, headers }), {
      target: "https://app.example.com/",
      attempt: 1,
      carries: headersOf(gateway, settings),
    }).headers;

  test("every header that it sends arrives", () => expect(sent(raw.headers)).toMatchObject(raw.headers));

  test("a header that somebody has added does not", () => {
    const added = { authorization: "Basic YQ==", cookie: "a=1", "x-user-id": "7", "x-forwarded-user": "ann", "holdfast-record": "other" };
    const headers = sent({ ...raw.headers, ...added });
    for (const name of ["authorization", "cookie", "x-user-id", "x-forwarded-user"]) expect(headers).not.toHaveProperty(name);
    expect(headers["holdfast-record"]).toBe("sandbox/evt_1");
  });
});

test("of a described gateway, those that its options name are its own, and further ones by `passHeaders`", () => {
  const { hmac } = gateways;
  expect(headersOf(hmac, { options })).toEqual(["x-sign", "x-time", "x-id"]);
  expect(headersOf(hmac, { options: { header: "x-sign", passHeaders: "X-Event, x-delivery" } })).toEqual([
    "x-sign",
    "x-event",
    "x-delivery",
  ]);
  expect(hmac.checkSettings?.({ options: { header: "x-sign", passHeaders: "x-event, not a header" } })).toEqual([
    expect.stringContaining('options.passHeaders is "not a header"'),
  ]);
  expect(headersOf(undefined, {})).toBeUndefined();
});
