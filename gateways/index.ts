/** The registry: one line per gateway. */
import { adyen } from "./adyen/front.ts";
import { braintree } from "./braintree/front.ts";
import { epsilon } from "./epsilon/front.ts";
import { fincode } from "./fincode/front.ts";
import type { Gateway } from "./gateway.ts";
import { gmoPg } from "./gmo-pg/front.ts";
import { hmac } from "./hmac/front.ts";
import { komoju } from "./komoju/front.ts";
import { lemonSqueezy } from "./lemon-squeezy/front.ts";
import { paddle } from "./paddle/front.ts";
import { paidy } from "./paidy/front.ts";
import { payjp } from "./payjp/front.ts";
import { paypal } from "./paypal/front.ts";
import { sandbox } from "./sandbox/front.ts";
import { sbps } from "./sbps/front.ts";
import { shopify } from "./shopify/front.ts";
import { square } from "./square/front.ts";
import { standardWebhooks } from "./standard-webhooks/front.ts";
import { stripe } from "./stripe/front.ts";
import { telecomCredit } from "./telecom-credit/front.ts";
import { veritrans } from "./veritrans/front.ts";
import { zeus } from "./zeus/front.ts";

export const gateways = {
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
} satisfies Readonly<Record<string, Gateway>>;

export type GatewayName = keyof typeof gateways;

/** Gateways of the project that Holdfast is part of. They come in before anything is received (gateways/custom-gateways.ts). */
const own = new Map<string, Gateway>();

/** @throws when a name cannot be a registry key, or is one of ours: what is recorded under it would change its meaning. */
export const addGateways = (more: readonly Gateway[]): void => {
  for (const gateway of more) {
    const { name } = gateway;
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))
      throw new Error(`"${name}" cannot name a gateway: use lower-case letters, digits and hyphens.`);
    if (Object.hasOwn(gateways, name)) throw new Error(`There is a gateway ${name} already: give yours another name.`);
    own.set(name, gateway);
  }
};

/** Ours, and those that were added. */
export const allGateways = (): Readonly<Record<string, Gateway>> => ({ ...gateways, ...Object.fromEntries(own) });

/** The gateway of that name. Own names only: a name can come from outside, and `constructor` is not a gateway. */
export const findGateway = (name: string): Gateway | undefined =>
  Object.hasOwn(gateways, name) ? (gateways as Readonly<Record<string, Gateway>>)[name] : own.get(name);

export type { ExportLine, Gateway, GatewayFacts, ProofStrength, SourceSettings } from "./gateway.ts";
export * from "./public.ts";
