/**
 * Every type that a gateway's documents list, and one that they do not: each has the meaning that is written here, or is left
 * without one on purpose. A gateway's own test has realistic bodies; here is the whole list, with as little as tells the types apart.
 */
import { describe, expect, test } from "vitest";
import { verified } from "../../core/callback.ts";
import { findGateway, gateways } from "../../gateways/index.ts";
import { signedRequest } from "../../gateways/kit.ts";
import { now } from "./conformance.ts";
import { adyen, braintree, lemonSqueezy, paddle, standardWebhooks } from "./listed/billing.ts";
import { epsilon, gmoPg, sbps, telecomCredit, veritrans, zeus } from "./listed/japan-forms.ts";
import { fincode, komoju, paidy, payjp } from "./listed/japan-json.ts";
import { stripe } from "./listed/stripe.ts";
import type { Table } from "./listed/table.ts";
import { paypal, shopify, square } from "./listed/wallets.ts";

const tables: Readonly<Record<string, Table>> = {
  adyen,
  braintree,
  epsilon,
  fincode,
  "gmo-pg": gmoPg,
  komoju,
  "lemon-squeezy": lemonSqueezy,
  paddle,
  paidy,
  payjp,
  paypal,
  sbps,
  shopify,
  square,
  "standard-webhooks": standardWebhooks,
  stripe,
  "telecom-credit": telecomCredit,
  veritrans,
  zeus,
};

describe.each(Object.entries(tables))("%s", (name, table) => {
  test.each(table.map((row) => [row.listed, row] as const))("%s", (_, { body, headers = {}, means }) => {
    const { callback } = verified(signedRequest({ body, now, headers }, {}));
    expect(
      findGateway(name)
        ?.parse(callback, {})
        .map(({ type }) => type),
    ).toEqual(means);
  });

  test("knows that it does not know everything: a new type is kept as unknown", () => {
    expect(table.some(({ means }) => means.includes("unknown"))).toBe(true);
  });
});

test("covers by some gateway everything that the ledger knows, except a replaced contract: only `hmac` can report that", () => {
  const meant = new Set(Object.values(tables).flatMap((table) => table.flatMap(({ means }) => means)));
  const charges = ["authorized", "succeeded", "failed", "refunded", "voided"].map((one) => `charge.${one}`);
  const contracts = ["started", "renewed", "past_due", "paused", "resumed", "cancelled", "expired"].map((one) => `contract.${one}`);
  const disputes = ["opened", "won", "lost"].map((one) => `dispute.${one}`);
  expect([...meant].sort()).toEqual(
    [...charges, ...contracts, ...disputes, "card.verified", "card.verification_failed", "notice", "unknown"].sort(),
  );
  expect(Object.keys(gateways)).toEqual(expect.arrayContaining(Object.keys(tables)));
});
