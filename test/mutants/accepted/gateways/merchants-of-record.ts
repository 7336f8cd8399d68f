/** Of Lemon Squeezy, Paddle, and Polar and Clerk with the Standard Webhooks. */
import { type Accepted, accept, aSecond, inNeither } from "../accept.ts";

export const acceptedInMerchantsOfRecord: readonly Accepted[] = [
  ...accept("gateways/lemon-squeezy/facts.ts", "125 * second", ["* -> /"], aSecond),
  ...accept("gateways/lemon-squeezy/meaning.ts", '"attributes", "status") ?? ""', ['"" -> "~"'], inNeither),
  ...accept("gateways/paddle/meaning.ts", 'textAt(data, "status") ?? ""', ['"" -> "~"'], inNeither),
  ...accept("gateways/paddle/meaning.ts", 'textAt(data, "action") ?? ""', ['"" -> "~"'], inNeither),
  ...accept("gateways/standard-webhooks/facts.ts", "waits: [5 * second", ["* -> /"], aSecond),
  ...accept("gateways/standard-webhooks/front.ts", 'settings.options?.publicKey ?? ""', ['"" -> "~"'], "Neither is a key."),
  ...accept("gateways/standard-webhooks/polar.ts", 'textAt(data, "status") ?? ""', ['"" -> "~"'], inNeither),
];
