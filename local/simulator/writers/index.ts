/** The writers, one line per gateway. */
import type { Writer } from "../writer.ts";
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
import { sandbox } from "./sandbox.ts";
import { sbps } from "./sbps.ts";
import { shopify } from "./shopify.ts";
import { square } from "./square.ts";
import { standardWebhooks } from "./standard-webhooks.ts";
import { stripe } from "./stripe.ts";
import { telecomCredit } from "./telecom-credit.ts";
import { veritrans } from "./veritrans.ts";
import { zeus } from "./zeus.ts";

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
