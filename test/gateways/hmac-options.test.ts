/** What the options of the gateway `hmac` decide, word for word. */
import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { RawCallback } from "../../core/callback.ts";
import { eventTypes } from "../../core/event.ts";
import { verifyCallback } from "../../core/receive/verify-callback.ts";
import { aging } from "../../gateways/hmac/aging.ts";
import { meaningOf } from "../../gateways/hmac/options.ts";
import { gateways } from "../../gateways/index.ts";
import { arrived, json, now } from "./conformance/conformance.ts";

const { hmac } = gateways;
const body = json({ type: "ping" });

describe("a secret", () => {
  const verdict = (secretEncoding: "hex" | "base64", secret: string, key = Buffer.from(secret.trim(), secretEncoding)) => {
    const settings = { secrets: [secret], options: { header: "x-sig", secretEncoding } };
    const headers = { "x-sig": createHmac("sha256", key).update(body).digest("hex") };
    return verifyCallback(hmac, { ...arrived(hmac, body, settings), headers }, settings).kind;
  };

  test.each(["QUJD", "QUJDRA", "QUJDRA==", "QUI", "QUI=", "QQ", "QQ==", " QUJD\n"])("in base64 may be %j", (secret) => {
    expect(verdict("base64", secret)).toBe("verified");
  });

  test.each(["Q", "QUJDR", "QQ=", "QUI==", "QUJD=", "QU-D", "=QUJD"])("in base64 is not %j, whatever could be decoded of it", (secret) => {
    expect(verdict("base64", secret)).toBe("refused");
  });

  test("in hex is whole pairs of digits, and space around them does not count", () => {
    for (const secret of ["0aFf", " 0aFf\n"]) expect(verdict("hex", secret)).toBe("verified");
    for (const secret of ["abc", "abzz", "zzab"]) expect(verdict("hex", secret)).toBe("refused");
    expect(verdict("hex", "cab", Buffer.from("ab", "hex"))).toBe("refused");
  });

  test("that is blank signs nothing", () => {
    for (const secret of ["", " "]) {
      expect(hmac.sign(body, { secrets: [secret], options: { header: "x-sig" } }, now).headers).not.toHaveProperty("x-sig");
    }
  });

  test("that is blank is passed over when a callback is signed again", () => {
    const options = { header: "x-sig", signed: "{timestamp}.{body}", timestampHeader: "x-time" };
    const raw = arrived(hmac, body, { secrets: ["one"], options });
    const again = aging.resign(raw, { secrets: [" ", "one"], options }, now + 60_000);
    const seconds = String(now / 1000 + 60);
    expect(again).toEqual({ "x-time": seconds, "x-sig": createHmac("sha256", "one").update(`${seconds}.`).update(body).digest("hex") });
  });
});

describe("a callback that is signed again while the secret is rotated", () => {
  const options = { header: "x-sig", signed: "{timestamp}.{body}", timestampHeader: "x-time" };
  /** An endpoint that has one of the two. */
  const accepts = (raw: RawCallback, secret: string) =>
    verifyCallback(hmac, { ...raw, receivedAt: now + 3_600_000 }, { secrets: [secret], options }).kind === "verified";
  const resigned = (by: string, secrets: readonly string[]) => {
    const raw = arrived(hmac, body, { secrets: [by], options });
    return { ...raw, headers: { ...raw.headers, ...aging.resign(raw, { secrets, options }, now + 3_600_000) } };
  };

  test("is signed with the secret that its sender signed with, which the application knows", () => {
    for (const by of ["new", "old"]) expect(["new", "old"].filter((one) => accepts(resigned(by, ["new", "old"]), one))).toEqual([by]);
  });

  test("is signed with the newest once its sender's is gone", () => {
    expect(accepts(resigned("old", ["newest", "new"]), "newest")).toBe(true);
  });
});

describe("what is signed", () => {
  const signedWith = (text: string) => ({ "x-sig": createHmac("sha256", "s").update(text).update(body).digest("hex") });

  test("is the URL that is registered at the gateway, whatever it came to; where none is given, the one it came to", () => {
    const options = { header: "x-sig", signed: "{url}{body}" };
    const raw = { ...arrived(hmac, body, { secrets: ["s"], options }), url: "https://inner.example/hooks" };
    const verdict = (url: string, publicUrl?: string) =>
      verifyCallback(hmac, { ...raw, headers: signedWith(url) }, { secrets: ["s"], options, ...(publicUrl && { publicUrl }) }).kind;
    expect(verdict("https://outer.example/hooks", "https://outer.example/hooks")).toBe("verified");
    expect(verdict("https://inner.example/hooks", "https://outer.example/hooks")).toBe("refused");
    expect(verdict("https://inner.example/hooks")).toBe("verified");
    expect(verdict("")).toBe("refused");
  });

  test("is a time of up to sixteen digits", () => {
    const settings = { secrets: ["s"], options: { header: "x-sig", signed: "{timestamp}.{body}", timestampHeader: "x-time" } };
    const verdict = (time: string) => {
      const headers = { ...signedWith(`${time}.`), "x-time": time };
      return verifyCallback(hmac, { ...arrived(hmac, body, settings), headers }, settings).kind;
    };
    const seconds = String(now / 1000);
    for (const time of [seconds, seconds.padStart(16, "0")]) expect(verdict(time)).toBe("verified");
    for (const time of [seconds.padStart(17, "0"), `+${seconds}`, `${seconds}.0`, ""]) expect(verdict(time)).toBe("refused");
  });
});

