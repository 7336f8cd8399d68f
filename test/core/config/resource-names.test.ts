import { globSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { functionVerbs, resourceNames } from "../../../core/config/resource-names.ts";

const names = (of: string): readonly string[] => {
  const { recordsTable, ledgerTable, doorbells, deadLetters, spill, alarms, bucket, function: functionName } = resourceNames(of);
  const functions = (["receive", "relay", "consume", "sweep", "recover"] as const).map(functionName);
  return [recordsTable, ledgerTable, doorbells, deadLetters, spill, alarms, bucket("123456789012", "ap-northeast-1"), ...functions];
};

test("everything deployed has a unique name, and two deployments never share one", () => {
  const all = [...names("shop"), ...names("shop-test"), ...names("a")];
  expect(new Set(all).size).toBe(all.length);
});

test("names do not change from one version to the next: what they name holds the evidence", () => {
  expect(names("shop")).toEqual([
    "shop-records",
    "shop-ledger",
    "shop-doorbells.fifo",
    "shop-dead-letters.fifo",
    "shop-spill",
    "shop-alarms",
    "shop-bodies-123456789012-ap-northeast-1",
    "shop-receive",
    "shop-relay",
    "shop-consume",
    "shop-sweep",
    "shop-recover",
  ]);
});

test("the longest name that the configuration may have fits a bucket and a function", () => {
  const longest = resourceNames("a".repeat(28));
  expect(longest.bucket("123456789012", "ap-southeast-1").length).toBeLessThanOrEqual(63);
  expect(longest.function("receive").length).toBeLessThanOrEqual(64);
});

test("every file in functions/ is a function, and there are no others", () => {
  const files = globSync("*.ts", { cwd: join(import.meta.dirname, "../../../functions") }).map((file) => basename(file, ".ts"));
  expect(functionVerbs.toSorted()).toEqual(files.toSorted());
});
