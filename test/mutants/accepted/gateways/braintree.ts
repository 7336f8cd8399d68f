/** Of Braintree. */
import { type Accepted, accept, forTheCompiler } from "../accept.ts";

export const acceptedInBraintree: readonly Accepted[] = [
  ...accept("gateways/braintree/front.ts", "mostSignatures + 1", ["1 -> 2"], "One part more of what is too many anyway."),
  ...accept("gateways/braintree/front.ts", '([publicKey = "", signature])', ['"" -> "~"'], forTheCompiler),
  ...accept("gateways/braintree/front.ts", 'bt_challenge: asked = ""', ['"" -> "~"'], "Neither is a challenge."),
  ...accept("gateways/braintree/front.ts", "const inLines", ["/.{1,60}/g -> /.{2,60}/g"], "Base64 is written in groups of four."),
  ...accept("gateways/braintree/meaning.ts", 'bt_payload ?? ""', ['"" -> "~"'], "Neither is base64 of anything."),
];
