/** What is written down, by the gateway's name. */
import { adyen } from "./adyen.ts";
import { braintree } from "./braintree.ts";
import { epsilon } from "./epsilon.ts";
import { fincode } from "./fincode.ts";
import { gmoPg } from "./gmo-pg.ts";
import { hmac } from "./hmac.ts";
import { komoju } from "./komoju.ts";
import { lemonSqueezy } from "./lemon-squeezy.ts";
import { paddle } from "./paddle.ts";
import { paidy } from "./paidy.ts";
import { payjp } from "./payjp.ts";
import { paypal } from "./paypal.ts";
import type { Meanings } from "./row.ts";
import { sandbox } from "./sandbox.ts";
import { sbps } from "./sbps.ts";
import { shopify } from "./shopify.ts";
import { square } from "./square.ts";
import { standardWebhooks } from "./standard-webhooks.ts";
import { stripe } from "./stripe.ts";
import { telecomCredit } from "./telecom-credit.ts";
import { veritrans } from "./veritrans.ts";
import { zeus } from "./zeus.ts";

export const meanings: Readonly<Record<string, Meanings>> = {
  adyen,
  braintree,
  epsilon,
  fincode,
  "gmo-pg": gmoPg,
  hmac,
  komoju,
  "lemon-squeezy": lemonSqueezy,
  paddle,
  paidy,
  payjp,
  paypal,
  sandbox,
  sbps,
  shopify,
  square,
  "standard-webhooks": standardWebhooks,
  stripe,
  "telecom-credit": telecomCredit,
  veritrans,
  zeus,
};
