/** Where a callback came from. For a gateway without a signature this is most of the proof, so what cannot be read matches nobody. */
import { addressSet, isInside } from "../core/address.ts";
import type { RawCallback } from "../core/callback.ts";
import type { SourceSettings } from "./gateway.ts";

/**
 * Whether the sender is one of the source's addresses: CIDR blocks or single ones, IPv4 or IPv6.
 * @returns true when the source has no addresses: then they are not checked.
 */
export const fromAllowedAddress = (raw: RawCallback, settings: Pick<SourceSettings, "addresses">): boolean => {
  const { addresses = [] } = settings;
  return addresses.length === 0 || isInside(addressSet(addresses), raw.sourceIp);
};
