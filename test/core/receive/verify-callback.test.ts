import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { verified } from "../../../core/callback.ts";
import { formRecord } from "../../../core/formats/form.ts";
import { verifyCallback } from "../../../core/receive/verify-callback.ts";
import { rawCallback } from "../../support/samples.ts";

const gateway = { verify: verified };

const from = (sourceIp: string, addresses?: readonly string[]): boolean =>
  verifyCallback(gateway, rawCallback({ sourceIp }), addresses ? { addresses } : {}).kind === "verified";

describe("the addresses that a gateway publishes", () => {
  const publishing = { ...gateway, addresses: ["198.51.100.7"] };
  const outcome = (sourceIp: string, addresses?: readonly string[]) =>
    verifyCallback(publishing, rawCallback({ sourceIp }), addresses ? { addresses } : {});

  test("count for a source that names none", () => {
    expect(outcome("198.51.100.7").kind).toBe("verified");
    expect(outcome("198.51.100.7", []).kind).toBe("verified");
    expect(outcome("203.0.113.7")).toEqual({ kind: "refused", reason: "the sender is not one of the gateway's addresses" });
  });

  test("give way to those the source names", () => {
    expect(outcome("203.0.113.7", ["203.0.113.7"]).kind).toBe("verified");
    expect(outcome("198.51.100.7", ["203.0.113.7"])).toEqual({
      kind: "refused",
      reason: "the sender is not one of the source's addresses",
    });
  });
});

describe("a callback that holds more than any gateway sends", () => {
  const reading = (read: () => unknown) => ({
    verify: (raw: Parameters<typeof verified>[0]) => {
      read();
      return verified(raw);
    },
  });

  test("is refused, whatever the gateway does with what its reader throws", () => {
    const proof = verifyCallback(
      reading(() => formRecord(Buffer.alloc(20_001, "&"))),
      rawCallback(),
      {},
    );
    expect(proof).toEqual({ kind: "refused", reason: "the form has more than 20000 fields" });
  });

  test("is not what another error means", () => {
    const broken = reading(() => {
      throw new TypeError("it is broken");
    });
    expect(() => verifyCallback(broken, rawCallback(), {})).toThrow("it is broken");
  });
});

describe("the addresses of a source", () => {
  test("accept every sender when there are none", () => {
    expect(from("203.0.113.7")).toBe(true);
    expect(from("203.0.113.7", [])).toBe(true);
    expect(from("not an address", [])).toBe(true);
  });

  test.each([
    ["203.0.113.7", "203.0.113.7"],
    ["203.0.113.7", "203.0.113.7/32"],
    ["203.0.113.255", "203.0.113.0/24"],
    ["203.0.113.255", "203.0.113.99/24"],
    ["198.51.100.1", "0.0.0.0/0"],
    ["2001:db8::1", "2001:db8::/32"],
    ["2001:0db8:0:0:0:0:0:1", "2001:db8::1"],
    ["2001:DB8::1", "2001:db8::1/128"],
    ["::ffff:203.0.113.7", "203.0.113.7"],
    ["::ffff:cb00:7107", "203.0.113.0/24"],
    ["203.0.113.7", "::ffff:203.0.113.7"],
    ["203.0.113.7", " 203.0.113.7 "],
  ])("let in %s by %s", (sender, block) => {
    expect(from(sender, [block])).toBe(true);
    expect(from(sender, ["192.0.2.1", block])).toBe(true);
  });

  test.each([
    ["203.0.113.8", "203.0.113.7"],
    ["203.0.114.0", "203.0.113.0/24"],
    ["203.0.113.128", "203.0.113.0/25"],
    ["2001:db9::", "2001:db8::/32"],
    ["2001:db8::1", "0.0.0.0/0"],
    ["::ffff:203.0.113.8", "203.0.113.7"],
    ["::cb00:7107", "203.0.113.7"],
    ["", "0.0.0.0/0"],
    ["203.0.113.7:443", "203.0.113.7"],
    ["203.0.113.7, 192.0.2.1", "203.0.113.7"],
    ["example.com", "0.0.0.0/0"],
  ])("keep out %s by %s", (sender, block) => {
    expect(from(sender, [block])).toBe(false);
  });

  test.each([
    "",
    "localhost",
    "203.0.113.7/33",
    "203.0.113.7/",
    "203.0.113.7/-1",
    "203.0.113.7/8/8",
    "203.0.113",
    "0203.0.113.7",
    "::/129",
    "/0",
    "*",
  ])("match nobody when an entry is %j", (entry) => {
    expect(from("203.0.113.7", [entry])).toBe(false);
    expect(from("::1", [entry])).toBe(false);
    expect(from("203.0.113.7", [entry, "203.0.113.7"])).toBe(true);
  });

  test("never throw, whatever is configured and whoever sends", () => {
    const address = fc.oneof(fc.ipV4(), fc.ipV4Extended(), fc.ipV6(), fc.string());
    const block = fc.oneof(
      address,
      fc.tuple(address, fc.integer()).map(([one, prefix]) => `${one}/${prefix}`),
    );
    fc.assert(fc.property(address, fc.array(block, { minLength: 1 }), (sender, blocks) => typeof from(sender, blocks) === "boolean"));
  });

  test("agree with arithmetic on IPv4", () => {
    const numeric = (address: string): number => address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV4(), fc.integer({ min: 0, max: 32 }), (sender, network, prefix) => {
        const size = 2 ** (32 - prefix);
        return from(sender, [`${network}/${prefix}`]) === (Math.floor(numeric(sender) / size) === Math.floor(numeric(network) / size));
      }),
    );
  });
});
