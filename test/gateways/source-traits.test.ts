/** What findings have to know about the gateway of each source. */
import { describe, expect, test } from "vitest";
import type { Config } from "../../core/config/config.ts";
import { gateways } from "../../gateways/index.ts";
import { findGateway } from "../../gateways/registry/find-gateway.ts";
import { sourceTraits } from "../../gateways/source-traits.ts";

/** One source for each gateway, named after it. */
const sources = Object.fromEntries(Object.keys(gateways).map((name) => [`my-${name}`, { gateway: name }]));
const traitsOf = sourceTraits({ sources } as unknown as Config, findGateway);

/** Japanese companies: their days and months are Japan's. */
const japanese = ["epsilon", "fincode", "gmo-pg", "komoju", "paidy", "payjp", "sbps", "telecom-credit", "veritrans", "zeus"];

describe("a source", () => {
  test.each(Object.keys(gateways))("of %s counts days in the zone of its gateway", (name) => {
    expect(traitsOf(`my-${name}`).zone).toBe(japanese.includes(name) ? "Asia/Tokyo" : "UTC");
  });

  test("is expected to report ends and refunds but where its gateway never does", () => {
    expect(traitsOf("my-stripe")).toEqual({ zone: "UTC", tellsEnds: true, tellsRefunds: true });
    expect(traitsOf("my-sbps")).toMatchObject({ tellsEnds: true, tellsRefunds: false });
    expect(traitsOf("my-zeus")).toMatchObject({ tellsEnds: false, tellsRefunds: false });
    expect(traitsOf("my-gmo-pg")).toMatchObject({ tellsEnds: false, tellsRefunds: true });
  });

  test("that is configured no longer is expected to be as most are", () => {
    expect(traitsOf("removed")).toEqual({ zone: "UTC", tellsEnds: true, tellsRefunds: true });
  });
});
