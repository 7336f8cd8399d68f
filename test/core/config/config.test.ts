import { expect, test } from "vitest";
import { type Config, defineConfig } from "../../../core/config/config.ts";
import { entitlementFollows } from "../../../core/config/entitlement-follows.ts";
import {
  findSource,
  modeOfSource,
  postedSources,
  publicSettings,
  signedTargets,
  sourceSecretName,
  targetOf,
  targetSecretName,
} from "../../../core/config/of-config.ts";

const config: Config = defineConfig({
  name: "shop",
  targets: {
    app: { kind: "http", url: "https://app.example.com", mode: "signed" },
    old: { kind: "http", url: "https://old.example.com", mode: "signed", secretName: "prod/old" },
  },
  sources: { stripe: { gateway: "stripe", target: "app" }, zeus: { gateway: "zeus", target: "app", secretName: "prod/zeus" } },
});

test("a source is found by its own name alone: the name comes from a URL", () => {
  expect(findSource(config, "stripe")).toBe(config.sources.stripe);
  for (const name of ["paypal", "", "constructor", "__proto__", "toString"]) expect(findSource(config, name)).toBeUndefined();
});

test("a secret is found under the configuration's name, unless it was given one", () => {
  expect(sourceSecretName(config, "stripe")).toBe("shop/stripe");
  expect(sourceSecretName(config, "zeus")).toBe("prod/zeus");
  expect(targetSecretName(config, "app")).toBe("shop/target/app");
  expect(targetSecretName(config, "old")).toBe("prod/old");
});

test("a gateway gets a source's settings from the file, but never where its secret is", () => {
  const settings = {
    publicUrl: "https://shop.example.com",
    addresses: ["203.0.113.7"],
    toleranceSeconds: 60,
    options: { shopId: "7" },
    mode: "test",
  } as const;
  const source = { gateway: "zeus", target: "app", secretName: "prod/zeus", unproven: "accept", ...settings } as const;
  expect(publicSettings({ ...config, sources: { zeus: source } }, "zeus")).toEqual(settings);
  for (const name of ["stripe", "unknown", "constructor"]) expect(publicSettings(config, name)).toEqual({});
});

test("a source's and a target's secret never share a name, whatever both are called", () => {
  expect(sourceSecretName(config, "app")).not.toBe(targetSecretName(config, "app"));
});

test("a source's target is found by the source's own name alone", () => {
  expect(targetOf(config, "zeus")).toBe(config.targets.app);
  for (const name of ["paypal", "", "constructor", "__proto__"]) expect(targetOf(config, name)).toBeUndefined();
});

test("a secret is needed by what is posted and by what is signed, and by nothing else", () => {
  const sources = {
    ...config.sources,
    posted: { kind: "http", gateway: "stripe", target: "app" },
    onBus: { kind: "eventbridge", bus: "aws.partner/stripe.com/ed_1", gateway: "stripe", target: "app" },
  } as const;
  const targets = { ...config.targets, raw: { kind: "http", url: "https://raw.example.com", mode: "pass-through" } } as const;
  expect(postedSources({ sources })).toEqual(["stripe", "zeus", "posted"]);
  expect(signedTargets({ ...config, targets })).toEqual(["app", "old"]);
});

test("a source is of live payments unless it says that it is of a test mode, also when it is no longer configured", () => {
  const sources = { ...config.sources, trial: { gateway: "stripe", target: "app", mode: "test" } } as const;
  const modes = ["stripe", "trial", "unknown", "constructor"].map((source) => modeOfSource({ ...config, sources }, source));
  expect(modes).toEqual(["live", "test", "live", "live"]);
});

test("a 2xx means that the application has acted only where the source's target says so", () => {
  const following = { ...config, targets: { ...config.targets, app: { ...config.targets.app, entitlementFollows: true } } } as Config;
  const sources = { ...config.sources, second: { gateway: "stripe", target: "old" }, own: { gateway: "app" } };
  const follows = (of: Config) => ["stripe", "second", "own", "unknown"].map((source) => entitlementFollows({ ...of, sources }, source));
  expect(follows(following)).toEqual([true, false, false, false]);
  expect(follows(config)).toEqual([false, false, false, false]);
});
