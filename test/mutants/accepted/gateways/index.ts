/** Of `gateways/`, by gateway. */
import type { Accepted } from "../accept.ts";
import { acceptedInAdyen } from "./adyen.ts";
import { acceptedInBraintree } from "./braintree.ts";
import { acceptedInGeneric } from "./generic.ts";
import { acceptedInJapanese } from "./japanese.ts";
import { acceptedInKit } from "./kit.ts";
import { acceptedInMerchantsOfRecord } from "./merchants-of-record.ts";
import { acceptedInPaypal } from "./paypal.ts";
import { acceptedInShopify } from "./shopify.ts";
import { acceptedInSquare } from "./square.ts";
import { acceptedInStripe } from "./stripe.ts";

export const acceptedInGateways: readonly Accepted[] = [
  ...acceptedInAdyen,
  ...acceptedInBraintree,
  ...acceptedInGeneric,
  ...acceptedInJapanese,
  ...acceptedInKit,
  ...acceptedInMerchantsOfRecord,
  ...acceptedInPaypal,
  ...acceptedInShopify,
  ...acceptedInSquare,
  ...acceptedInStripe,
];
