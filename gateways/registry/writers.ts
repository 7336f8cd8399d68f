/** Made from the gateways' folders by `npm run build`. Add a folder, not a line. */
import * as adyen from "../adyen/writer.ts";
import * as app from "../app/writer.ts";
import * as braintree from "../braintree/writer.ts";
import * as epsilon from "../epsilon/writer.ts";
import * as fincode from "../fincode/writer.ts";
import * as gmoPg from "../gmo-pg/writer.ts";
import * as hmac from "../hmac/writer.ts";
import * as komoju from "../komoju/writer.ts";
import * as lemonSqueezy from "../lemon-squeezy/writer.ts";
import * as paddle from "../paddle/writer.ts";
import * as paidy from "../paidy/writer.ts";
import * as payjp from "../payjp/writer.ts";
import * as paypal from "../paypal/writer.ts";
import * as sandbox from "../sandbox/writer.ts";
import * as sbps from "../sbps/writer.ts";
import * as shopify from "../shopify/writer.ts";
import * as square from "../square/writer.ts";
import * as standardWebhooks from "../standard-webhooks/writer.ts";
import * as stripe from "../stripe/writer.ts";
import * as telecomCredit from "../telecom-credit/writer.ts";
import * as veritrans from "../veritrans/writer.ts";
import * as zeus from "../zeus/writer.ts";
import type { Writer } from "../writer.ts";

export const writers = {
  adyen: adyen.writer,
  app: app.writer,
  braintree: braintree.writer,
  epsilon: epsilon.writer,
  fincode: fincode.writer,
  "gmo-pg": gmoPg.writer,
  hmac: hmac.writer,
  komoju: komoju.writer,
  "lemon-squeezy": lemonSqueezy.writer,
  paddle: paddle.writer,
  paidy: paidy.writer,
  payjp: payjp.writer,
  paypal: paypal.writer,
  sandbox: sandbox.writer,
  sbps: sbps.writer,
  shopify: shopify.writer,
  square: square.writer,
  "standard-webhooks": standardWebhooks.writer,
  stripe: stripe.writer,
  "telecom-credit": telecomCredit.writer,
  veritrans: veritrans.writer,
  zeus: zeus.writer,
} satisfies Readonly<Record<string, Writer>>;
