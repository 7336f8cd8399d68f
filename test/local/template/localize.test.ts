import { expect, test } from "vitest";
import type { Config } from "../../../core/config/config.ts";
import { localize } from "../../../local/template/localize.ts";

const config: Config = {
  name: "shop",
  retry: { attempts: 20 },
  targets: {
    app: { kind: "http", url: "https://app.example.com/hooks", mode: "pass-through", timeoutSeconds: 5 },
    mine: { kind: "http", url: "http://localhost:3000/hooks", mode: "signed", allowAddresses: ["10.0.0.0/8"] },
  },
  sources: { zeus: { gateway: "zeus", target: "app", addresses: ["203.0.113.7"] } },
};

const builtIn = { kind: "built-in", url: "http://127.0.0.1:1" } as const;

test("deliveries go to the built-in application, except to targets that are on this machine anyway", () => {
  expect(localize(config, { target: builtIn, secrets: {} }).targets).toEqual({
    app: {
      kind: "http",
      url: "http://127.0.0.1:1/app",
      mode: "pass-through",
      timeoutSeconds: 5,
      allowAddresses: ["127.0.0.0/8", "::1/128"],
    },
    mine: { kind: "http", url: "http://localhost:3000/hooks", mode: "signed", allowAddresses: ["10.0.0.0/8", "127.0.0.0/8", "::1/128"] },
  });
});

test("all deliveries go where the user says", () => {
  const { targets } = localize(config, { target: { kind: "named", url: "http://127.0.0.1:9/x" }, secrets: {} });
  expect(targets).toMatchObject({ app: { url: "http://127.0.0.1:9/x" }, mine: { url: "http://127.0.0.1:9/x" } });
});

test("callbacks may come from this machine, and what a rehearsal wants faster is faster", () => {
  const local = localize(config, { target: builtIn, secrets: {}, overrides: { retry: { baseSeconds: 1 }, graceSeconds: 10 } });
  expect(local.sources.zeus?.addresses).toEqual(["203.0.113.7", "127.0.0.0/8", "::1/128"]);
  expect([local.retry, local.graceSeconds]).toEqual([{ attempts: 20, baseSeconds: 1 }, 10]);
});

test("a sweep has few shards to read, whatever the deployed stack is made for", () => {
  const large = { ...config, capacity: { timelineShards: 256, consume: { maxConcurrency: 9 } } };
  expect(localize(large, { target: builtIn, secrets: {} }).capacity).toEqual({ timelineShards: 8, consume: { maxConcurrency: 9 } });
});

test("a gateway's real API is not asked about what is simulated here; one on this machine is", () => {
  const source = (readBackUrl?: string) => {
    const options = { readBackSecret: "shop/api", readBack: "always", shopId: "1", ...(readBackUrl && { readBackUrl }) };
    return localize({ ...config, sources: { paidy: { gateway: "paidy", target: "app", options } } }, { target: builtIn, secrets: {} });
  };
  expect(source().sources.paidy?.options).toEqual({ shopId: "1" });
  const nothingElse = { paidy: { gateway: "paidy", target: "app", options: { readBackSecret: "shop/api" } } };
  expect(localize({ ...config, sources: nothingElse }, { target: builtIn, secrets: {} }).sources.paidy).not.toHaveProperty("options");
  expect(source("https://api.paidy.com").sources.paidy?.options).toEqual({ shopId: "1" });
  expect(source("http://127.0.0.1:9/").sources.paidy?.options).toMatchObject({ readBackSecret: "shop/api" });
});
