import { expect, test } from "vitest";
import { destinationOf, hasMoved } from "../../../../core/lifecycle/holds/moved.ts";

const app = { kind: "http", url: "https://app.example.com", mode: "signed" } as const;
const config = {
  name: "shop",
  targets: { app, shop: app },
  sources: {
    stripe: { gateway: "stripe", target: "app" },
    paypal: { gateway: "paypal", target: "shop" },
    late: { gateway: "stripe", target: "old" },
  },
};
const keys = ["stripe/1", "paypal/1", "late/1", "gone/1", "toString/1"] as const;
const movedFrom = (target: string) => keys.filter((key) => hasMoved(config, target, key));

test("what goes to another target by now has moved, and what goes nowhere", () => {
  expect(movedFrom("app")).toEqual(["paypal/1", "late/1", "gone/1", "toString/1"]);
  expect(movedFrom("shop")).toEqual(["stripe/1", "late/1", "gone/1", "toString/1"]);
});

test("of a target that is not configured any more, everything has moved", () => {
  expect(movedFrom("old")).toEqual(keys);
});

test("where a target's records go is the same under one configuration, in whatever order it is written, and another when a source comes, goes or the target is removed", () => {
  const { stripe, paypal, late } = config.sources;
  const more = { ...config, sources: { ...config.sources, other: { gateway: "stripe", target: "app" } } };
  const reordered = { ...config, sources: { other: more.sources.other, late, paypal, stripe } };
  expect(destinationOf(reordered, "app")).toBe(destinationOf(more, "app"));
  expect(destinationOf({ ...config, sources: { stripe } }, "app")).toBe(destinationOf(config, "app"));
  const others = [config, more, { ...config, sources: { paypal, late } }, { ...config, targets: { shop: app } }];
  expect(new Set(others.map((one) => destinationOf(one, "app"))).size).toBe(4);
});
