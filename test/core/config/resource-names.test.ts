import { globSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { functionVerbs, resourceNames } from "../../../core/config/resource-names.ts";

const names = (of: string): readonly string[] => {
  const all = Object.entries(resourceNames(of)).map(([kind, name]) => {
    if (typeof name === "string") return [name];
    return kind === "function" ? functionVerbs.map(name) : [name("123456789012", "ap-northeast-1")];
  });
  return all.flat();
};

test("everything deployed has a unique name, and two deployments never share one", () => {
  const all = [...names("shop"), ...names("shop-test"), ...names("a")];
  expect(new Set(all).size).toBe(all.length);
});

test("names do not change from one version to the next: what they name holds the evidence", () => {
  expect(names("my-shop").toSorted()).toEqual([
    "my-shop-alarms",
    "my-shop-bodies-123456789012-ap-northeast-1",
    "my-shop-compare",
    "my-shop-consume",
    "my-shop-dead-letters.fifo",
    "my-shop-doorbells.fifo",
    "my-shop-exports",
    "my-shop-exports-failed",
    "my-shop-ledger",
    "my-shop-listen",
    "my-shop-receive",
    "my-shop-reconcile",
    "my-shop-records",
    "my-shop-recover",
    "my-shop-relay",
    "my-shop-release",
    "my-shop-runs-123456789012-ap-northeast-1",
    "my-shop-spill",
    "my-shop-sweep",
    "my_shop_reconcile_",
  ]);
});

test("the longest name that the configuration may have fits a bucket and a function", () => {
  const longest = resourceNames("a".repeat(28));
  for (const bucket of [longest.bucket, longest.reconciliationBucket])
    expect(bucket("123456789012", "ap-southeast-1").length).toBeLessThanOrEqual(63);
  expect(longest.function("receive").length).toBeLessThanOrEqual(64);
});

test("every file in functions/ is a function, and there are no others", () => {
  const files = globSync("*.ts", { cwd: join(import.meta.dirname, "../../../functions") }).map((file) => basename(file, ".ts"));
  expect(functionVerbs.toSorted()).toEqual(files.toSorted());
});
