/** What the incidents are told to: a source for each gateway among them, and the application's own. */
import { defineConfig } from "../../core/config/config.ts";

export const shopId = "tshop00000001";

export default defineConfig({
  name: "holdfast-incidents",
  targets: {
    // Where the application listens is not known before it does; the local stack fills that in.
    app: { kind: "http", url: "https://app.example.com/webhooks", mode: "pass-through" },
    store: { kind: "http", url: "https://store.example.com/webhooks", mode: "pass-through" },
  },
  sources: {
    site: { gateway: "app" },
    members: { gateway: "sbps", target: "app" },
    cards: { gateway: "gmo-pg", target: "app", options: { shopId } },
    market: { gateway: "stripe", target: "app" },
    store: { gateway: "payjp", target: "store" },
    domains: { gateway: "paddle", target: "app" },
    hosting: { gateway: "stripe", target: "app" },
  },
});
