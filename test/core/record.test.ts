import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  bytesId,
  foundId,
  hashedKey,
  isFoundKey,
  isRecordKey,
  isUnverifiedKey,
  keptHeaders,
  lineOrder,
  parseRecordKey,
  recordKey,
  splitKey,
  storedAtOf,
  unverifiedId,
} from "../../core/record.ts";

const source = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,62}$/);
const anyId = fc.oneof(
  fc.string({ unit: "binary", maxLength: 400 }),
  fc.stringMatching(/^[\x20-\x7f]{1,210}$/),
  fc.constantFrom("", "/", "a/b", "evt 1", "注文-1", "\0", "\ud800", "a".repeat(200), "a".repeat(201), "constructor", "__proto__"),
);

describe("the key of a record", () => {
  describe("the hashed key", () => {
    test("of a long or odd id, and of one that is a hash already, is what it was", () => {
      for (const id of ["a".repeat(201), "注文", "a b"]) expect(hashedKey("zeus", id)).toBe(recordKey("zeus", id));
      const id = bytesId(Buffer.from("abc"));
      expect(hashedKey("zeus", id)).toBe(`zeus/${id}`);
    });

    test("of any other is another, that of the id alone, and shows nothing of it", () => {
      expect(hashedKey("gmo", "s|order-1|access-1")).toMatch(/^gmo\/sha256:[0-9a-f]{64}$/);
      expect(hashedKey("gmo", "s|order-1|access-1")).not.toBe(hashedKey("gmo", "s|order-1|access-2"));
      expect(splitKey(hashedKey("gmo", "1")).id).toBe(splitKey(hashedKey("zeus", "1")).id);
      expect(splitKey(hashedKey("gmo", "sha256:ab")).id).toHaveLength("sha256:".length + 64);
      const hash = bytesId(Buffer.from("abc"));
      for (const id of [`x${hash}`, `${hash}0`]) expect(hashedKey("gmo", id)).not.toContain(hash);
    });
  });

  test("is printable ASCII that DynamoDB, a log and a command line can take, whatever id the gateway sent", () => {
    fc.assert(
      fc.property(source, anyId, (source, id) => {
        const key = recordKey(source, id);
        expect(key).toMatch(/^[a-z0-9-]{1,63}\/[\x21-\x7e]{1,200}$/);
        expect(splitKey(key).source).toBe(source);
      }),
      { numRuns: 1_000 },
    );
  });

  test("is the id itself where a person can type it, and its hash where not", () => {
    expect(recordKey("stripe-jp", "evt_1")).toBe("stripe-jp/evt_1");
    expect(recordKey("zeus", "1")).toBe("zeus/1");
    expect(recordKey("zeus", "a/b#c")).toBe("zeus/a/b#c");
    expect(splitKey("zeus/a/b#c")).toEqual({ source: "zeus", id: "a/b#c" });
    expect(recordKey("zeus", "a".repeat(200))).toBe(`zeus/${"a".repeat(200)}`);
    for (const id of ["", "evt 1", "注文-1", "a\n", "a".repeat(201)])
      expect(splitKey(recordKey("zeus", id)).id).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  test("is the same for the same id, and another for any other id or source", () => {
    // A lone surrogate has no bytes of its own; no gateway's text contains one after decoding.
    const wellFormed = anyId.filter((id) => id.isWellFormed());
    fc.assert(
      fc.property(source, source, wellFormed, wellFormed, (one, other, id, another) => {
        expect(recordKey(one, id)).toBe(recordKey(one, id));
        expect(recordKey(one, id) === recordKey(one, another)).toBe(id === another);
        expect(recordKey(one, id) === recordKey(other, id)).toBe(one === other);
      }),
    );
  });
});

describe("a text from outside", () => {
  test("is a record's key when it names a source and an id", () => {
    for (const key of ["stripe-jp/evt_1", "zeus/a/b#c", "zeus/\n", "zeus//"])
      expect([isRecordKey(key), parseRecordKey(key)]).toEqual([true, key]);
  });

  test.each(["", "zeus", "zeus/", "/1", "/zeus/1", "/"])("is not a key when it is %j, and reading it throws", (text) => {
    expect(isRecordKey(text)).toBe(false);
    expect(() => parseRecordKey(text)).toThrow(`"${text}" is not the key of a record`);
  });

  test("is undefined when there is none", () => expect(() => parseRecordKey(undefined)).toThrow('"undefined" is not the key of a record'));
});

test("bytes that have no id are known by their hash", () => {
  expect(bytesId(Buffer.from("abc"))).toBe("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  expect(bytesId(new Uint8Array())).not.toBe(bytesId(Buffer.from([0])));
});

test("what could not be verified, and what only an export proves, is known by its key", () => {
  const hash = "0123456789abcdef".repeat(4);
  const [unverified, found] = [recordKey("zeus", unverifiedId(hash)), recordKey("zeus", foundId(hash))];
  expect([unverified, found]).toEqual([`zeus/unverified:sha256:${hash}`, "zeus/found:0123456789abcdef0123456789abcdef"]);
  const keys = [unverified, found, "zeus/evt_1", "zeus/x-unverified:1", "zeus/x-found:1", "found:1/evt_1", "unverified:1/evt_1"] as const;
  expect(keys.filter(isUnverifiedKey)).toEqual([unverified]);
  expect(keys.filter(isFoundKey)).toEqual([found]);
});

describe("the place in a line", () => {
  const moment = fc.oneof(fc.nat({ max: 9_999_999_999_999 }), fc.constantFrom(0, 999, 1_000, 999_999_999_999, 1_000_000_000_000));

  test("sorts as text the way the times of storage do as numbers, the key breaking ties", () => {
    fc.assert(
      fc.property(moment, moment, anyId, anyId, (one, other, id, another) => {
        const [a, b] = [
          { storedAt: one, key: recordKey("s", id) },
          { storedAt: other, key: recordKey("s", another) },
        ] as const;
        const expected = Math.sign(one - other) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
        const [first, second] = [lineOrder(a), lineOrder(b)];
        expect(first < second ? -1 : first > second ? 1 : 0).toBe(expected);
      }),
      { numRuns: 1_000 },
    );
  });

  test("does not change from one version to the next: the older one's entries are still in the line", () => {
    expect(lineOrder({ storedAt: Date.UTC(2026, 10, 20, 12), key: "s/evt_1" })).toBe("1795176000000#s/evt_1");
    expect(lineOrder({ storedAt: 7, key: "s/evt_1" })).toBe("0000000000007#s/evt_1");
    expect(lineOrder({ storedAt: 7, orderedAt: 3, key: "s/evt_1" })).toBe("0000000000003#s/evt_1");
  });

  test("gives the time the record was stored, also when its key has a # in it", () => {
    fc.assert(
      fc.property(moment, anyId, (storedAt, id) => {
        expect(storedAtOf({ order: lineOrder({ storedAt, key: recordKey("s", id) }) })).toBe(storedAt);
      }),
    );
    expect(storedAtOf({ order: lineOrder({ storedAt: 7, key: "s/evt#1" }) })).toBe(7);
  });
});

describe("the headers that are kept", () => {
  test("are all that the gateway sent, without what proxies added and without cookies", () => {
    const sent = {
      "content-type": "application/json",
      "stripe-signature": "t=1,v1=ab",
      "user-agent": "Stripe/1.0",
      authorization: "Basic abc",
      "x-webhook-id": "1",
      "x-forward": "mine",
      viaduct: "mine",
      "host-id": "mine",
      "forwarded-by": "mine",
      "cookie-policy": "mine",
      "connection-id": "mine",
      "content-length-limit": "mine",
      "my-x-forwarded-for": "mine",
    };
    const added = {
      host: "callbacks.example.com",
      via: "1.1 proxy",
      forwarded: "for=203.0.113.7",
      connection: "close",
      "content-length": "3",
      cookie: "session=1",
      "x-forwarded-for": "203.0.113.7",
      "x-forwarded-proto": "https",
      "x-amzn-trace-id": "Root=1",
    };
    expect(keptHeaders({ ...added, ...sent })).toEqual(sent);
  });
});
