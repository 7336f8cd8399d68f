import { isIP } from "node:net";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressSet, isInside, mayDeliverTo, plainAddress } from "../../../core/delivery/address.ts";

/** An address in other clothes: IPv4 as IPv6 wrote it, in decimal and in hexadecimal. */
const inIpv6 = (address: string): readonly string[] => {
  const [a = 0, b = 0, c = 0, d = 0] = address.split(".").map(Number);
  const groups = `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  return [`::ffff:${address}`, `::FFFF:${address}`, `::ffff:${groups}`, `0:0:0:0:0:ffff:${groups}`];
};

/** First and last address of every special block, and the nearest addresses outside of it that are ordinary. */
type Block = readonly [what: string, first: string, last: string, below?: string | undefined, above?: string | undefined];

const named = (blocks: readonly Block[]) => blocks.map(([what, first, last, below, above]) => ({ what, first, last, below, above }));

const ipv4Blocks: readonly Block[] = [
  ["this network", "0.0.0.0", "0.255.255.255", undefined, "1.0.0.0"],
  ["private, 10/8", "10.0.0.0", "10.255.255.255", "9.255.255.255", "11.0.0.0"],
  ["shared by carriers", "100.64.0.0", "100.127.255.255", "100.63.255.255", "100.128.0.0"],
  ["loopback", "127.0.0.0", "127.255.255.255", "126.255.255.255", "128.0.0.0"],
  ["link-local, with the metadata service", "169.254.0.0", "169.254.255.255", "169.253.255.255", "169.255.0.0"],
  ["private, 172.16/12", "172.16.0.0", "172.31.255.255", "172.15.255.255", "172.32.0.0"],
  ["protocol assignments", "192.0.0.0", "192.0.0.255", "191.255.255.255", "192.0.1.0"],
  ["documentation 1", "192.0.2.0", "192.0.2.255", "192.0.1.255", "192.0.3.0"],
  ["6to4 relays", "192.88.99.0", "192.88.99.255", "192.88.98.255", "192.88.100.0"],
  ["private, 192.168/16", "192.168.0.0", "192.168.255.255", "192.167.255.255", "192.169.0.0"],
  ["benchmarks", "198.18.0.0", "198.19.255.255", "198.17.255.255", "198.20.0.0"],
  ["documentation 2", "198.51.100.0", "198.51.100.255", "198.51.99.255", "198.51.101.0"],
  ["documentation 3", "203.0.113.0", "203.0.113.255", "203.0.112.255", "203.0.114.0"],
  ["multicast, reserved and broadcast", "224.0.0.0", "255.255.255.255", "223.255.255.255"],
];

const ipv6Blocks: readonly Block[] = [
  ["unspecified", "::", "::"],
  ["loopback", "::1", "::1"],
  ["IPv4-compatible", "::127.0.0.1", "::8.8.8.8"],
  ["IPv4-translated", "::ffff:0:0:0", "::ffff:0:ffff:ffff"],
  ["IPv4 behind NAT64", "64:ff9b::", "64:ff9b::ffff:ffff"],
  ["IPv4 behind a local NAT64", "64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff"],
  ["discard", "100::", "100::ffff:ffff:ffff:ffff"],
  ["dummy", "100:0:0:1::", "100:0:0:1:ffff:ffff:ffff:ffff"],
  ["not assigned below 2000::/3", "::1:0:0", "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", undefined, "2000::"],
  ["protocol assignments, with Teredo", "2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", "2000:ffff::", "2001:200::"],
  ["documentation", "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db7:ffff::", "2001:db9::"],
  ["6to4", "2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2001:ffff::", "2003::"],
  ["documentation 2", "3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", "3ffe:ffff::", "3fff:1000::"],
  ["not assigned above 2000::/3", "4000::", "fbff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["not assigned, from the middle on", "6000::", "7fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["segment routing", "5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["unique local, with the metadata service", "fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["link-local", "fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["site-local", "fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["multicast", "ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
];

/** The IANA registries of special-purpose addresses as of 2025-10, each block with whether it is globally reachable. */
const registries: readonly (readonly [block: string, what: string, isGlobal: boolean])[] = [
  ["0.0.0.0/8", "this network", false],
  ["0.0.0.0/32", "this host", false],
  ["10.0.0.0/8", "private use", false],
  ["100.64.0.0/10", "shared address space", false],
  ["127.0.0.0/8", "loopback", false],
  ["169.254.0.0/16", "link-local", false],
  ["172.16.0.0/12", "private use", false],
  ["192.0.0.0/24", "protocol assignments", false],
  ["192.0.0.0/29", "IPv4 service continuity", false],
  ["192.0.0.8/32", "dummy", false],
  ["192.0.0.9/32", "port control anycast, no application", false],
  ["192.0.0.10/32", "TURN anycast, no application", false],
  ["192.0.0.170/31", "NAT64 discovery", false],
  ["192.0.2.0/24", "documentation 1", false],
  ["192.31.196.0/24", "AS112", true],
  ["192.52.193.0/24", "AMT", true],
  ["192.88.99.0/24", "6to4 relay, retired", false],
  ["192.168.0.0/16", "private use", false],
  ["192.175.48.0/24", "AS112 by delegation", true],
  ["198.18.0.0/15", "benchmarking", false],
  ["198.51.100.0/24", "documentation 2", false],
  ["203.0.113.0/24", "documentation 3", false],
  ["240.0.0.0/4", "reserved", false],
  ["255.255.255.255/32", "broadcast", false],
  ["::1/128", "loopback", false],
  ["::/128", "unspecified", false],
  ["64:ff9b::/96", "IPv4-IPv6 translation, by the address inside", false],
  ["64:ff9b:1::/48", "IPv4-IPv6 translation, local", false],
  ["100::/64", "discard", false],
  ["100:0:0:1::/64", "dummy", false],
  ["2001::/23", "protocol assignments", false],
  ["2001::/32", "Teredo", false],
  ["2001:1::1/128", "port control anycast, no application", false],
  ["2001:2::/48", "benchmarking", false],
  ["2001:3::/32", "AMT, no application", false],
  ["2001:4:112::/48", "AS112, no application", false],
  ["2001:10::/28", "ORCHID, retired", false],
  ["2001:20::/28", "ORCHIDv2, no application", false],
  ["2001:30::/28", "drone identifiers, no application", false],
  ["2001:db8::/32", "documentation", false],
  ["2002::/16", "6to4", false],
  ["2620:4f:8000::/48", "AS112 by delegation", true],
  ["3fff::/20", "documentation", false],
  ["5f00::/16", "segment routing", false],
  ["fc00::/7", "unique local", false],
  ["fe80::/10", "link-local", false],
];

/** Every way in which an IPv6 address carries an IPv4 address, so that a translator on the way may send it there. */
const carriers: readonly (readonly [what: string, carry: (high: string, low: string) => string])[] = [
  ["mapped", (high, low) => `::ffff:${high}:${low}`],
  ["mapped, written out", (high, low) => `0:0:0:0:0:FFFF:${high}:${low}`],
  ["compatible", (high, low) => `::${high}:${low}`],
  ["translated", (high, low) => `::ffff:0:${high}:${low}`],
  ["behind NAT64", (high, low) => `64:ff9b::${high}:${low}`],
  ["behind a local NAT64", (high, low) => `64:ff9b:1::${high}:${low}`],
  ["6to4", (high, low) => `2002:${high}:${low}::1`],
  ["Teredo's server", (high, low) => `2001:0:${high}:${low}::1`],
  ["Teredo's client", (high, low) => `2001:0:102:304:0:0:${inverted(high)}:${inverted(low)}`],
  ["on its own link", (high, low) => `fe80::5efe:${high}:${low}`],
];

const inverted = (group: string): string => (Number.parseInt(group, 16) ^ 0xffff).toString(16);

describe("a delivery", () => {
  test.each(named(ipv4Blocks))(
    "never goes to an address that is $what, in either notation, and goes to its neighbours",
    ({ first, last, below, above }) => {
      for (const address of [first, last, ...inIpv6(first), ...inIpv6(last)])
        expect([address, mayDeliverTo(address, [])]).toEqual([address, false]);
      for (const address of [below, above])
        if (address) for (const one of [address, ...inIpv6(address)]) expect([one, mayDeliverTo(one, [])]).toEqual([one, true]);
    },
  );

  test.each(named(ipv6Blocks))(
    "never goes to an IPv6 address that is $what, and goes to its neighbours",
    ({ first, last, below, above }) => {
      for (const address of [first, last, last.toUpperCase()]) expect([address, mayDeliverTo(address, [])]).toEqual([address, false]);
      for (const address of [below, above]) if (address) expect([address, mayDeliverTo(address, [])]).toEqual([address, true]);
    },
  );

  test.each(registries)("is decided for %s (%s) as the registry says", (block, _, isGlobal) => {
    const [network = ""] = block.split("/");
    expect(mayDeliverTo(network, [])).toBe(isGlobal);
  });

  test.each(carriers)("never goes to a private address that is carried inside an IPv6 address: %s", (_, carry) => {
    const inside = ["127.0.0.1", "10.0.0.1", "172.16.5.4", "192.168.1.1", "169.254.169.254", "100.64.0.1"];
    for (const address of inside) {
      const [a = 0, b = 0, c = 0, d = 0] = address.split(".").map(Number);
      const carried = carry(((a << 8) | b).toString(16), ((c << 8) | d).toString(16));
      expect([carried, isIP(carried), mayDeliverTo(carried, [])]).toEqual([carried, 6, false]);
    }
  });

  test.each(["169.254.169.254", "169.254.170.2", "fd00:ec2::254", "::ffff:a9fe:a9fe", "fe80::1%eth0"])(
    "never reaches the credentials at %s",
    (address) => {
      expect(mayDeliverTo(address, [])).toBe(false);
    },
  );

  test.each(["1.1.1.1", "52.95.110.1", "2600:1f18::1", "2a00:1450:4001::200e"])("goes to the public address %s", (address) => {
    expect(mayDeliverTo(address, [])).toBe(true);
  });

  test("goes to a private address that the target allows, and to no other", () => {
    const allowed = ["10.1.0.0/16", "fd00:1::/32", " 127.0.0.1 "];
    for (const address of ["10.1.2.3", "::ffff:10.1.2.3", "::ffff:a01:203", "fd00:1::7", "127.0.0.1", "1.1.1.1"])
      expect([address, mayDeliverTo(address, allowed)]).toEqual([address, true]);
    for (const address of ["10.2.0.0", "fd00:2::7", "127.0.0.2", "::1", "169.254.169.254"])
      expect([address, mayDeliverTo(address, allowed)]).toEqual([address, false]);
  });

  test.each([
    "",
    " ",
    "localhost",
    "app.example.com",
    "10.0.0",
    "1.1.1.1.1",
    "256.1.1.1",
    "01.1.1.1",
    "0x7f.0.0.1",
    "2130706433",
    "1.1.1.1/8",
    "[::1]",
    ":::",
    "::ffff:1.1.1",
    "12345::",
    "1.1.1.1 ",
  ])("does not go to %j, which is not an address", (address) => expect(mayDeliverTo(address, ["0.0.0.0/0", "::/0"])).toBe(false));

  test("is decided for any text without throwing, and rejected for what is not an address", () => {
    const any = fc.oneof(fc.string(), fc.ipV4(), fc.ipV6(), fc.stringMatching(/^[0-9a-f:.%/]{1,20}$/));
    fc.assert(
      fc.property(any, fc.array(any), (address, allowed) => {
        const may = mayDeliverTo(address, allowed);
        if (isIP(address) === 0) expect(may).toBe(false);
        if (isIP(address) === 4) expect(mayDeliverTo(`::ffff:${address}`, allowed)).toBe(may);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("a set of addresses", () => {
  test("contains what is in one of its blocks, by arithmetic on the bits", () => {
    const number = (address: string): number => address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV4(), fc.integer({ min: 0, max: 32 }), (address, network, prefix) => {
        const size = 2 ** (32 - prefix);
        const expected = Math.floor(number(address) / size) === Math.floor(number(network) / size);
        expect(isInside(addressSet([`${network}/${prefix}`]), address)).toBe(expected);
        expect(isInside(addressSet([`${network}/${prefix}`]), network)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  test("holds a single address when it was given without a prefix", () => {
    const set = addressSet(["192.0.2.7", "2600::1"]);
    expect(["192.0.2.7", "2600::1", "2600:0::1", "::ffff:192.0.2.7"].filter((one) => !isInside(set, one))).toEqual([]);
    expect(["192.0.2.6", "192.0.2.8", "2600::", "2600::2"].filter((one) => isInside(set, one))).toEqual([]);
  });

  test.each([
    "",
    "/",
    "/8",
    "10.0.0.0/",
    "10.0.0.0/33",
    "10.0.0.0/-1",
    "10.0.0.0/8/8",
    "10.0.0.0/8.5",
    "10.0.0.0/0008",
    "10.0.0.0/ 8",
    "10.0.0/8",
    "example.com",
    "2600::/129",
    "2600::/1e1",
  ])("holds nothing for %j, and does not lose its other blocks", (malformed) => {
    const set = addressSet([malformed, "192.0.2.7"]);
    expect(["10.0.0.0", "10.0.0.1", "0.0.0.0", "8.8.8.8", "2600::", "::"].filter((one) => isInside(set, one))).toEqual([]);
    expect(isInside(set, "192.0.2.7")).toBe(true);
  });

  test("contains no text that is not an address", () => {
    for (const text of ["", "example.com", "10.0.0", "10.0.0.0/8"]) expect(isInside(addressSet(["0.0.0.0/0", "::/0"]), text)).toBe(false);
  });
});

test("an IPv4-mapped IPv6 address is shown as IPv4", () => {
  expect(plainAddress("::ffff:10.0.0.1")).toBe("10.0.0.1");
  expect(plainAddress("::FFFF:10.20.30.40")).toBe("10.20.30.40");
  expect(plainAddress("::ffff:1:203")).toBe("0.1.2.3");
  for (const written of ["::ffff:a00:1", "0:0:0:0:0:FFFF:0a00:0001", "::ffff:0a00:1"]) expect(plainAddress(written)).toBe("10.0.0.1");
  for (const other of ["10.0.0.1", "::1", "2600::ffff:10.0.0.1", "::ffff:10.0.0.1%eth0", "::ffff:0:10.0.0.1", ""])
    expect(plainAddress(other)).toBe(other);
});
