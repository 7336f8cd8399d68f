import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type RawCallback, verified } from "../../../core/callback.ts";
import { formerKey } from "../../../core/receive/former-key.ts";
import { type Identifier, type Proof, receivedRecord as receivedRecordOf } from "../../../core/receive/receive.ts";
import type { CallbackRecord } from "../../../core/record.ts";
import { noon, rawCallback, sampleConfig } from "../../support/samples.ts";

const receivedRecord = (raw: RawCallback, gateway: Identifier, proof: Proof, storedAt: number): CallbackRecord =>
  receivedRecordOf(raw, gateway, proof, { config: sampleConfig, storedAt });

const raw = rawCallback();
const proven: Proof = verified(raw);
const sha256 = (body: Uint8Array): string => createHash("sha256").update(body).digest("hex");

const gateway = (identify: Identifier["identify"]): Identifier => ({ name: "sandbox", identify });
const never = gateway(() => {
  throw new Error("asked");
});

describe("a verified callback", () => {
  test("is kept under the id its gateway gives it, with everything that arrived", () => {
    expect(
      receivedRecord(
        raw,
        gateway(() => "evt_1"),
        proven,
        noon + 5,
      ),
    ).toEqual({ key: "sandbox/evt_1", gateway: "sandbox", raw, storedAt: noon + 5, verification: "verified", sha256: sha256(raw.body) });
  });

  test("is named with the settings of its own source", () => {
    const byShop = gateway((_, settings) => settings?.options?.shopId ?? "none");
    expect(receivedRecord(raw, byShop, proven, noon).key).toBe("sandbox/7");
    const other = rawCallback({ source: "other" });
    expect(receivedRecord(other, byShop, verified(other), noon).key).toBe("other/none");
  });

  test("has the same key whenever it comes again, and the same hash only with the same bytes", () => {
    const again = rawCallback({ receivedAt: noon + 86_400_000, headers: {}, body: Buffer.from("other bytes") });
    const byId = gateway(() => "evt_1");
    const [first, second] = [receivedRecord(raw, byId, proven, noon), receivedRecord(again, byId, verified(again), noon + 86_400_000)];
    expect(second.key).toBe(first.key);
    expect(second.sha256).not.toBe(first.sha256);
  });

  test("is kept under the hash of an id that is made of numbers, and would have been under the id before", () => {
    const byNumbers: Identifier = { ...gateway(() => "order-1|access-1"), hashesId: true };
    const record = receivedRecord(raw, byNumbers, proven, noon);
    expect(record.key).toBe(`sandbox/sha256:${sha256(Buffer.from("order-1|access-1"))}`);
    expect(formerKey(record, byNumbers, sampleConfig)).toBe("sandbox/order-1|access-1");
    expect(receivedRecord(raw, { ...never, hashesId: true }, proven, noon).key).toBe(`sandbox/sha256:${sha256(raw.body)}`);
  });

  test("has no former key where nothing was ever kept under another", () => {
    const byNumbers: Identifier = { ...gateway(() => "order-1"), hashesId: true };
    const record = receivedRecord(raw, byNumbers, proven, noon);
    const none = [
      formerKey(record, undefined, sampleConfig),
      formerKey(
        record,
        gateway(() => "order-1"),
        sampleConfig,
      ),
      formerKey({ ...record, key: "sandbox/order-1" }, byNumbers, sampleConfig),
      formerKey({ ...record, variantOf: "sandbox/order-1" }, byNumbers, sampleConfig),
      formerKey({ ...record, found: { by: "ann", at: noon } as never }, byNumbers, sampleConfig),
      formerKey({ ...record, verification: "unverified" }, byNumbers, sampleConfig),
      formerKey(receivedRecord(raw, { ...never, hashesId: true }, proven, noon), { ...never, hashesId: true }, sampleConfig),
    ];
    expect(none).toEqual(none.map(() => undefined));
  });

  test("is known by its bytes when its gateway names no id, or fails at it in any way", () => {
    fc.assert(
      fc.property(fc.uint8Array(), fc.anything(), (body, thrown) => {
        const raw = rawCallback({ body });
        const throwing = gateway(() => {
          throw thrown;
        });
        for (const one of [throwing, gateway(() => "")])
          expect(receivedRecord(raw, one, verified(raw), noon)).toMatchObject({
            key: `sandbox/sha256:${sha256(body)}`,
            verification: "verified",
          });
      }),
    );
  });

  test("gets a record whatever id it has", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (id) => {
        expect(
          receivedRecord(
            raw,
            gateway(() => id),
            proven,
            noon,
          ).key,
        ).toMatch(/^sandbox\/[\x21-\x7e]{1,200}$/);
      }),
    );
  });
});

describe("a callback whose secret could not be read", () => {
  const unverifiable: Proof = { kind: "unverifiable", cause: { kind: "secret unreadable", secret: "shop/sandbox", detail: "it is away" } };

  const keyOf = (changes: Partial<RawCallback> = {}) => receivedRecord({ ...raw, ...changes }, never, unverifiable, noon).key;

  test("is kept under a hash, and its gateway is not asked what it says", () => {
    const record = receivedRecord(raw, never, unverifiable, noon);
    expect(record).toMatchObject({ verification: "unverified", sha256: sha256(raw.body) });
    expect(record.key).toMatch(/^sandbox\/unverified:sha256:[0-9a-f]{64}$/);
  });

  test("is another one when anything differs that its proof or its id can be made of", () => {
    const different: readonly Partial<RawCallback>[] = [
      {},
      { source: "another" },
      { method: "PUT" },
      { url: `${raw.url}?a=1` },
      { headers: { ...raw.headers, "x-topic": "orders/paid" } },
      { headers: { ...raw.headers, "x-topic": "orders/create" } },
      { headers: { ...raw.headers, "x-t": "opic,orders/create" } },
      { body: Buffer.from("another") },
    ];
    expect(new Set(different.map(keyOf)).size).toBe(different.length);
  });

  test("is the same one whichever way it came and whenever", () => {
    const again: Partial<RawCallback> = {
      url: raw.url.replace(/^https:\/\/[^/]*/, "https://other.example"),
      headers: Object.fromEntries(Object.entries({ ...raw.headers, via: "a proxy", "x-amzn-trace-id": "1" }).toReversed()),
      receivedAt: raw.receivedAt + 1_000,
      sourceIp: "198.51.100.9",
    };
    expect(keyOf(again)).toBe(keyOf());
  });

  test("has a key that any version makes: of method, query, what is kept of the headers by name, and body", () => {
    const odd = { method: "PUT", url: "https://a.example/x?a=1?b", headers: { b: "2", a: "1", c: "3", via: "x" }, body: Buffer.from("{}") };
    expect(keyOf(odd)).toBe(`sandbox/unverified:sha256:${sha256(Buffer.from('["PUT","a=1?b",[["a","1"],["b","2"],["c","3"]]]\n{}'))}`);
  });

  test("never gets the key of a verified one, which it could otherwise block", () => {
    const genuine = receivedRecord(raw, never, proven, noon);
    expect(receivedRecord(raw, never, unverifiable, noon).key).not.toBe(genuine.key);
  });
});
