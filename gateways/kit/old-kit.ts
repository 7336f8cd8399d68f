/**
 * What custom gateways could import before each gateway had a folder: the same under other names, and the checks
 * of the sender's address that `core/receive/verify-callback.ts` now does for all.
 */

import type { RawCallback } from "../../core/callback.ts";
import { addressSet, isInside } from "../../core/delivery/address.ts";
import type { SourceSettings } from "../gateway.ts";
import { signedRequest } from "./kit.ts";

export { omitUndefined as present, parseInstant as instantOf, usableSecrets as secretsOf, withEventIds as numbered } from "./kit.ts";

type Addresses = Pick<SourceSettings, "addresses">;

export const fromAllowedAddress = (raw: RawCallback, { addresses = [] }: Addresses): boolean =>
  addresses.length === 0 || isInside(addressSet(addresses), raw.sourceIp);

export const withPublished = (
  { addresses }: Addresses,
  published: readonly [string, ...string[]],
): { readonly addresses: readonly string[] } => ({ addresses: addresses?.length ? addresses : published });

export const senderOf = (settings: Addresses): { readonly sourceIp?: string } => {
  const sourceIp = settings.addresses?.[0]?.split("/")[0]?.trim();
  return sourceIp ? { sourceIp } : {};
};

export const request = ({ sourceIp, ...sent }: Parameters<typeof signedRequest>[0] & { readonly sourceIp?: string }): RawCallback =>
  signedRequest(sent, sourceIp === undefined ? {} : { addresses: [sourceIp] });
