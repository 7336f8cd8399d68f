/**
 * The one file you edit. Every source is an endpoint of a gateway, `POST https://.../callbacks/<source>`; every target is an
 * application of yours. `npx holdfast doctor` checks it. The same file configures the deployed stack and the local one.
 */
import { defineConfig } from "./core/config/config.ts";

export default defineConfig({
  name: "holdfast",
  // In which the dates that you type are read, and look-back limits begin.
  zone: "Asia/Tokyo",
  alarms: { email: "operators@example.com" },
  targets: {
    // Stripe's library refuses signatures older than five minutes: what an outage delays is signed again when it is sent.
    app: { kind: "http", url: "https://app.example.com/webhooks", mode: "pass-through", resign: true },
  },
  sources: {
    // What your own site says: who is entitled to what. It is held against what the gateways say, and delivered nowhere (docs/application.md).
    application: { gateway: "app" },
    sandbox: { gateway: "sandbox", target: "app" },
    stripe: { gateway: "stripe", target: "app" },
    "standard-webhooks": { gateway: "standard-webhooks", target: "app" },
    sbps: { gateway: "sbps", target: "app" },
    "gmo-pg": { gateway: "gmo-pg", target: "app", options: { shopId: "tshop00000001" } },
  },
});
