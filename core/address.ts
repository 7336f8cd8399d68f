/**
 * Which addresses a delivery must never reach: our own network, the machine itself, and the metadata and credential
 * endpoints at link-local addresses. Checked after the name was resolved, on the address that is connected to.
 */
import { BlockList, isIP } from "node:net";
import { lazy } from "./lazy.ts";

/**
 * Special-purpose blocks of the IANA registries that no public application lives in; also retired ones that carry an IPv4 address
 * inside. Neighbours are one: multicast and reserved, discard and dummy, link-local and site-local.
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
  ["::", 96],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["100::", 63],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
  ["5f00::", 16],
  ["fc00::", 7],
  ["fe80::", 9],
  ["ff00::", 8],
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

/** Not while the file loads: Node takes 5 ms to load its lists, and a gateway that is imported for a callback needs none. */
const forbiddenSet = lazy(() => addressSet(forbidden.map(([network, prefix]) => `${network}/${prefix}`)));

/** An IPv4-mapped IPv6 address (`::ffff:10.0.0.1`) is that IPv4 address. */
export const plainAddress = (address: string): string => /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;

/** What is not an address is inside nothing. */
export const isInside = (set: BlockList, address: string): boolean => {
  const plain = plainAddress(address);
  return set.check(plain, familyOf(plain));
};

/** Whether a delivery may connect there. `allowed` are the target's own exceptions. What is not an address may not. */
export const mayDeliverTo = (address: string, allowed: readonly string[]): boolean => {
  const plain = plainAddress(address);
  if (isIP(plain) === 0) return false;
  return !isInside(forbiddenSet(), plain) || isInside(addressSet(allowed), plain);
};
