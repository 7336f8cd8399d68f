/**
 * Which addresses a delivery must never reach: our own network, the machine itself, and the metadata and credential
 * endpoints at link-local addresses. Checked after the name was resolved, on the address that is connected to.
 */
import { BlockList, isIP } from "node:net";
import { lazy } from "../lazy.ts";

/**
 * What no public application uses, by the IANA registries of special-purpose addresses. Neighbours are one: multicast and reserved.
 * Of IPv6 only 2000::/3 is assigned to the public, and what is special within it is listed: whatever else there is or will be can
 * carry an IPv4 address inside (translated, NAT64, mapped), which may be a private one.
 */
const forbidden: readonly (readonly [network: string, prefix: number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
  ["::", 3],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
  ["4000::", 2],
  ["8000::", 1],
];

const familyOf = (address: string): "ipv4" | "ipv6" => (isIP(address) === 6 ? "ipv6" : "ipv4");

/** A set of CIDR blocks and single addresses. An entry that is neither matches nothing. */
export const addressSet = (blocks: readonly string[]): BlockList => {
  const set = new BlockList();
  for (const block of blocks) {
    const [network = "", prefix, ...more] = block.trim().split("/");
    const family = familyOf(network);
    const length = prefix === undefined ? (family === "ipv6" ? 128 : 32) : /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN;
    if (isIP(network) !== 0 && more.length === 0 && length <= (family === "ipv6" ? 128 : 32)) set.addSubnet(network, length, family);
  }
  return set;
};

/**
 * One of each family: Node looks for an IPv4 address in IPv6 blocks too, as `::ffff:...`. Not while the file loads: Node takes 5 ms to
 * load its lists, and a gateway that is imported for a callback needs none.
 */
const forbiddenSets = lazy(() => {
  const of = (family: "ipv4" | "ipv6") => forbidden.filter(([network]) => familyOf(network) === family);
  const set = (family: "ipv4" | "ipv6") => addressSet(of(family).map(([network, prefix]) => `${network}/${prefix}`));
  return { ipv4: set("ipv4"), ipv6: set("ipv6") };
});

/** An IPv4-mapped IPv6 address (`::ffff:10.0.0.1`, `::ffff:a00:1`) is that IPv4 address, however it is written. */
export const plainAddress = (address: string): string => {
  const mapped = /^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(
    isIP(address) === 6 ? (URL.parse(`http://[${address}]`)?.hostname ?? "") : "",
  );
  if (!mapped) return address;
  const [high = 0, low = 0] = mapped.slice(1).map((group) => Number.parseInt(group, 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
};

/** What is not an address is inside nothing. */
export const isInside = (set: BlockList, address: string): boolean => {
  const plain = plainAddress(address);
  return set.check(plain, familyOf(plain));
};

/** Whether a delivery may connect there. `allowed` are the target's own exceptions. What is not an address may not. */
export const mayDeliverTo = (address: string, allowed: readonly string[]): boolean => {
  const plain = plainAddress(address);
  if (isIP(plain) === 0) return false;
  return !isInside(forbiddenSets()[familyOf(plain)], plain) || isInside(addressSet(allowed), plain);
};
