import { createHash, randomBytes } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { packBody, unpackBody } from "../../../io/records/body-encoding.ts";
import { dictionary } from "../../../io/records/dictionary.ts";

test("bytes come back as they went in, whatever they are", () => {
  const repeated = fc.tuple(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 60 })).map(([some, times]) => {
    const bytes = Buffer.concat(Array(times).fill(some));
    return new Uint8Array(bytes);
  });
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 9_000 }), repeated), (body) => {
      const { encoding, bytes } = packBody(body);
      expect(bytes.length).toBeLessThanOrEqual(body.length);
      expect(Buffer.from(unpackBody(encoding, bytes)).equals(body)).toBe(true);
    }),
  );
});

test("bytes are compressed where that can save one of DynamoDB's kilobytes, and only where it makes them smaller", () => {
  expect(packBody(Buffer.alloc(400)).encoding).toBe("plain");
  expect(packBody(Buffer.alloc(401)).encoding).toBe("deflate-1");
  expect(packBody(randomBytes(5_000)).encoding).toBe("plain");
});

test("what is written with the dictionary is read with it for as long as it is kept: it never changes", () => {
  expect(createHash("sha256").update(dictionary).digest("hex")).toBe("0564954dc4c0f7c4861d507e5ecb21342f21d0c3477a90b616befaee8604454c");
  const written = "I6E4Qk5+lqYWBqaGpmYklCyoSQ1PbsQeBTjTtSFGPobmWENLCwPC2YS0LAhLvsWpJaBmAFqtQrAVg9aOUVCIxcggKI1iItIdjngFAA==";
  expect(JSON.parse(Buffer.from(unpackBody("deflate-1", Buffer.from(written, "base64"))).toString())).toMatchObject({
    type: "invoice.paid",
  });
});

test("what versions before the dictionary wrote is read", () => {
  const body = Buffer.from("a=1&".repeat(500));
  expect(Buffer.from(unpackBody("deflate", deflateRawSync(body))).equals(body)).toBe(true);
  expect(unpackBody("plain", body)).toBe(body);
});

test("bytes that are damaged, and an encoding of a newer version, are never taken for the callback's own", () => {
  expect(() => unpackBody("deflate-1", Buffer.from("altered by hand"))).toThrow();
  expect(() => unpackBody("deflate-2", Buffer.from("{}"))).toThrow("deflate-2, is unknown to this version");
});
