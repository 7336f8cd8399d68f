import { describe, expect, test } from "vitest";
import { movedFrom } from "../../../../core/lifecycle/holds/moved.ts";

const app = { kind: "http", url: "https://app.example.com", mode: "signed" } as const;
const sources = {
  stripe: { gateway: "stripe", target: "app" },
  paypal: { gateway: "paypal", target: "shop" },
  site: { gateway: "app" },
};
const config = { name: "shop", targets: { app, shop: app }, sources };

describe("of a target that is configured", () => {
  test("only what goes to another one by now has moved, and nothing of a source that goes nowhere", () => {
    const hasMoved = movedFrom(config, "app");
    expect((["stripe/1", "paypal/1", "site/1", "gone/1", "toString/1"] as const).map((key) => hasMoved?.(key))).toEqual([
      false,
      true,
      false,
      false,
      false,
    ]);
  });

  test("nobody looks where no source goes to another one", () => {
    expect(movedFrom({ ...config, sources: { stripe: sources.stripe, site: sources.site } }, "app")).toBeUndefined();
  });
});

test("of a target that is not configured any more, everything has moved", () => {
  expect((["stripe/1", "gone/1"] as const).map((key) => movedFrom(config, "old")?.(key))).toEqual([true, true]);
});
