import { expect, test } from "vitest";
import { type Config, defineConfig } from "../../../core/config/config.ts";
import { findSource, publicSettings, sourceSecretName, targetOf, targetSecretName } from "../../../core/config/of-config.ts";

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
  const settings = { publicUrl: "https://shop.example.com", addresses: ["203.0.113.7"], toleranceSeconds: 60, options: { shopId: "7" } };
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
