/** R-CONFIRM 4 and R-REFUND 3: what a gateway never reports is said in its facts, so that nobody waits for it. */
import { describe, expect, test } from "vitest";
import { gateways } from "../../gateways/index.ts";
import { findWriter } from "../../gateways/registry/find-writer.ts";

/** `app` is the application's own side. */
const builtIn = Object.values(gateways).filter(({ name }) => name !== "app");

describe.each(builtIn.map((gateway) => [gateway.name, gateway] as const))("%s", (name, { facts }) => {
  const scenes = findWriter(name)?.scenes ?? {};

  test("says that it never reports an end exactly where it has no callback for one", () => {
    expect(facts.neverTells?.includes("ends") ?? false).toBe(!scenes.cancelled && !scenes.expired);
  });

  test("says that it never reports a refund exactly where it has no callback for one", () => {
    expect(facts.neverTells?.includes("refunds") ?? false).toBe(!scenes.refunded);
  });
});
