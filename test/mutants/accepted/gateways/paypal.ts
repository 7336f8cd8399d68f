/** Of PayPal. */
import { type Accepted, accept, inNeither } from "../accept.ts";

export const acceptedInPaypal: readonly Accepted[] = [
  ...accept("gateways/paypal/front.ts", 'headers["paypal-cert-url"] ?? ""', ['"" -> "~"'], "Neither is a URL."),
  ...accept(
    "gateways/paypal/front.ts",
    'settings.options?.webhookId ?? ""',
    ['"" -> "~"'],
    "Nothing that is signed verifies without a webhook id.",
  ),
  ...accept(
    "gateways/paypal/front.ts",
    'publicKey].join("\\n")',
    [String.raw`"\n" -> ""`],
    "A key's text begins and ends with a mark of its own, by which it is found.",
  ),
  ...accept("gateways/paypal/front.ts", 'createPrivateKey(settings.secrets[0] ?? "")', ['"" -> "~"'], "Neither is a key."),
  ...accept("gateways/paypal/front.ts", "keyOr(() => createPrivateKey", ["find -> findLast"], "There is one at most."),
  ...accept("gateways/paypal/payment.ts", 'textAt(resource, "state") ?? ""', ['"" -> "~"'], inNeither),
  ...accept("gateways/paypal/payment.ts", 'textAt(link, "href") ?? ""', ['"" -> "~"'], "Neither is a link."),
  ...accept("gateways/paypal/mode.ts", 'textAt(link, "href") ?? ""', ['"" -> "~"'], "Neither is a URL."),
  ...accept("gateways/paypal/meaning.ts", 'textAt(subscription, "status") ?? ""', ['"" -> "~"'], inNeither),
  ...accept("gateways/paypal/meaning.ts", 'outcome ?? ""', ['"" -> "~"'], inNeither),
];
