/**
 * Verify: whether a callback is genuine. The sender's address is checked here, once for every gateway, before the
 * gateway's own proof, and what holds more than any gateway sends is refused: a gateway cannot forget either.
 */

import { type RawCallback, refused, type Verification } from "../callback.ts";
import { addressSet, isInside } from "../delivery/address.ts";
import { TooMuch } from "../formats/too-much.ts";

/** The part of a gateway that verification needs. */
export interface CallbackVerifier<Settings> {
  /** Where the gateway publishes the addresses it sends from: checked for a source that does not set any. */
  readonly addresses?: readonly string[];
  verify(raw: RawCallback, settings: Settings): Verification;
}

/** Why the sender's address speaks against a callback, as far as that can be known without its secret. */
export const wrongSender = <Settings extends { readonly addresses?: readonly string[] }>(
  gateway: Pick<CallbackVerifier<Settings>, "addresses">,
  raw: RawCallback,
  settings: Pick<Settings, "addresses">,
): string | undefined => {
  const addresses = settings.addresses?.length ? settings.addresses : (gateway.addresses ?? []);
  return addresses.length > 0 && !isInside(addressSet(addresses), raw.sourceIp)
    ? `the sender is not one of the ${settings.addresses?.length ? "source" : "gateway"}'s addresses`
    : undefined;
};

/** Never throws unless the gateway's `verify` does. A source without addresses, of a gateway that publishes none, accepts any sender. */
export const verifyCallback = <Settings extends { readonly addresses?: readonly string[] }>(
  gateway: CallbackVerifier<Settings>,
  raw: RawCallback,
  settings: Settings,
): Verification => {
  const wrong = wrongSender(gateway, raw, settings);
  if (wrong !== undefined) return refused(wrong);
  try {
    return gateway.verify(raw, settings);
  } catch (error) {
    if (error instanceof TooMuch) return refused(error.message);
    throw error;
  }
};
