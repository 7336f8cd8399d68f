/**
 * Step 2 of the path: whether a callback is genuine. The sender's address is checked here, once for every gateway, before the
 * gateway's own proof: a gateway cannot forget it.
 */
import { addressSet, isInside } from "./address.ts";
import { type RawCallback, refused, type Verification } from "./callback.ts";

/** The part of a gateway that verification needs. */
export interface CallbackVerifier<Settings> {
  /** Where the gateway publishes the addresses it sends from: checked for a source that does not set any. */
  readonly addresses?: readonly string[];
  verify(raw: RawCallback, settings: Settings): Verification;
}

/** Never throws unless the gateway's `verify` does. A source without addresses, of a gateway that publishes none, accepts any sender. */
export const verifyCallback = <Settings extends { readonly addresses?: readonly string[] }>(
  gateway: CallbackVerifier<Settings>,
  raw: RawCallback,
  settings: Settings,
): Verification => {
  const addresses = settings.addresses?.length ? settings.addresses : (gateway.addresses ?? []);
  if (addresses.length > 0 && !isInside(addressSet(addresses), raw.sourceIp))
    return refused(`the sender is not one of the ${settings.addresses?.length ? "source" : "gateway"}'s addresses`);
  return gateway.verify(raw, settings);
};
