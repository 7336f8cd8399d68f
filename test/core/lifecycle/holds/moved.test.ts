import { expect, test } from "vitest";
import { hasMoved } from "../../../../core/lifecycle/holds/moved.ts";

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
