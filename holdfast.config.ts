import { defineConfig } from "./core/config.ts";

export default defineConfig({
  name: "holdfast",
  alarms: { email: "operators@example.com" },
  targets: {
    app: { kind: "http", url: "https://app.example.com/webhooks", mode: "pass-through" },
  },
  sources: {
    sandbox: { gateway: "sandbox", target: "app" },
  },
});
