/** Made from the gateways' folders by `npm run build`. Add a folder, not a line. */
import * as adyen from "../adyen/front.ts";
import * as app from "../app/front.ts";
import * as braintree from "../braintree/front.ts";
import * as epsilon from "../epsilon/front.ts";
import * as fincode from "../fincode/front.ts";
import * as gmoPg from "../gmo-pg/front.ts";
import * as hmac from "../hmac/front.ts";
import * as komoju from "../komoju/front.ts";
import * as lemonSqueezy from "../lemon-squeezy/front.ts";
import * as paddle from "../paddle/front.ts";
import * as paidy from "../paidy/front.ts";
import * as payjp from "../payjp/front.ts";
import * as paypal from "../paypal/front.ts";
import * as sandbox from "../sandbox/front.ts";
import * as sbps from "../sbps/front.ts";
import * as shopify from "../shopify/front.ts";
import * as square from "../square/front.ts";
import * as standardWebhooks from "../standard-webhooks/front.ts";
import * as stripe from "../stripe/front.ts";
import * as telecomCredit from "../telecom-credit/front.ts";
import * as veritrans from "../veritrans/front.ts";
import * as zeus from "../zeus/front.ts";
import type { Front } from "../gateway.ts";

export const fronts = {
  adyen: adyen.front,
  app: app.front,
  braintree: braintree.front,
  epsilon: epsilon.front,
  fincode: fincode.front,
  "gmo-pg": gmoPg.front,
  hmac: hmac.front,
  komoju: komoju.front,
  "lemon-squeezy": lemonSqueezy.front,
  paddle: paddle.front,
  paidy: paidy.front,
  payjp: payjp.front,
  paypal: paypal.front,
  sandbox: sandbox.front,
  sbps: sbps.front,
  shopify: shopify.front,
  square: square.front,
  "standard-webhooks": standardWebhooks.front,
  stripe: stripe.front,
  "telecom-credit": telecomCredit.front,
  veritrans: veritrans.front,
  zeus: zeus.front,
} satisfies Readonly<Record<string, Front>>;
