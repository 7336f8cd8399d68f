/** What the demo's stack is made from: one source per kind of gateway, all for one application. */
import { defineConfig } from "../../core/config/config.ts";

export const shopId = "tshop00000001";

export default defineConfig({
  name: "holdfast-demo",
  targets: {
    // Where the application listens is not known before it does; the local stack fills that in.
    app: { kind: "http", url: "http://localhost/webhooks", mode: "pass-through" },
  },
  sources: {
    sandbox: { gateway: "sandbox", target: "app" },
    stripe: { gateway: "stripe", target: "app" },
    "standard-webhooks": { gateway: "standard-webhooks", target: "app" },
    sbps: { gateway: "sbps", target: "app" },
    "gmo-pg": { gateway: "gmo-pg", target: "app", options: { shopId } },
  },
});
