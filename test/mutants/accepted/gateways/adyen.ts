/** Of Adyen. */
import { type Accepted, accept, aSecond, forTheCompiler, inNeither } from "../accept.ts";

export const acceptedInAdyen: readonly Accepted[] = [
  ...accept("gateways/adyen/facts.ts", "9 * second", ["* -> /"], aSecond),
  ...accept(
    "gateways/adyen/front.ts",
    "keysOf(settings)[0] ??",
    ["0 -> 1"],
    "A key that stands in where there is none: nothing that is signed with it verifies, however long it is.",
  ),
  ...accept(
    "gateways/adyen/meaning.ts",
    'field("eventCode") ?? ""',
    ['"" -> "~"'],
    "Never used: an item without a code has no identity, and is not read.",
  ),
  ...accept("gateways/adyen/amounts.ts", 'ownDecimals.get(currency ?? "")', ['"" -> "~"'], inNeither),
  ...accept("gateways/adyen/amounts.ts", "padStart(decimals + 1", ["1 -> 2"], "A zero more in front."),
  ...accept("gateways/adyen/meaning.ts", 'field("additionalData.disputeStatus") ?? ""', ['"" -> "~"'], inNeither),
  ...accept("gateways/adyen/writer.ts", 'psp: moment.contract ?? ""', ['"" -> "~"'], forTheCompiler),
];
