/** What is said of settings that do not suffice: a sentence with the path, the value and the remedy. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { PublicSettings } from "../../../core/config/config.ts";
import { findGateway } from "../../../gateways/index.ts";

const fixture = (name: string): string => readFileSync(new URL(`../fixtures/${name}`, import.meta.url), "utf8");
const certificate = fixture("paypal-certificate.pem");

const noWebhookId = "options.webhookId is missing, or the simulator's: give the id PayPal shows beside the webhook's URL";
const noCertificate = "options.certificate holds no RSA certificate: give the PEM text that the URL in PAYPAL-CERT-URL answers with";
const noPublicKey = "options.publicKey is missing: give the public key of the API key whose private key is the source's secret";
const noUrl = "publicUrl is missing: Square signs the URL; give it exactly as it is registered in the Developer Console";
const noShop = "options.shopId is missing; write the shop's ID, 13 characters, as GMO-PG's administration shows it";
const badOrders = (orders: string) =>
  `options.orders is "${orders}"; write "charges" to count orders instead of first invoices, "notices" to count no order, or leave it out`;
const badMode =
  'options.captureMode is "delayed"; write "manual" where the merchant account captures later, "automatic" or nothing where Adyen captures at once';
const badEncoding = 'options.secretEncoding is "hex"; write "base64", or "utf8" for Polar, or leave it out';
const badKey = 'options.publicKey is not an Ed25519 key; write "whpk_" and 32 bytes in base64, as the sender shows it';
const ed25519 = Buffer.alloc(32, 1).toString("base64");

const cases: readonly (readonly [gateway: string, about: string, settings: PublicSettings, problems: readonly string[]])[] = [
  ["paypal", "both", { options: { webhookId: "1JE4291016473214C", certificate } }, []],
  ["paypal", "a public key", { options: { webhookId: "1JE4291016473214C", publicKey: certificate } }, []],
  ["paypal", "nothing", {}, [noWebhookId, noCertificate]],
  ["paypal", "the simulator's webhook id", { options: { webhookId: " WEBHOOK_ID ", certificate } }, [noWebhookId]],
  ["paypal", "a text that is no certificate", { options: { webhookId: "1JE4291016473214C", certificate: "x" } }, [noCertificate]],
  ["braintree", "a public key", { options: { publicKey: "k" } }, []],
  ["braintree", "nothing", {}, [noPublicKey]],
  ["braintree", "blank keys", { options: { publicKey: " ,\n" } }, [noPublicKey]],
  ["square", "a URL", { publicUrl: "https://hooks.example/" }, []],
  ["square", "nothing", {}, [noUrl]],
  ["gmo-pg", "a shop", { options: { shopId: "tshop00000001" } }, []],
  ["gmo-pg", "nothing", {}, [noShop]],
  ["gmo-pg", "an empty shop", { options: { shopId: "" } }, [noShop]],
  ["adyen", "nothing", {}, []],
  ["adyen", "an account that captures at once", { options: { captureMode: "automatic" } }, []],
  ["adyen", "an account that captures later", { options: { captureMode: "manual" } }, []],
  ["adyen", "a mode of another name", { options: { captureMode: "delayed" } }, [badMode]],
  ["lemon-squeezy", "nothing", {}, []],
  ["lemon-squeezy", "orders that count", { options: { orders: "charges" } }, []],
  ["lemon-squeezy", "orders that do not", { options: { orders: "notices" } }, []],
  ["lemon-squeezy", "orders that do what", { options: { orders: "yes" } }, [badOrders("yes")]],
  ["lemon-squeezy", "orders of no kind", { options: { orders: "" } }, [badOrders("")]],
  ["standard-webhooks", "nothing", {}, []],
  ["standard-webhooks", "base64", { options: { secretEncoding: "base64" } }, []],
  ["standard-webhooks", "utf8", { options: { secretEncoding: "utf8" } }, []],
  ["standard-webhooks", "hex", { options: { secretEncoding: "hex" } }, [badEncoding]],
  ["standard-webhooks", "a public key", { options: { publicKey: `whpk_${ed25519}` } }, []],
  ["standard-webhooks", "a public key without its prefix", { options: { publicKey: ed25519 } }, []],
  ["standard-webhooks", "an empty public key", { options: { publicKey: "" } }, [badKey]],
  ["standard-webhooks", "a prefix that is not in front", { options: { publicKey: `x${ed25519}` } }, [badKey]],
  [
    "standard-webhooks",
    "a public key of 31 bytes, and hex",
    { options: { publicKey: Buffer.alloc(31, 1).toString("base64"), secretEncoding: "hex" } },
    [badEncoding, badKey],
  ],
];

describe.each(cases)("%s with %s", (name, _, settings, problems) => {
  test(`has ${problems.length} problems`, () => {
    expect(findGateway(name)?.checkSettings?.(settings)).toEqual(problems);
  });
});
