import { defineConfig } from "holdfast/config";

export default defineConfig({
  name: "my-shop",
  gateways: "./gateways.ts",
  targets: { app: { kind: "http", url: "https://app.example.com/webhooks", mode: "pass-through" } },
  sources: {
    bank: { gateway: "house-bank", target: "app", options: { branch: "101", readBackSecret: "my-shop/bank-api" } },
    stripe: { gateway: "stripe", target: "app" },
  },
});
