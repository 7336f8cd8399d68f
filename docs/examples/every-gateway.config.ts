/**
 * Every gateway, with what each cannot be without, and what is worth setting. Take the sources you need into your own
 * `holdfast.config.ts`. To try it: `npm start -- --config docs/examples/every-gateway.config.ts`.
 */
import { readFileSync } from "node:fs";
import { defineConfig } from "holdfast/config";

/** A stand-in: yours is what the URL in the header PAYPAL-CERT-URL answers with. */
const paypalCertificate = readFileSync(new URL("paypal-certificate.pem", import.meta.url), "utf8");

const target = "app";

export default defineConfig({
  name: "every-gateway",
  alarms: { email: "operators@example.com" },
  targets: { app: { kind: "http", url: "https://app.example.com/webhooks", mode: "pass-through" } },
  sources: {
    // Captured at once is Adyen's default; a merchant account that captures later says "manual".
    adyen: { gateway: "adyen", target, options: { captureMode: "automatic" } },
    // The application's own events, which say who is entitled to what. They are delivered nowhere, so there is no target.
    app: { gateway: "app" },
    // The public half of the API key whose private key is the source's secret.
    braintree: { gateway: "braintree", target, options: { publicKey: "5xg9ybfrrv8pt7dg" } },
    clerk: { gateway: "standard-webhooks", target },
    // Nothing is signed: the contract code, and the addresses that Epsilon gives to its shops.
    epsilon: { gateway: "epsilon", target, options: { contractCode: "65000001" } },
    // Renewals by card come as counts; their payments are read back.
    fincode: { gateway: "fincode", target, options: { readBackSecret: "every-gateway/fincode-api" } },
    "gmo-pg": {
      gateway: "gmo-pg",
      target,
      options: { shopId: "tshop00000001", readBackSecret: "every-gateway/gmo-pg-shop-password" },
    },
    komoju: { gateway: "komoju", target },
    "lemon-squeezy": { gateway: "lemon-squeezy", target },
    paddle: { gateway: "paddle", target },
    // Amounts are read back; the addresses are those that Paidy publishes.
    paidy: { gateway: "paidy", target, options: { readBackSecret: "every-gateway/paidy-api" } },
    // The token is in every callback: each event is confirmed by PAY.JP itself.
    payjp: { gateway: "payjp", target, options: { readBackSecret: "every-gateway/payjp-api", readBack: "always" } },
    paypal: { gateway: "paypal", target, options: { webhookId: "5GP028458E2496506", certificate: paypalCertificate } },
    polar: { gateway: "standard-webhooks", target, options: { secretEncoding: "utf8" } },
    sandbox: { gateway: "sandbox", target },
    sbps: { gateway: "sbps", target, addresses: ["61.215.213.47"] },
    shopify: { gateway: "shopify", target },
    // Square signs the URL, exactly as it is registered.
    square: { gateway: "square", target, publicUrl: "https://callbacks.example.com/callbacks/square" },
    "standard-webhooks": { gateway: "standard-webhooks", target },
    stripe: { gateway: "stripe", target },
    "telecom-credit": { gateway: "telecom-credit", target },
    veritrans: { gateway: "veritrans", target },
    zeus: { gateway: "zeus", target },
    // A gateway that nobody knows here: what it signs, where its ids are, and what its types mean.
    unknown: {
      gateway: "hmac",
      target,
      options: {
        header: "x-signature",
        signed: "{timestamp}.{body}",
        timestampHeader: "x-timestamp",
        idPointer: "/id",
        typePointer: "/type",
        events:
          "payment.paid=charge.succeeded, payment.refused=charge.failed, member.joined=contract.started, member.left=contract.cancelled",
        contractPointer: "/member",
        chargePointer: "/payment",
        amountPointer: "/amount",
        currency: "JPY",
        occurredAtPointer: "/at",
      },
    },
  },
});
