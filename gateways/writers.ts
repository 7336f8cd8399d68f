/** The writers, one line per gateway. */

import { adyen } from "./adyen/writer.ts";
import { braintree } from "./braintree/writer.ts";
import { epsilon } from "./epsilon/writer.ts";
import { fincode } from "./fincode/writer.ts";
import { gmoPg } from "./gmo-pg/writer.ts";
import { hmac } from "./hmac/writer.ts";
import { komoju } from "./komoju/writer.ts";
import { lemonSqueezy } from "./lemon-squeezy/writer.ts";
import { paddle } from "./paddle/writer.ts";
import { paidy } from "./paidy/writer.ts";
import { payjp } from "./payjp/writer.ts";
import { paypal } from "./paypal/writer.ts";
import { sandbox } from "./sandbox/writer.ts";
import { sbps } from "./sbps/writer.ts";
import { shopify } from "./shopify/writer.ts";
import { square } from "./square/writer.ts";
import { standardWebhooks } from "./standard-webhooks/writer.ts";
import { stripe } from "./stripe/writer.ts";
import { telecomCredit } from "./telecom-credit/writer.ts";
import { veritrans } from "./veritrans/writer.ts";
import type { Writer } from "./writer.ts";
import { zeus } from "./zeus/writer.ts";

export const writers = {
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
} satisfies Readonly<Record<string, Writer>>;

/** Those of a project's own gateways. */
const own = new Map<string, Writer>();

export const addWriters = (more: Readonly<Record<string, Writer>>): void => {
  for (const [gateway, writer] of Object.entries(more)) own.set(gateway, writer);
};

export const findWriter = (gateway: string): Writer | undefined =>
  Object.hasOwn(writers, gateway) ? (writers as Readonly<Record<string, Writer>>)[gateway] : own.get(gateway);
