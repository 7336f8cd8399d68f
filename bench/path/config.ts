/** Holdfast's configuration for `path`. Where the application listens is filled in by the local stack. */
import { defineConfig } from "../../core/config/config.ts";
import { source } from "../payload.ts";

export default defineConfig({
  name: "bench-path",
  targets: { app: { kind: "http", url: "http://localhost/webhooks", mode: "pass-through" } },
  sources: { [source]: { gateway: "stripe", target: "app" } },
});
