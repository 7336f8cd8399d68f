import { createHash, createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyMatches, digest, hmac, numbersOf, partOf, sameText, signingKey } from "../../core/signature.ts";

const text = fc.string({ unit: "binary" });

describe("two texts", () => {
  test("are the same exactly when every character is", () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(sameText(one, one)).toBe(true);
        expect(sameText(one, other)).toBe(one === other);
        expect(sameText(one, `${one}${other}`)).toBe(other === "");
      }),
    );
  });

  test("are not the same in another case or another spelling: two spellings of one signature are two signatures", () => {
    expect(sameText("ab12", "AB12")).toBe(false);
    expect(sameText("q80=", "q80")).toBe(false);
    expect(sameText("é", "e\u0301")).toBe(false);
  });
});

describe("proofs", () => {
  test("match when one that was presented is one that was expected, wherever each stands", () => {
    const few = fc.array(fc.constantFrom("a", "b", "c", "d", "ab", "A", ""), { maxLength: 4 });
    fc.assert(
      fc.property(few, few, (presented, expected) => {
        expect(anyMatches(presented, expected)).toBe(presented.some((one) => expected.includes(one)));
      }),
    );
  });

  test("never match when no secret is configured or nothing was presented", () => {
    expect(anyMatches([], [])).toBe(false);
    expect(anyMatches(["a"], [])).toBe(false);
    expect(anyMatches([], ["a"])).toBe(false);
  });
});

describe("a computed proof", () => {
  // RFC 4231, test case 2, and RFC 2202, test case 2.
  test("agrees with the published examples", () => {
    const said = "what do ya want for nothing?";
    expect(hmac("sha256", "Jefe", [said], "hex")).toBe("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    expect(hmac("sha1", "Jefe", [said], "hex")).toBe("effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
    expect(digest("sha256", ["abc"])).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    expect(digest("sha1", ["abc"])).toBe("a9993e364706816aba3e25717850c26c9cd0d89d");
  });

  test("covers its parts as if they were one text, bytes as they are", () => {
    fc.assert(
      fc.property(text, text, fc.uint8Array(), (key, one, bytes) => {
        const whole = Buffer.concat([Buffer.from(one), bytes]);
        expect(hmac("sha256", key, [one, bytes], "base64")).toBe(createHmac("sha256", key).update(whole).digest("base64"));
        expect(digest("sha256", [one, bytes], "base64url")).toBe(createHash("sha256").update(whole).digest("base64url"));
      }),
    );
  });
});

test("a secret of Standard Webhooks is a key in base64, and any other is one as it is written", () => {
  const hex = (secret: string) => Buffer.from(signingKey(secret)).toString("hex");
  expect(hex("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")).toBe("31f290f6bf06298aab4f08d43c3f082cf648a362da2da4b0");
  expect(hex("my whsec_é")).toBe("6d792077687365635fc3a9");
});

test("the first numbers of a hash are those of its first bytes, four to each", () => {
  const hash = "0000000100000100fffffffe7fffffff00000007";
  expect(numbersOf(hash, 4)).toEqual([1, 256, 4_294_967_294, 2_147_483_647]);
  expect(numbersOf(hash, 1)).toEqual([1]);
});

test("a text is in the part that the first eight digits of its hash name, in every version", () => {
  const texts = ["", "a", "203.0.113", "2001:db8:0:0", "sandbox/evt_1", "fincode/o_日本"];
  expect(texts.map((text) => partOf(text, 64))).toEqual([2, 18, 56, 1, 7, 7]);
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 1, max: 512 }), (text, parts) => {
      const first = createHash("sha256").update(text).digest("hex").slice(0, 8);
      expect(partOf(text, parts)).toBe(Number(`0x${first}`) % parts);
    }),
  );
});
