import { describe, expect, test } from "vitest";
import { checkConfig } from "../../../core/config/check/check-config.ts";
import type { Config, HttpTarget, SourceConfig } from "../../../core/config/config.ts";
import { knownGateways } from "../../../gateways/config-checks.ts";

const problems = (source: Partial<SourceConfig>, target: Partial<HttpTarget> = {}): readonly string[] => {
  const config: Config = {
    name: "shop",
    targets: { app: { kind: "http", url: "https://app.example.com/hooks", mode: "pass-through", resign: true, ...target } },
    sources: { one: { gateway: "stripe", target: "app", ...source } },
  };
  return checkConfig(config, knownGateways()).map(({ path, message }) => `${path}: ${message}`);
};

describe("a target with `resign`", () => {
  test("is fine for gateways whose signatures age, and for those that need nothing", () => {
    expect(problems({})).toEqual([]);
    expect(problems({ gateway: "komoju" })).toEqual([]);
  });

  test("is a problem where nobody else can sign, with what to do instead", () => {
    const against = problems({ gateway: "paypal" }).filter((one) => one.includes("resign"));
    expect(against).toEqual([
      expect.stringMatching(/^sources\.one: the target app has `resign`, but PayPal signs with .+, or take `signed`/),
    ]);
    expect(problems({ gateway: "paypal" }, { resign: false }).filter((one) => one.includes("resign"))).toEqual([]);
    const publicKey = `whpk_${Buffer.alloc(32, 7).toString("base64")}`;
    expect(problems({ gateway: "standard-webhooks", options: { publicKey } })).toEqual([
      expect.stringContaining("the sender's private key"),
    ]);
  });

  test("is a problem in the mode `signed`, which does that anyway", () => {
    expect(problems({}, { mode: "signed" })).toEqual([expect.stringMatching(/^targets\.app\.resign: leave it out/)]);
  });
});