describe("events", () => {
  test.each([
    ["n", "nonsense, n=notice", "notice"],
    ["", "=notice", "notice"],
    ["a=b", "a=b=card.verified", "card.verified"],
    ["paid", " paid = charge.succeeded ", "charge.succeeded"],
    ["paid", "paid=charge.failed,paid=charge.succeeded", "charge.failed"],
    ["paid", "paid=nothing", "unknown"],
    ["paid", undefined, "unknown"],
  ])("give %j by %j the meaning %s", (type, events, meaning) => {
    expect(meaningOf(type, events)).toBe(meaning);
  });
});

describe("checks its settings", () => {
  const problems = (options: Readonly<Record<string, string>>) => hmac.checkSettings?.({ options: { header: "x-sig", ...options } });

  test.each([
    ...["idPointer", "typePointer", "contractPointer", "chargePointer", "customerPointer", "currencyPointer", "occurredAtPointer"],
    ...["orderPointer", "refundPointer", "reasonPointer", "replacedByPointer"],
  ])("options.%s is a pointer", (name) => {
    expect(problems({ [name]: "/some/place" })).toEqual([]);
    expect(problems({ [name]: "id" })).toEqual([`options.${name} is "id"; write a JSON pointer, such as "/id"`]);
    expect(problems({ [name]: "$.data['object']" })).toEqual([
      `options.${name} is "$.data['object']"; write a JSON pointer, such as "/data/object"`,
    ]);
    expect(problems({ [name]: "" })).toEqual([`options.${name} is ""; write a JSON pointer, such as "/data/id"`]);
    expect(problems({ [name]: "$." })).toEqual([`options.${name} is "$."; write a JSON pointer, such as "/data/id"`]);
  });

  test("and takes braces for text where they hold no name", () => {
    expect(problems({ signed: "{{body}}" })).toEqual([]);
    expect(problems({ signed: "a{body}b" })).toEqual([]);
    expect(problems({ signed: "{x}{body}" })).toHaveLength(1);
  });

  test("and accepts what can be used", () => {
    for (const currency of ["JPY", "usd"]) expect(problems({ currency })).toEqual([]);
    for (const acknowledgeStatus of ["200", "299"]) expect(problems({ acknowledgeStatus })).toEqual([]);
    for (const refuseStatus of ["400", "599"]) expect(problems({ refuseStatus })).toEqual([]);
    for (const acknowledgeType of ["application/vnd.api+json", "text/plain; charset=utf-8", "text/plain;"])
      expect(problems({ acknowledgeType })).toEqual([]);
    expect(problems({ idField: "no" })).toEqual([]);
    expect(problems({ passHeaders: "x-event, x-delivery" })).toEqual([]);
  });

  test.each<readonly [options: Readonly<Record<string, string>>, problem: string]>([
    [{ idPointer: "/id", idField: "id" }, "options.idPointer and options.idField both say where the id is; keep one"],
    [{ currency: "xJPY" }, 'options.currency is "xJPY"; write three letters, such as JPY'],
    [{ currency: "JPYx" }, 'options.currency is "JPYx"; write three letters, such as JPY'],
    ...["1200", "2000", "2x0"].map(
      (acknowledgeStatus) =>
        [
          { acknowledgeStatus },
          `options.acknowledgeStatus is "${acknowledgeStatus}"; write 200 to 299: it says that the callback is kept`,
        ] as const,
    ),
    ...["1500", "5000", "5x0"].map(
      (refuseStatus) =>
        [{ refuseStatus }, `options.refuseStatus is "${refuseStatus}"; write 400 to 599: it asks the gateway to retry`] as const,
    ),
    ...[" text/plain", "text/plain; é", "text/plain\n", "text/"].map(
      (acknowledgeType) =>
        [
          { acknowledgeType },
          `options.acknowledgeType is "${acknowledgeType}"; write a content type, such as text/plain or application/json`,
        ] as const,
    ),
    [
      { typePointer: "/type", events: "a=notice, paid=charge.suceeded" },
      'options.events says "paid=charge.suceeded", but "charge.suceeded" is not an event type; did you mean charge.succeeded?',
    ],
    [
      { typePointer: "/type", events: "nonsense" },
      `options.events says "nonsense", but "" is not an event type; write one of ${eventTypes.join(", ")}`,
    ],
    [
      { somethingElseAltogether: "1" },
      'options.somethingElseAltogether is "1", which is not an option; known are header, timestampHeader, idHeader, idPointer, typePointer, contractPointer, chargePointer, customerPointer, amountPointer, currencyPointer, occurredAtPointer, orderPointer, refundPointer, reasonPointer, replacedByPointer, algorithm, encoding, secretEncoding, timestampUnit, amountUnit, acknowledgeStatus, acknowledgeBody, acknowledgeType, refuseStatus, refuseBody, prefix, passHeaders, signed, idField, events, currency',
    ],
  ])("and says of %j: %s", (options, problem) => {
    expect(problems(options)).toEqual([problem]);
  });
});
