/** docs/examples/: complete, and it synthesizes as it is. */

import { Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { expect, test } from "vitest";
import { checkConfig } from "../../core/config/check/check-config.ts";
import type { Config } from "../../core/config/config.ts";
import everyGateway from "../../docs/examples/every-gateway.config.ts";
import { knownGateways } from "../../gateways/config-checks.ts";
import { gateways } from "../../gateways/index.ts";
import { Holdfast } from "../../lib/index.ts";
import { newSecret } from "../../local/secret-forms.ts";
import { localize } from "../../local/template/localize.ts";
import { sampleCallback } from "../../simulator/sample.ts";
import { makeApp, resourcesOf } from "../lib/synthesize.ts";

const config: Config = everyGateway;

test("the example has a source for every gateway, and nothing is wrong with it", () => {
  expect(checkConfig(config, knownGateways())).toEqual([]);
  expect([...new Set(Object.values(config.sources).map(({ gateway }) => gateway))].sort()).toEqual(Object.keys(gateways).sort());
});

test("the example synthesizes, with a secret for every source, and lets consume read what is read back with", { timeout: 120_000 }, () => {
  const stack = new Stack(makeApp(), "Every");
  new Holdfast(stack, "Holdfast", config);
  const template = Template.fromStack(stack);
  const made = resourcesOf(template, "AWS::SecretsManager::Secret").map(({ Properties }) => Properties.Name);
  expect(made.sort()).toEqual(
    Object.keys(config.sources)
      .map((source) => `every-gateway/${source}`)
      .sort(),
  );
  expect(JSON.stringify(resourcesOf(template, "AWS::IAM::Policy"))).toContain("secret:every-gateway/paidy-api-??????");
});

test.each(Object.keys(config.sources))("the local stack has a callback of %s to post", (source) => {
  const secrets = {
    [`every-gateway/${source}`]: { secrets: [newSecret(config.sources[source]?.gateway ?? "", config.sources[source]?.options)] },
  };
  const local = localize(config, { target: { kind: "built-in", url: "http://127.0.0.1:1" }, secrets });
  const sample = sampleCallback({ config: local, secrets, source, url: "http://127.0.0.1:8787", now: Date.UTC(2026, 10, 20, 12) });
  expect(sample).toMatchObject({ kind: "ready" });
});
